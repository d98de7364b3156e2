package org.hopwise.randommode.theory;

import java.util.Arrays;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.OddRational;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.randommode.averages.GaussianAverages;
import org.hopwise.rnn.Activation;

/**
 * The single-neuron process of a network with overlaps, found by sampling (equations 48 and 49; sampled in our own
 * variant of Roy et al., 2019): x = G (xi + K phi(x)) in frequency, G the response of a state to its input, xi Gaussian with spectrum
 *
 * <p>C_xi = alpha (D^2 / |1 - rho D S|^2) C_phi, memory K = alpha (rho D / (1 - rho D S)), averaged over components.
 *
 * <p>Noise is drawn once and kept, as are the trajectories, so that C_phi, the response S and every trajectory settle
 * together on one fixed point that can be reached to any accuracy. C_phi and S are the exact values of a neuron with the
 * same xi and no memory, plus the sampled difference that memory makes: at rho = 0 nothing is left to sampling. S comes
 * from Novikov's theorem, S = (phi xi*) / C_xi, by way of the slope (phi xi*) / (x xi*), which hardly depends on frequency. Trajectories are periodic, with the window as period.
 *
 * <p>All spectra stand at frequencies 0, ..., points / 2 of the window.
 */
final class SampledField {

    static final double TOLERANCE = 1e-5;
    private static final int MOST_ITERATIONS = 600;
    private static final double DEAD = 1e-6;
    private static final double NEGLIGIBLE = 1e-14;

    /** Beyond this many time constants nothing is left of a memory but noise. */
    private static final double LONGEST_MEMORY = 25;

    /** Time constants by which the taper of the sampled slope reaches into negative lags. */
    private static final double SMEAR = 4;

    /** Slopes are averaged over every fourth moment, since neighbours tell the same. */
    private static final int SLOPE_STRIDE = 4;

    final PeriodicWindow window;
    final ModeLaw law;
    final double[] responseRe;
    final double[] responseIm;
    final double[] outputSpectrum;
    final double[] inputSpectrum;
    final double[] memoryRe;
    final double[] memoryIm;
    /** G, the response of a state to its input. */
    final double[] linearRe;

    final double[] linearIm;
    final int iterations;

    private final int half;
    final boolean isDiscrete;
    private final Activation phi;
    private final int points;
    private final double step;
    private final int samples;
    private final double[] noiseRe;
    private final double[] noiseIm;
    private final double[] outputRe;
    private final double[] outputIm;
    /** What one iteration gives for C_phi and S. */
    private final double[] nextSpectrum;

    private final double[] nextRe;
    private final double[] nextIm;
    /** Sum of phi' over sampled states minus that without memory. */
    private double slopeChange;

    /** Samples until C_phi and S no longer change. */
    SampledField(ModeLaw law, Activation phi, boolean isDiscrete, PeriodicWindow window, int samples, Seed seed) {
        this.law = law;
        this.phi = phi;
        this.isDiscrete = isDiscrete;
        this.window = window;
        this.points = window.points;
        this.step = window.step;
        this.samples = samples;
        this.half = points / 2;
        int bins = half + 1;
        this.responseRe = new double[bins];
        this.responseIm = new double[bins];
        this.outputSpectrum = new double[bins];
        this.inputSpectrum = new double[bins];
        this.memoryRe = new double[bins];
        this.memoryIm = new double[bins];
        this.linearRe = new double[bins];
        this.linearIm = new double[bins];
        this.nextSpectrum = new double[bins];
        this.nextRe = new double[bins];
        this.nextIm = new double[bins];
        this.noiseRe = new double[samples * bins];
        this.noiseIm = new double[samples * bins];
        this.outputRe = new double[samples * bins];
        this.outputIm = new double[samples * bins];
        drawNoise(new Draws(seed));
        start();
        this.iterations = settle();
    }

    private void drawNoise(Draws draws) {
        double[] re = new double[points];
        double[] im = new double[points];
        for (int sample = 0; sample < samples; sample++) {
            for (int t = 0; t < points; t++) {
                re[t] = draws.gaussian();
                im[t] = 0;
            }
            window.forward(re, im);
            System.arraycopy(re, 0, noiseRe, sample * (half + 1), half + 1);
            System.arraycopy(im, 0, noiseIm, sample * (half + 1), half + 1);
        }
    }

    private void start() {
        GaussianAverages averages = GaussianAverages.of(phi, 0.6 * law.power());
        double[] lags = new double[half + 1];
        for (int k = 0; k <= half; k++) {
            double frequency = 2 * Math.PI * k / (points * step);
            double size = 1 + frequency * frequency;
            linearRe[k] = isDiscrete ? Math.cos(frequency) : 1 / size;
            linearIm[k] = isDiscrete ? -Math.sin(frequency) : -frequency / size;
            responseRe[k] = averages.meanSlope() * linearRe[k];
            responseIm[k] = averages.meanSlope() * linearIm[k];
            lags[k] = isDiscrete ? k == 0 ? 0.7 : 0 : 0.7 / Math.cosh(0.3 * k * step);
        }
        // The transform of a real signal is real there.
        linearIm[half] = 0;
        responseIm[half] = 0;
        double[] spectrum = window.spectrum(lags);
        for (int k = 0; k <= half; k++) {
            outputSpectrum[k] = Math.max(spectrum[k], 0);
        }
    }

