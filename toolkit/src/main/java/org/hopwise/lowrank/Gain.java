package org.hopwise.lowrank;

/**
 * What the optimal proposal needs once per covariance: with H = B' r^-1 B, the posterior covariance Sigma = (Q^-1 + H)^-1 and its
 * Cholesky factor C, F = r^-1 B, and the constant of the weight. Missing channels have 1 / r = 0. An X x X matrix is never
 * made. Source: arXiv 2406.16749, optimal proposal; the weight in its closed form log N(y; b + B m, B Q B' + r).
 */
final class Gain {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    final int rank;
    final int channels;
    final double[] noise;
    final double[] weights;
    /** 1 / r, 0 where nothing was measured. */
    final double[] precision;
    /** F, channels x rank. */
    final double[] scaled;
    /** H, rank x rank. */
    final double[] information;

    final double[] posterior;
    final double[] posteriorInverse;
    final double[] factor;
    final double constant;

    Gain(double[] noise, double[] weights, double[] variance, int rank, boolean[] missing) {
        this.rank = rank;
        this.noise = noise;
        this.weights = weights;
        channels = variance.length;
        precision = new double[channels];
        scaled = new double[channels * rank];
        double logs = 0;
        for (int i = 0; i < channels; i++) {
            if (missing == null || !missing[i]) {
                precision[i] = 1 / variance[i];
                logs += Math.log(variance[i]) + LOG_TWO_PI;
            }
            for (int r = 0; r < rank; r++) {
                scaled[i * rank + r] = precision[i] * weights[i * rank + r];
            }
        }
        information = Small.symmetric(
                Small.multiply(Small.transposed(weights, channels, rank), scaled, rank, channels, rank), rank);
        posteriorInverse = Small.inverse(noise, rank);
        for (int i = 0; i < rank * rank; i++) {
            posteriorInverse[i] += information[i];
        }
        posterior = Small.inverse(posteriorInverse, rank);
        factor = Small.cholesky(posterior, rank);
        constant = -0.5
                * (logs + Small.logDeterminant(Small.cholesky(noise, rank), rank) - Small.logDeterminant(factor, rank));
    }

    /**
     * What backward passes add up over the steps that used this gain. With weights w (summing to 1 / T), prior means m around
     * their mean, d = m - mean(m), residual e0 = y - b - B mean(m) of that mean, c = F' (e0 - B d), noise eps and adjoints of the
     * posterior means cb, every sum over particles is one of these small ones: no loop runs over channels and particles.
     */
    static final class Sums {
        private final Gain gain;
        /** sum of w c c', zb c', zb eps', w d d', cb d', in strands of eight. */
        final double[] strands;

        final double[] residualTimesPosterior;
        final double[] residualTimesMean;
        final double[] distanceTimesMean;
        final double[] posteriorTimesMean;
        final double[] squares;
        int steps;

        Sums(Gain gain) {
            this.gain = gain;
            int square = gain.rank * gain.rank;
            strands = new double[5 * square * org.hopwise.internal.array.Lanes.LANES];
            residualTimesPosterior = new double[gain.channels * gain.rank];
            residualTimesMean = new double[gain.channels * gain.rank];
            distanceTimesMean = new double[square];
            posteriorTimesMean = new double[square];
            squares = new double[gain.channels];
        }

        private double[] square(int which) {
            int n = gain.rank * gain.rank;
            double[] sum = new double[n];
            for (int i = 0; i < n; i++) {
                sum[i] = org.hopwise.internal.array.Lanes.total(
                        strands, (which * n + i) * org.hopwise.internal.array.Lanes.LANES);
            }
            return sum;
        }

        /**
         * Adds the slopes in Q, B and r.
         *
         * @param share 1 / T, the sum of the weights of a step
         */
        void finish(double share, double[] noiseSlope, double[] weightSlope, double[] varianceSlope) {
            int rank = gain.rank;
            int square = rank * rank;
            double[] wcc = square(0);
            double[] zc = square(1);
            double[] ze = square(2);
            double[] wdd = square(3);
            double[] cbd = square(4);
            double[] s = Small.choleskyAdjoint(gain.factor, ze, rank);
            for (int i = 0; i < square; i++) {
                s[i] += 0.5 * wcc[i] + zc[i] + 0.5 * share * steps * gain.posteriorInverse[i];
            }
            s = Small.symmetric(s, rank);
            double[] lb = product(gain.posterior, product(s, gain.posterior, rank), rank);
            for (int i = 0; i < square; i++) {
                lb[i] = -lb[i];
            }
            double[] inverse = Small.inverse(gain.noise, rank);
            double[] qlq = product(inverse, product(lb, inverse, rank), rank);
            for (int i = 0; i < square; i++) {
                noiseSlope[i] += -0.5 * share * steps * inverse[i] - qlq[i];
                distanceTimesMean[i] += wdd[i];
                posteriorTimesMean[i] += cbd[i];
            }
            for (int i = 0; i < gain.channels; i++) {
                double precision = gain.precision[i];
                if (precision == 0) {
                    continue;
                }
                double spread = 0;
                double pull = 0;
                for (int r = 0; r < rank; r++) {
                    double fb = residualTimesPosterior[i * rank + r];
                    double own = residualTimesMean[i * rank + r];
                    double more = 0;
                    for (int q = 0; q < rank; q++) {
                        double b = gain.weights[i * rank + q];
                        fb += b * (lb[q * rank + r] - cbd[r * rank + q]);
                        own -= b * distanceTimesMean[q * rank + r];
                        more += gain.scaled[i * rank + q] * (lb[q * rank + r] - posteriorTimesMean[q * rank + r]);
                        spread += b * wdd[q * rank + r] * gain.weights[i * rank + r];
                    }
                    weightSlope[i * rank + r] += more + precision * (fb + own);
                    pull += fb * gain.weights[i * rank + r];
                }
                varianceSlope[i] +=
                        precision * precision * (0.5 * (squares[i] + spread) - pull) - 0.5 * share * steps * precision;
            }
        }

        private static double[] product(double[] a, double[] b, int n) {
            return Small.multiply(a, b, n, n, n);
        }
    }
}
