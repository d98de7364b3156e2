package org.hopwise.lowrank;

import java.util.Arrays;
import java.util.Locale;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.Lanes;
import org.hopwise.internal.array.TallMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;

/**
 * One trial through the particle filter, and back: the bound and its gradient with noise and ancestors held fixed. Particles
 * are columns; latents, noise, log weights and ancestors of all steps are kept, (2 R + 2) K T numbers, everything of the size of the
 * units is computed again on the way back. Source: arXiv 2406.16749; the reverse pass is derived by hand.
 */
final class TrialPass {

    /** Smaller weights would make every product of them a slow denormal one. */
    private static final double NO_WEIGHT = 1e-290;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final int units;
    private final int rank;
    private final int channels;
    private final int inputs;
    private final int particles;
    private final int steps;
    private final int width;

    /** Latents and noise of all steps: step, rank, particle. */
    final double[] latents;

    final double[] noise;
    final int[] ancestors;
    final double[] logMeans;
    final double[] effective;
    final double[] uniforms;
    /** Log weights of all steps, step and particle, so that counts are weighed once and not again on the way back. */
    private final double[] keptLogWeights;

    private final TallMatrix parents;
    private final TallMatrix currents;
    private final TallMatrix rates;
    private final TallMatrix means;
    private final TallMatrix scratch;
    /** For observations that are not Gaussian in the latents: drives of all channels. */
    private final TallMatrix drives;

    private final TallMatrix seenCurrents;
    private final TallMatrix state;
    private final double[] distance;
    private final double[] projected;
    private final double[] posteriorSlope;
    private final double[] adjoint;
    private final double[] nextAdjoint;
    private final double[] meanSlope;
    private final double[] weights;
    private final double[] logWeights;
    private final double[] weighted;
    private final double[] row;
    private final double[] push;
    private final double[] seenPush;
    private final double[] centre;
    private final double[] residual;
    private final double[] toChannel;
    private final double[] leftStrands;
    private final double[] rightStrands;
    private final double[] sumStrands = new double[Lanes.LANES];
    private final double[] ones;
    private final double[] inputSlope;
    /** Slopes in the moments that an encoder proposes: steps x rank. */
    final double[] proposedMeanSlope;

    final double[] proposedLogVarianceSlope;

    private Prepared prepared;
    private Model m;
    private TrialData data;
    private int trial;
    private double[] filtered;
    private double[] drive;
    private double[] firstMean;
    private double[] proposedMean;
    private double[] proposedVariance;

    TrialPass(Model m, int particles, int steps) {
        units = m.units();
        rank = m.rank();
        channels = m.channels();
        inputs = m.inputs();
        this.particles = particles;
        this.steps = steps;
        width = Lanes.padded(particles);
        double kept = (2.0 * rank + 2) * steps * width;
        String what = "Particles of %d steps".formatted(steps);
        Memory.requireArray(what, (double) rank * steps * width, "Use fewer particles or shorter trials");
        Memory.require(what, Double.BYTES * (kept + 4.0 * (units + channels) * width), "Use fewer particles");
        latents = new double[steps * rank * width];
        noise = new double[steps * rank * width];
        ancestors = new int[steps * particles];
        logMeans = new double[steps];
        effective = new double[steps];
        uniforms = new double[steps * particles];
        keptLogWeights = new double[steps * particles];
        parents = new TallMatrix(rank, particles);
        currents = new TallMatrix(units, particles);
        rates = new TallMatrix(units, particles);
        means = new TallMatrix(rank, particles);
        scratch = new TallMatrix(rank, particles);
        drives = new TallMatrix(channels, particles);
        seenCurrents = new TallMatrix(channels, particles);
        state = new TallMatrix(rank, particles);
        distance = new double[rank * width];
        projected = new double[rank * width];
        posteriorSlope = new double[rank * width];
        adjoint = new double[rank * width];
        nextAdjoint = new double[rank * width];
        meanSlope = new double[rank * width];
        weights = new double[width];
        logWeights = new double[width];
        weighted = new double[rank * width];
        row = new double[width];
        push = new double[units];
        seenPush = new double[units];
        centre = new double[rank];
        residual = new double[channels];
        toChannel = new double[channels];
        leftStrands = new double[units * rank * Lanes.LANES];
        rightStrands = new double[units * rank * Lanes.LANES];
        ones = new double[width];
        Arrays.fill(ones, 1);
        inputSlope = new double[steps * inputs];
        proposedMeanSlope = new double[steps * rank];
        proposedLogVarianceSlope = new double[steps * rank];
    }