    private int settle() {
        double residual = Double.POSITIVE_INFINITY;
        for (int iteration = 1; iteration <= MOST_ITERATIONS; iteration++) {
            drive();
            sample();
            residual = accept();
            if (!(window.covariance(outputSpectrum, 0) > DEAD)) {
                throw new IllegalArgumentException(
                        "with these strengths and overlaps the activity dies out, so every variance is 0 and there is no dimension; use a larger gain or less negative overlaps.");
            }
            if (residual < TOLERANCE) {
                return iteration;
            }
        }
        throw new IllegalStateException(
                "the sampled mean field has not settled after %d iterations: it still changes by %.2g, and should by less than %.0e. Use weaker overlaps, or more samples."
                        .formatted(MOST_ITERATIONS, residual, TOLERANCE));
    }

    /** C_xi and K from C_phi and S. */
    private void drive() {
        for (int k = 0; k <= half; k++) {
            Complex response = new Complex(responseRe[k], responseIm[k]);
            List<Complex> h = law.propagators(response);
            inputSpectrum[k] = law.inputPower(h) * outputSpectrum[k];
            Complex memory = law.memory(response, h);
            memoryRe[k] = memory.re();
            memoryIm[k] = memory.im();
        }
    }

    /**
     * One pass over all trajectories: x from xi and the last phi(x), beside the neuron without memory. Each loop in a method of
     * its own, since the JIT compiles a method once for each of its long loops.
     */
    private void sample() {
        Arrays.fill(nextSpectrum, 0);
        Arrays.fill(nextRe, 0);
        Arrays.fill(nextIm, 0);
        double[] re = new double[points];
        double[] im = new double[points];
        float[] states = new float[2 * points];
        slopeChange = 0;
        for (int sample = 0; sample < samples; sample++) {
            Interruption.check();
            int at = sample * (half + 1);
            propose(at, re, im);
            window.inverse(re, im);
            pass(re, im, states);
            window.forward(re, im);
            addUp(at, re, im);
        }
    }

    /** Two real signals in one transform: x in the real part, the one without memory in the imaginary. */
    private void propose(int at, double[] re, double[] im) {
        for (int k = 0; k <= half; k++) {
            double amplitude = Math.sqrt(inputSpectrum[k] / step);
            double xiRe = amplitude * noiseRe[at + k];
            double xiIm = amplitude * noiseIm[at + k];
            double allRe = xiRe + memoryRe[k] * outputRe[at + k] - memoryIm[k] * outputIm[at + k];
            double allIm = xiIm + memoryRe[k] * outputIm[at + k] + memoryIm[k] * outputRe[at + k];
            double aRe = linearRe[k] * allRe - linearIm[k] * allIm;
            double aIm = linearRe[k] * allIm + linearIm[k] * allRe;
            double bRe = linearRe[k] * xiRe - linearIm[k] * xiIm;
            double bIm = linearRe[k] * xiIm + linearIm[k] * xiRe;
            re[k] = aRe - bIm;
            im[k] = aIm + bRe;
            if (k > 0 && k < half) {
                re[points - k] = aRe + bIm;
                im[points - k] = bRe - aIm;
            }
        }
    }

    /** phi of both signals, in time. */
    private void pass(double[] re, double[] im, float[] states) {
        for (int t = 0; t < points; t++) {
            states[t] = (float) re[t];
            states[points + t] = (float) im[t];
        }
        for (int t = 0; t < points; t += SLOPE_STRIDE) {
            slopeChange += phi.slope(re[t]) - phi.slope(im[t]);
        }
        (phi == Activation.ERF ? OddRational.SCALED_ERF : OddRational.TANH).apply(states, states);
        for (int t = 0; t < points; t++) {
            re[t] = states[t];
            im[t] = states[points + t];
        }
    }

    /** The spectrum of phi(x), and what memory adds to it and to the response. */
    private void addUp(int at, double[] re, double[] im) {
        for (int k = 0; k <= half; k++) {
            int mirror = (points - k) % points;
            double pRe = (re[k] + re[mirror]) / 2;
            double pIm = (im[k] - im[mirror]) / 2;
            double withoutRe = (im[k] + im[mirror]) / 2;
            double withoutIm = (re[mirror] - re[k]) / 2;
            outputRe[at + k] = pRe;
            outputIm[at + k] = pIm;
            nextSpectrum[k] += pRe * pRe + pIm * pIm - withoutRe * withoutRe - withoutIm * withoutIm;
            double amplitude = Math.sqrt(inputSpectrum[k] / step);
            double xiRe = amplitude * noiseRe[at + k];
            double xiIm = amplitude * noiseIm[at + k];
            nextRe[k] += (pRe - withoutRe) * xiRe + (pIm - withoutIm) * xiIm;
            nextIm[k] += (pIm - withoutIm) * xiRe - (pRe - withoutRe) * xiIm;
        }
    }

