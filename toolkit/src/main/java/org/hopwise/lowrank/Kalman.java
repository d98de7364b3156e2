package org.hopwise.lowrank;

import org.hopwise.internal.machine.Interruption;

/**
 * The exact likelihood of linear networks, {@link Ramp#IDENTITY} with Gaussian observations of anything: what the particle
 * filter must agree with. Source: Kalman (1960), in information form.
 */
public final class Kalman {

    private Kalman() {}

    /**
     * log p(y), added up over trials.
     *
     * @param n a network of IDENTITY units with Gaussian observations
     * @param y the trials; missing values (NaN) are left out
     * @return the log likelihood
     * @throws IllegalArgumentException if the network is not linear or Gaussian, or the trials do not fit
     */
    public static double logLikelihood(StochasticNetwork n, Trials y) {
        double sum = 0;
        for (int trial = 0; trial < y.count(); trial++) {
            for (double step : perStep(n, y, trial)) {
                sum += step;
            }
        }
        return sum;
    }

    /** log p(y_t | y_0 .. y_{t-1}) of a trial. */
    static double[] perStep(StochasticNetwork n, Trials y, int trial) {
        Model m = n.model();
        if (m.ramp() != Ramp.IDENTITY || m.isPoisson()) {
            throw new IllegalArgumentException(
                    "the network has %s units and %s observations; the Kalman filter is for IDENTITY and Gaussian. Use ParticleFilter."
                            .formatted(m.ramp(), m.isPoisson() ? "Poisson" : "Gaussian"));
        }
        m.requireFit(y, true, false);
        TrialData data = new TrialData(y, m);
        int rank = m.rank();
        double[] v = m.filtered(data.drive(trial), data.steps);
        double[] b = m.readout() == Readout.LATENTS ? m.weights() : m.latentWeights();
        double[] jacobian = Small.multiply(m.right(), m.left(), rank, m.units(), rank);
        for (int r = 0; r < rank; r++) {
            jacobian[r * (rank + 1)] += m.decay();
        }
        double[] mean = m.firstMean(v);
        double[] covariance = m.startNoise();
        double[] push = new double[m.units()];
        double[] logs = new double[data.steps];
        for (int t = 0; t < data.steps; t++) {
            Interruption.check();
            if (t > 0) {
                m.push(v, t - 1, push);
                double[] next = Small.multiply(jacobian, mean, rank, rank, 1);
                for (int i = 0; i < m.units(); i++) {
                    for (int r = 0; r < rank; r++) {
                        next[r] += m.right()[r * m.units() + i] * (push[i] - m.bias()[i]);
                    }
                }
                mean = next;
                double[] half = Small.multiply(jacobian, covariance, rank, rank, rank);
                covariance = Small.multiply(half, Small.transposed(jacobian, rank, rank), rank, rank, rank);
                for (int i = 0; i < rank * rank; i++) {
                    covariance[i] += m.noise()[i];
                }
                covariance = Small.symmetric(covariance, rank);
            }
            if (m.readout() != Readout.LATENTS) {
                m.push(v, t, push);
            }
            boolean[] missing = new boolean[m.channels()];
            for (int i = 0; i < m.channels(); i++) {
                missing[i] = Double.isNaN(data.values[(trial * data.steps + t) * m.channels() + i]);
            }
            Gain gain = new Gain(covariance, b, m.variance(), rank, missing);
            double[] expected = new double[m.channels()];
            m.observedMean(mean, 0, push, expected, 0);
            double[] c = new double[rank];
            double square = 0;
            for (int i = 0; i < m.channels(); i++) {
                double e = missing[i] ? 0 : data.values[(trial * data.steps + t) * m.channels() + i] - expected[i];
                square += e * e * gain.precision[i];
                for (int r = 0; r < rank; r++) {
                    c[r] += gain.scaled[i * rank + r] * e;
                }
            }
            double[] moved = Small.multiply(gain.posterior, c, rank, rank, 1);
            for (int r = 0; r < rank; r++) {
                square -= c[r] * moved[r];
            }
            logs[t] = gain.constant - 0.5 * square;
            mean = mean.clone();
            for (int r = 0; r < rank; r++) {
                mean[r] += moved[r];
            }
            covariance = gain.posterior;
        }
        return logs;
    }
}