    /** Draws the noise of a trial and, unless ancestors are given, the uniform numbers that choose them. */
    void draw(Draws draws, Resampling resampling) {
        for (int i = 0; i < steps * rank; i++) {
            for (int k = 0; k < particles; k++) {
                noise[i * width + k] = draws.gaussian();
            }
        }
        int count = resampling == Resampling.SYSTEMATIC ? steps : steps * particles;
        for (int i = 0; i < count; i++) {
            uniforms[i] = draws.uniform();
        }
    }

    /** Noise as golden cases have it: steps x particles x rank. */
    void noise(double[] values) {
        for (int t = 0; t < steps; t++) {
            for (int k = 0; k < particles; k++) {
                for (int r = 0; r < rank; r++) {
                    noise[(t * rank + r) * width + k] = values[(t * particles + k) * rank + r];
                }
            }
        }
    }

    /** The particles as users get them: steps x particles x rank. */
    void latentsInto(double[] to, int start) {
        for (int t = 0; t < steps; t++) {
            for (int k = 0; k < particles; k++) {
                for (int r = 0; r < rank; r++) {
                    to[start + (t * particles + k) * rank + r] = latents[(t * rank + r) * width + k];
                }
            }
        }
    }

    /** Chooses the trial; the moments that an encoder proposes, or null. */
    void trial(Prepared prepared, TrialData data, int trial, Encoder.Moments proposed) {
        this.prepared = prepared;
        this.m = prepared.model;
        this.data = data;
        this.trial = trial;
        this.proposedMean = proposed == null ? null : proposed.mean();
        this.proposedVariance = proposed == null ? null : proposed.variance();
        drive = data.drive(trial);
        filtered = m.filtered(drive, steps);
        firstMean = m.firstMean(filtered);
    }