    /** Takes over the new C_phi and S; returns how much they changed. */
    private double accept() {
        double[] power = new double[half + 1];
        for (int k = 0; k <= half; k++) {
            power[k] = (linearRe[k] * linearRe[k] + linearIm[k] * linearIm[k]) * inputSpectrum[k];
        }
        double[] lags = window.lags(power);
        GaussianAverages averages = GaussianAverages.of(phi, lags[0]);
        double[] outputs = new double[half + 1];
        for (int t = 0; t <= half; t++) {
            outputs[t] = averages.covariance(lags[t]);
        }
        double[] exact = window.spectrum(outputs);
        double scale = step / points / samples;
        double slope = averages.meanSlope() + slopeChange * SLOPE_STRIDE / samples / points;
        for (int k = 0; k <= half; k++) {
            slopeBeyond(k, averages.meanSlope(), slope, scale / Math.max(inputSpectrum[k], NEGLIGIBLE));
        }
        window.keep(
                nextRe,
                nextIm,
                isDiscrete ? 0 : (int) (SMEAR / step),
                isDiscrete ? points / 4 : (int) (LONGEST_MEMORY / step));
        double change = 0;
        double total = 0;
        double moved = 0;
        for (int k = 0; k <= half; k++) {
            double spectrum = Math.max(exact[k] + scale * nextSpectrum[k], 0);
            // S = s G / (1 - s G K) with s = slope + what memory adds.
            double topRe = (slope + nextRe[k]) * linearRe[k] - nextIm[k] * linearIm[k];
            double topIm = (slope + nextRe[k]) * linearIm[k] + nextIm[k] * linearRe[k];
            double belowRe = 1 - topRe * memoryRe[k] + topIm * memoryIm[k];
            double belowIm = -topRe * memoryIm[k] - topIm * memoryRe[k];
            double size = belowRe * belowRe + belowIm * belowIm;
            double re = (topRe * belowRe + topIm * belowIm) / size;
            double im = (topIm * belowRe - topRe * belowIm) / size;
            change += Math.abs(spectrum - outputSpectrum[k]);
            total += spectrum;
            moved = Math.max(moved, Math.hypot(re - responseRe[k], im - responseIm[k]));
            outputSpectrum[k] = spectrum;
            responseRe[k] = re;
            responseIm[k] = im;
        }
        return Math.max(change / total, moved);
    }

    /**
     * (phi xi*) / (x xi*) minus the mean slope, at one frequency: (exact + d / G) / (1 + K S) - slope, where d is the
     * sampled difference that memory makes to S. It is 0 for a Gaussian state and falls off at high frequencies, where
     * samples only add noise.
     */
    private void slopeBeyond(int k, double exact, double slope, double scale) {
        double dRe = nextRe[k] * scale;
        double dIm = nextIm[k] * scale;
        double size = linearRe[k] * linearRe[k] + linearIm[k] * linearIm[k];
        double topRe = exact + (dRe * linearRe[k] + dIm * linearIm[k]) / size;
        double topIm = (dIm * linearRe[k] - dRe * linearIm[k]) / size;
        double belowRe = 1 + memoryRe[k] * responseRe[k] - memoryIm[k] * responseIm[k];
        double belowIm = memoryRe[k] * responseIm[k] + memoryIm[k] * responseRe[k];
        double below = belowRe * belowRe + belowIm * belowIm;
        double taper = isDiscrete ? 1 : 1 / (1 + Math.pow(Math.PI * k / (points * step), 4));
        nextRe[k] = taper * ((topRe * belowRe + topIm * belowIm) / below - slope);
        nextIm[k] = taper * ((topIm * belowRe - topRe * belowIm) / below);
    }

    /** C_x = |G|^2 |xi + K phi|^2, with (phi xi*) = S C_xi. */
    double[] stateSpectrum() {
        double[] spectrum = new double[half + 1];
        for (int k = 0; k <= half; k++) {
            double cross = memoryRe[k] * responseRe[k] - memoryIm[k] * responseIm[k];
            double memory = memoryRe[k] * memoryRe[k] + memoryIm[k] * memoryIm[k];
            double linear = linearRe[k] * linearRe[k] + linearIm[k] * linearIm[k];
            spectrum[k] = linear * (inputSpectrum[k] * (1 + 2 * cross) + memory * outputSpectrum[k]);
        }
        return spectrum;
    }
}