    /** The bound of the trial; null resampling keeps the ancestors that stand there. */
    double forward(Resampling resampling) {
        double sum = 0;
        for (int t = 0; t < steps; t++) {
            Interruption.check();
            means(t);
            weigh(t);
            System.arraycopy(logWeights, 0, keptLogWeights, t * particles, particles);
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < particles; k++) {
                largest = Math.max(largest, logWeights[k]);
            }
            if (!(largest > Double.NEGATIVE_INFINITY)) {
                throw new IllegalStateException(collapse(t));
            }
            double total = 0;
            double squares = 0;
            for (int k = 0; k < particles; k++) {
                double weight = Math.exp(logWeights[k] - largest);
                weights[k] = weight;
                total += weight;
                squares += weight * weight;
            }
            logMeans[t] = largest + Math.log(total) - Math.log(particles);
            effective[t] = total * total / squares;
            sum += logMeans[t];
            if (resampling != null) {
                resample(t, resampling);
            }
        }
        return sum / steps;
    }

    private String collapse(int t) {
        int worst = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < channels; i++) {
            double y = data.values[(trial * steps + t) * channels + i];
            double expected = expectedAt(t, i);
            double size = m.isPoisson() ? 1 : m.variance()[i];
            double likely = Double.isNaN(y) ? Double.POSITIVE_INFINITY : -(y - expected) * (y - expected) / size;
            if (!(likely >= least)) {
                least = likely;
                worst = i;
            }
        }
        return String.format(
                Locale.ROOT,
                "all %d particles of trial %d have weight 0 at step %d (effective sample size 0); channel %d fits worst. Use more latent or observation noise, the optimal proposal, or a network closer to the data.",
                particles,
                trial,
                t,
                worst);
    }

    private double expectedAt(int t, int channel) {
        double[] z = new double[rank];
        for (int r = 0; r < rank; r++) {
            z[r] = latents[(t * rank + r) * width];
        }
        double[] expected = new double[channels];
        m.push(filtered, t, seenPush);
        m.observedMean(z, 0, seenPush, expected, 0);
        return expected[channel];
    }

    private void resample(int t, Resampling resampling) {
        double cumulative = 0;
        for (int k = 0; k < particles; k++) {
            cumulative += weights[k];
            row[k] = cumulative;
        }
        for (int k = 0; k < particles; k++) {
            row[k] /= cumulative;
        }
        int first = 0;
        for (int j = 0; j < particles; j++) {
            if (resampling == Resampling.SYSTEMATIC) {
                double position = (uniforms[t] + j) / particles;
                while (first < particles - 1 && row[first] < position) {
                    first++;
                }
                ancestors[t * particles + j] = first;
            } else {
                int found = Arrays.binarySearch(row, 0, particles, uniforms[t * particles + j]);
                int at = found >= 0 ? found : -found - 1;
                while (at > 0 && row[at - 1] >= uniforms[t * particles + j]) {
                    at--;
                }
                ancestors[t * particles + j] = Math.min(at, particles - 1);
            }
        }
    }

    /** The log weights of the step that was computed last. */
    double[] logWeights() {
        return Arrays.copyOf(logWeights, particles);
    }

    /** Prior means of a step; currents and rates of the step before stay for the way back. */
    private void means(int t) {
        double[] mean = means.data();
        if (t == 0) {
            for (int r = 0; r < rank; r++) {
                Arrays.fill(mean, means.at(r), means.at(r) + width, firstMean[r]);
            }
            return;
        }
        for (int r = 0; r < rank; r++) {
            int from = ((t - 1) * rank + r) * width;
            int to = parents.at(r);
            for (int k = 0; k < particles; k++) {
                parents.data()[to + k] = latents[from + ancestors[(t - 1) * particles + k]];
            }
        }
        m.push(filtered, t - 1, push);
        TallProducts.multiply(prepared.left, parents, currents);
        for (int i = 0; i < units; i++) {
            rate(currents.data(), currents.at(i), push[i], m.bias()[i], rates.data(), rates.at(i));
        }
        TallProducts.multiply(prepared.right, rates, means);
        for (int r = 0; r < rank; r++) {
            addScaled(m.decay(), parents.data(), parents.at(r), mean, means.at(r), width);
        }
    }

    private void rate(double[] x, int at, double pushed, double h, double[] out, int to) {
        switch (m.ramp()) {
            case RELU -> Lanes.relu(x, at, pushed - h, out, to, width);
            case CLIPPED -> {
                Lanes.relu(x, at, pushed + h, out, to, width);
                Lanes.relu(x, at, pushed, row, 0, width);
                addScaled(-1, row, 0, out, to, width);
            }
            default -> {
                for (int k = 0; k < width; k++) {
                    out[to + k] = m.ramp().rate(x[at + k] + pushed, h);
                }
            }
        }
    }

    private static void addScaled(double factor, double[] from, int at, double[] to, int start, int width) {
        for (int k = 0; k < width; k++) {
            to[start + k] += factor * from[at + k];
        }
    }

    private static void product(double[] a, int a0, double[] b, int b0, double[] to, int start, int width) {
        for (int k = 0; k < width; k++) {
            to[start + k] = a[a0 + k] * b[b0 + k];
        }
    }

    /** The particles of a step and their log weights. */
    private void weigh(int t) {
        if (prepared.proposal == Proposal.OPTIMAL) {
            Gain gain = gain(t);
            project(t, gain);
            samplePosterior(t, gain);
            return;
        }
        samplePrior(t);
        observe(t);
        if (prepared.proposal == Proposal.ENCODER) {
            addPriorOverProposal(t);
        }
    }

    private Gain gain(int t) {
        if (!data.incomplete[trial * steps + t]) {
            return t == 0 ? prepared.firstGain : prepared.gain;
        }
        boolean[] missing = new boolean[channels];
        for (int i = 0; i < channels; i++) {
            missing[i] = Double.isNaN(data.values[(trial * steps + t) * channels + i]);
        }
        return new Gain(t == 0 ? m.startNoise() : m.noise(), prepared.latentWeights, m.variance(), rank, missing);
    }

    /** d = m - centre, e0, c = F' (e0 - B d), and the log weights. */
    private void project(int t, Gain gain) {
        for (int r = 0; r < rank; r++) {
            double sum = 0;
            for (int k = 0; k < particles; k++) {
                sum += means.data()[means.at(r) + k];
            }
            centre[r] = sum / particles;
            for (int k = 0; k < width; k++) {
                distance[r * width + k] = means.data()[means.at(r) + k] - centre[r];
            }
        }
        double square = residuals(t, gain);
        Arrays.fill(logWeights, square);
        for (int r = 0; r < rank; r++) {
            double own = 0;
            for (int i = 0; i < channels; i++) {
                own += gain.scaled[i * rank + r] * residual[i];
            }
            // e' r^-1 e = e0' r^-1 e0 - (c + f0)' d, where f0 = F' e0.
            Arrays.fill(projected, r * width, (r + 1) * width, own);
            for (int q = 0; q < rank; q++) {
                addScaled(-gain.information[r * rank + q], distance, q * width, projected, r * width, width);
            }
            for (int k = 0; k < width; k++) {
                logWeights[k] -= (projected[r * width + k] + own) * distance[r * width + k];
            }
        }
        for (int r = 0; r < rank; r++) {
            for (int q = 0; q < rank; q++) {
                double factor = gain.posterior[r * rank + q];
                for (int k = 0; k < width; k++) {
                    logWeights[k] -= factor * projected[r * width + k] * projected[q * width + k];
                }
            }
        }
        for (int k = 0; k < width; k++) {
            logWeights[k] = gain.constant - 0.5 * logWeights[k];
        }
        requireNumbers();
    }

    /** e0 = y - b - B centre, 0 where nothing was measured; returns e0' r^-1 e0. */
    private double residuals(int t, Gain gain) {
        boolean seesInput = m.readout() == Readout.CURRENTS && inputs > 0;
        if (seesInput) {
            m.push(filtered, t, seenPush);
        }
        double square = 0;
        int at = (trial * steps + t) * channels;
        for (int i = 0; i < channels; i++) {
            double e = 0;
            if (gain.precision[i] != 0) {
                e = data.values[at + i] - m.shift()[i] - (seesInput ? m.weights()[i] * seenPush[i] : 0);
                for (int r = 0; r < rank; r++) {
                    e -= prepared.latentWeights[i * rank + r] * centre[r];
                }
            }
            residual[i] = e;
            square += e * e * gain.precision[i];
        }
        return square;
    }

    private void requireNumbers() {
        for (int k = 0; k < particles; k++) {
            if (Double.isNaN(logWeights[k])) {
                logWeights[k] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    private void samplePosterior(int t, Gain gain) {
        for (int r = 0; r < rank; r++) {
            int at = (t * rank + r) * width;
            System.arraycopy(means.data(), means.at(r), latents, at, width);
            for (int q = 0; q < rank; q++) {
                addScaled(gain.posterior[r * rank + q], projected, q * width, latents, at, width);
            }
            for (int q = 0; q <= r; q++) {
                addScaled(gain.factor[r * rank + q], noise, (t * rank + q) * width, latents, at, width);
            }
        }
    }

    private void samplePrior(int t) {
        double[] factor = t == 0 ? prepared.firstFactor : prepared.factor;
        for (int r = 0; r < rank; r++) {
            int at = (t * rank + r) * width;
            int mean = means.at(r);
            if (prepared.proposal == Proposal.ENCODER) {
                double q = priorVariance(t, r);
                double v = proposedVariance[t * rank + r];
                double s = 1 / (1 / q + 1 / v);
                double sd = Math.sqrt(s);
                double shift = s * proposedMean[t * rank + r] / v;
                for (int k = 0; k < width; k++) {
                    latents[at + k] = s / q * means.data()[mean + k] + shift + sd * noise[at + k];
                }
            } else {
                System.arraycopy(means.data(), mean, latents, at, width);
                for (int p = 0; p <= r; p++) {
                    addScaled(factor[r * rank + p], noise, (t * rank + p) * width, latents, at, width);
                }
            }
        }
    }

    private double priorVariance(int t, int r) {
        return (t == 0 ? m.startNoise() : m.noise())[r * rank + r];
    }

    private void addPriorOverProposal(int t) {
        for (int r = 0; r < rank; r++) {
            double q = priorVariance(t, r);
            double s = 1 / (1 / q + 1 / proposedVariance[t * rank + r]);
            double constant = 0.5 * Math.log(s / q);
            int at = (t * rank + r) * width;
            for (int k = 0; k < particles; k++) {
                double away = latents[at + k] - means.data()[means.at(r) + k];
                logWeights[k] += constant + 0.5 * (noise[at + k] * noise[at + k] - away * away / q);
            }
        }
        requireNumbers();
    }

    /** Drives of all channels at the particles of a step. */
    private void drives(int t) {
        for (int r = 0; r < rank; r++) {
            System.arraycopy(latents, (t * rank + r) * width, state.data(), state.at(r), width);
        }
        boolean latentReadout = m.readout() == Readout.LATENTS;
        TallProducts.multiply(prepared.readout, state, latentReadout ? drives : seenCurrents);
        if (!latentReadout) {
            m.push(filtered, t, seenPush);
        }
        double[] d = drives.data();
        double[] x = seenCurrents.data();
        for (int i = 0; i < channels; i++) {
            int at = drives.at(i);
            double shift = m.shift()[i];
            switch (m.readout()) {
                case LATENTS -> {
                    for (int k = 0; k < width; k++) {
                        d[at + k] += shift;
                    }
                }
                case CURRENTS -> {
                    double gain = m.weights()[i];
                    for (int k = 0; k < width; k++) {
                        d[at + k] = gain * (x[at + k] + seenPush[i]) + shift;
                    }
                }
                case RATES -> {
                    rate(x, at, seenPush[i], m.bias()[i], d, at);
                    double gain = m.weights()[i];
                    for (int k = 0; k < width; k++) {
                        d[at + k] = gain * d[at + k] + shift;
                    }
                }
            }
        }
    }

    /** log p(y | z) of every particle. */
    private void observe(int t) {
        drives(t);
        Arrays.fill(logWeights, m.isPoisson() ? -data.logFactorials[trial * steps + t] : 0);
        for (int i = 0; i < channels; i++) {
            double y = data.values[(trial * steps + t) * channels + i];
            if (Double.isNaN(y)) {
                continue;
            }
            int at = drives.at(i);
            if (m.isPoisson()) {
                count(y, drives.data(), at);
            } else {
                double r = m.variance()[i];
                double constant = -0.5 * (Math.log(r) + LOG_TWO_PI);
                for (int k = 0; k < width; k++) {
                    double e = y - drives.data()[at + k];
                    logWeights[k] += constant - 0.5 * e * e / r;
                }
            }
        }
        requireNumbers();
    }

    private void count(double y, double[] d, int at) {
        Link link = m.link();
        for (int k = 0; k < particles; k++) {
            double mu = link.mean(d[at + k]);
            logWeights[k] += y == 0 ? -mu : y * Math.log(mu) - mu;
        }
    }

    /** Adds the gradient of the trial's bound, for the noise and ancestors of the last forward pass. */
    void backward(Gradient g) {
        Arrays.fill(leftStrands, 0);
        Arrays.fill(rightStrands, 0);
        Arrays.fill(adjoint, 0);
        Arrays.fill(inputSlope, 0);
        double[] latentWeightSlope = new double[channels * rank];
        double[] firstNoise = new double[rank * rank];
        double[] laterNoise = new double[rank * rank];
        Gain.Sums later = prepared.gain == null ? null : new Gain.Sums(prepared.gain);
        for (int t = steps - 1; t >= 0; t--) {
            Interruption.check();
            means(t);
            softmax(t);
            if (prepared.proposal == Proposal.OPTIMAL) {
                Gain gain = gain(t);
                project(t, gain);
                Gain.Sums sums = gain == prepared.gain ? later : new Gain.Sums(gain);
                posteriorBackward(t, gain, sums, g);
                if (sums != later) {
                    sums.finish(1.0 / steps, t == 0 ? firstNoise : laterNoise, latentWeightSlope, g.variance);
                }
            } else {
                drives(t);
                observationBackward(t, g, latentWeightSlope);
                if (prepared.proposal == Proposal.ENCODER) {
                    encoderBackward(t, t == 0 ? firstNoise : laterNoise);
                } else {
                    priorBackward(t, t == 0 ? firstNoise : laterNoise);
                }
            }
            if (t == 0) {
                for (int r = 0; r < rank; r++) {
                    g.mean[r] += sum(meanSlope, r * width);
                }
            } else {
                transitionBackward(t, g);
            }
        }
        if (later != null) {
            later.finish(1.0 / steps, laterNoise, latentWeightSlope, g.variance);
        }
        finish(g, latentWeightSlope, firstNoise, laterNoise);
    }

    private void finish(Gradient g, double[] latentWeightSlope, double[] firstNoise, double[] laterNoise) {
        for (int i = 0; i < units; i++) {
            for (int r = 0; r < rank; r++) {
                int at = (i * rank + r) * Lanes.LANES;
                g.left[i * rank + r] += Lanes.total(leftStrands, at);
                g.right[r * units + i] += Lanes.total(rightStrands, at);
            }
        }
        add(firstNoise, g.startNoise);
        add(laterNoise, g.noise);
        if (m.readout() == Readout.LATENTS) {
            add(latentWeightSlope, g.weights);
        } else if (prepared.proposal == Proposal.OPTIMAL) {
            for (int i = 0; i < units; i++) {
                for (int r = 0; r < rank; r++) {
                    g.left[i * rank + r] += m.weights()[i] * latentWeightSlope[i * rank + r];
                    g.weights[i] += m.left()[i * rank + r] * latentWeightSlope[i * rank + r];
                }
            }
        }
        for (int t = steps - 1; t > 0 && !m.raw(); t--) {
            for (int u = 0; u < inputs; u++) {
                double slope = inputSlope[t * inputs + u];
                g.decay[0] += slope * (filtered[(t - 1) * inputs + u] - drive[(t - 1) * inputs + u]);
                inputSlope[(t - 1) * inputs + u] += m.decay() * slope;
            }
        }
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** w = softmax of the log weights over T; columns beyond the particles have weight 0. */
    private void softmax(int t) {
        System.arraycopy(keptLogWeights, t * particles, logWeights, 0, particles);
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < particles; k++) {
            largest = Math.max(largest, logWeights[k]);
        }
        double total = 0;
        for (int k = 0; k < particles; k++) {
            weights[k] = Math.exp(logWeights[k] - largest);
            total += weights[k];
        }
        for (int k = 0; k < particles; k++) {
            double weight = weights[k] / total / steps;
            weights[k] = weight < NO_WEIGHT ? 0 : weight;
        }
        Arrays.fill(weights, particles, width, 0);
    }

    private double sum(double[] values, int at) {
        Arrays.fill(sumStrands, 0);
        Lanes.dots(ones, 0, values, at, width, 1, width, sumStrands, 0);
        return Lanes.total(sumStrands, 0);
    }

    /** From the adjoint of the particles to that of the prior means, through the optimal proposal. */
    private void posteriorBackward(int t, Gain gain, Gain.Sums sums, Gradient g) {
        for (int r = 0; r < rank; r++) {
            product(weights, 0, projected, r * width, weighted, r * width, width);
        }
        for (int r = 0; r < rank; r++) {
            Arrays.fill(posteriorSlope, r * width, (r + 1) * width, 0);
            for (int q = 0; q < rank; q++) {
                double factor = gain.posterior[r * rank + q];
                addScaled(factor, weighted, q * width, posteriorSlope, r * width, width);
                addScaled(factor, adjoint, q * width, posteriorSlope, r * width, width);
            }
        }
        for (int r = 0; r < rank; r++) {
            for (int k = 0; k < width; k++) {
                meanSlope[r * width + k] = adjoint[r * width + k] + weighted[r * width + k];
            }
            for (int q = 0; q < rank; q++) {
                addScaled(-gain.information[r * rank + q], posteriorSlope, q * width, meanSlope, r * width, width);
            }
        }
        int square = rank * rank * Lanes.LANES;
        int line = rank * Lanes.LANES;
        double[] weightedDistance = nextAdjoint;
        for (int r = 0; r < rank; r++) {
            int at = r * width;
            product(weights, 0, distance, at, weightedDistance, at, width);
            Lanes.dots(weighted, at, projected, 0, width, rank, width, sums.strands, r * line);
            Lanes.dots(adjoint, at, projected, 0, width, rank, width, sums.strands, square + r * line);
            Lanes.dots(adjoint, at, noise, t * rank * width, width, rank, width, sums.strands, 2 * square + r * line);
            Lanes.dots(weightedDistance, at, distance, 0, width, rank, width, sums.strands, 3 * square + r * line);
            Lanes.dots(posteriorSlope, at, distance, 0, width, rank, width, sums.strands, 4 * square + r * line);
        }
        double[] moved = new double[rank];
        double[] pulled = new double[rank];
        for (int r = 0; r < rank; r++) {
            moved[r] = sum(weightedDistance, r * width);
            pulled[r] = sum(posteriorSlope, r * width);
        }
        sums.steps++;
        for (int r = 0; r < rank; r++) {
            for (int q = 0; q < rank; q++) {
                sums.distanceTimesMean[r * rank + q] += moved[r] * centre[q];
                sums.posteriorTimesMean[r * rank + q] += pulled[r] * centre[q];
            }
        }
        channelsBackward(t, gain, sums, moved, pulled, g);
    }

    private void channelsBackward(int t, Gain gain, Gain.Sums sums, double[] moved, double[] pulled, Gradient g) {
        double share = 1.0 / steps;
        for (int i = 0; i < channels; i++) {
            double e = residual[i];
            double spread = 0;
            double back = 0;
            for (int r = 0; r < rank; r++) {
                spread += gain.weights[i * rank + r] * moved[r];
                back += gain.scaled[i * rank + r] * pulled[r];
                sums.residualTimesPosterior[i * rank + r] += e * pulled[r];
                sums.residualTimesMean[i * rank + r] += e * (share * centre[r] + moved[r]);
            }
            sums.squares[i] += e * (share * e - 2 * spread);
            double slope = gain.precision[i] * (share * e - spread) - back;
            g.shift[i] += slope;
            toChannel[i] = slope;
        }
        if (m.readout() == Readout.CURRENTS && inputs > 0) {
            for (int i = 0; i < channels; i++) {
                inputBackward(i, m.weights()[i] * toChannel[i], t, g);
                g.weights[i] += toChannel[i] * seenPush[i];
            }
        }
    }

    /** The slope of a current at a step, passed on to W_u and v. */
    private void inputBackward(int unit, double slope, int step, Gradient g) {
        for (int u = 0; u < inputs; u++) {
            g.input[unit * inputs + u] += slope * filtered[step * inputs + u];
            inputSlope[step * inputs + u] += slope * m.input()[unit * inputs + u];
        }
    }

    /** Adds to the adjoint of the particles what the observation says: nothing is lost to the proposal here. */
    private void observationBackward(int t, Gradient g, double[] latentWeightSlope) {
        double[] d = drives.data();
        for (int i = 0; i < channels; i++) {
            driveSlopes(t, i, g);
            int at = drives.at(i);
            g.shift[i] += sum(d, at);
            if (m.readout() == Readout.LATENTS) {
                for (int r = 0; r < rank; r++) {
                    latentWeightSlope[i * rank + r] += dot(d, at, state.data(), state.at(r));
                }
            } else {
                currentSlopes(t, i, g);
            }
        }
        TallProducts.multiply(prepared.readoutTransposed, drives, scratch);
        for (int r = 0; r < rank; r++) {
            addScaled(1, scratch.data(), scratch.at(r), adjoint, r * width, width);
        }
    }

    private double dot(double[] a, int a0, double[] b, int b0) {
        Arrays.fill(sumStrands, 0);
        Lanes.dots(a, a0, b, b0, width, 1, width, sumStrands, 0);
        return Lanes.total(sumStrands, 0);
    }

    /** Replaces the drives of a channel by the slopes of the bound in them. */
    private void driveSlopes(int t, int i, Gradient g) {
        double y = data.values[(trial * steps + t) * channels + i];
        int at = drives.at(i);
        double[] d = drives.data();
        if (Double.isNaN(y)) {
            Arrays.fill(d, at, at + width, 0);
            return;
        }
        if (m.isPoisson()) {
            Link link = m.link();
            for (int k = 0; k < width; k++) {
                d[at + k] = weights[k] == 0 ? 0 : weights[k] * link.likelihoodSlope(y, d[at + k]);
            }
            return;
        }
        double r = m.variance()[i];
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double e = y - d[at + k];
            sum += weights[k] * (e * e / r - 1);
            d[at + k] = weights[k] * e / r;
        }
        g.variance[i] += sum / (2 * r);
    }

    /** From the slopes of a unit's drive to those of its current, in place, with gain, threshold, M and W_u on the way. */
    private void currentSlopes(int t, int i, Gradient g) {
        int at = drives.at(i);
        double[] d = drives.data();
        double[] x = seenCurrents.data();
        double gain = m.weights()[i];
        double h = m.bias()[i];
        double gainSlope = 0;
        double biasSlope = 0;
        for (int k = 0; k < width; k++) {
            double current = x[at + k] + seenPush[i];
            boolean rate = m.readout() == Readout.RATES;
            gainSlope += d[at + k] * (rate ? m.ramp().rate(current, h) : current);
            double back = gain * d[at + k];
            if (rate) {
                double slope = m.ramp().slope(current, h);
                biasSlope += back * (m.ramp() == Ramp.CLIPPED ? (current + h > 0 ? 1 : 0) : -slope);
                back *= slope;
            }
            d[at + k] = back;
        }
        g.weights[i] += gainSlope;
        g.bias[i] += biasSlope;
        for (int r = 0; r < rank; r++) {
            g.left[i * rank + r] += dot(d, at, state.data(), state.at(r));
        }
        inputBackward(i, sum(d, at), t, g);
    }

    private void priorBackward(int t, double[] noiseSlope) {
        System.arraycopy(adjoint, 0, meanSlope, 0, meanSlope.length);
        double[] toFactor = new double[rank * rank];
        for (int r = 0; r < rank; r++) {
            for (int q = 0; q < rank; q++) {
                toFactor[r * rank + q] = dot(meanSlope, r * width, noise, (t * rank + q) * width);
            }
        }
        double[] factor = t == 0 ? prepared.firstFactor : prepared.factor;
        add(Small.symmetric(Small.choleskyAdjoint(factor, toFactor, rank), rank), noiseSlope);
    }

    private void encoderBackward(int t, double[] noiseSlope) {
        for (int r = 0; r < rank; r++) {
            double q = priorVariance(t, r);
            double v = proposedVariance[t * rank + r];
            double e = proposedMean[t * rank + r];
            double s = 1 / (1 / q + 1 / v);
            double sd = Math.sqrt(s);
            int at = (t * rank + r) * width;
            double toMean = 0;
            double toSquare = 0.5 / steps / s;
            double toNoise = 0;
            for (int k = 0; k < particles; k++) {
                double mean = means.data()[means.at(r) + k];
                double away = latents[at + k] - mean;
                double pull = weights[k] * away / q;
                double slope = adjoint[r * width + k] - pull;
                meanSlope[r * width + k] = slope * s / q + pull;
                toMean += slope;
                toSquare += slope * (noise[at + k] / (2 * sd) + mean / q + e / v);
                toNoise += 0.5 * weights[k] * (away * away / q - 1) / q - slope * s * mean / (q * q);
            }
            Arrays.fill(meanSlope, r * width + particles, (r + 1) * width, 0);
            noiseSlope[r * (rank + 1)] += toNoise + toSquare * s * s / (q * q);
            proposedMeanSlope[t * rank + r] = toMean * s / v;
            proposedLogVarianceSlope[t * rank + r] = toSquare * s * s / v - toMean * s * e / v;
        }
    }

    /** Through one step of the network: slopes of its weights, and the adjoint of the particles before. */
    private void transitionBackward(int t, Gradient g) {
        for (int r = 0; r < rank; r++) {
            System.arraycopy(meanSlope, r * width, scratch.data(), scratch.at(r), width);
            g.decay[0] += dot(meanSlope, r * width, parents.data(), parents.at(r));
        }
        int line = rank * Lanes.LANES;
        for (int i = 0; i < units; i++) {
            Lanes.dots(rates.data(), rates.at(i), meanSlope, 0, width, rank, width, rightStrands, i * line);
        }
        // The rates are no longer needed, so their place takes n' mb and then the slopes of the currents.
        TallProducts.multiply(prepared.rightTransposed, scratch, rates);
        for (int i = 0; i < units; i++) {
            int at = rates.at(i);
            rateBackward(t, i, at, g);
            Lanes.dots(
                    rates.data(),
                    at,
                    parents.data(),
                    parents.at(0),
                    parents.at(1) - parents.at(0),
                    rank,
                    width,
                    leftStrands,
                    i * line);
        }
        TallProducts.multiply(prepared.leftTransposed, rates, scratch);
        Arrays.fill(nextAdjoint, 0);
        for (int r = 0; r < rank; r++) {
            int from = r * width;
            int through = scratch.at(r);
            for (int k = 0; k < particles; k++) {
                nextAdjoint[from + ancestors[(t - 1) * particles + k]] +=
                        m.decay() * meanSlope[from + k] + scratch.data()[through + k];
            }
        }
        System.arraycopy(nextAdjoint, 0, adjoint, 0, adjoint.length);
    }

    /** rho becomes the slope of the unit's current; h and W_u get their share. */
    private void rateBackward(int t, int i, int at, Gradient g) {
        double[] rho = rates.data();
        double[] x = currents.data();
        double pushed = push[i];
        double h = m.bias()[i];
        double toCurrent;
        switch (m.ramp()) {
            case RELU -> {
                Lanes.gate(rho, at, x, at, pushed - h, rho, at, width);
                toCurrent = sum(rho, at);
                g.bias[i] -= toCurrent;
            }
            case CLIPPED -> {
                Lanes.gate(rho, at, x, at, pushed, row, 0, width);
                Lanes.gate(rho, at, x, at, pushed + h, rho, at, width);
                g.bias[i] += sum(rho, at);
                addScaled(-1, row, 0, rho, at, width);
                toCurrent = sum(rho, at);
            }
            default -> {
                for (int k = 0; k < width; k++) {
                    rho[at + k] *= m.ramp().slope(x[at + k] + pushed, h);
                }
                toCurrent = sum(rho, at);
                g.bias[i] -= toCurrent;
            }
        }
        inputBackward(i, toCurrent, t - 1, g);
    }
}
