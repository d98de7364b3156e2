package org.hopwise.rnn;

import java.io.Serializable;
import java.util.Objects;

/**
 * How states of a network follow each other. With leak a = dt / tau and drive
 * d_t = W r_(t-1) + W_in v_t + b + n_t:
 *
 * <ul>
 *   <li>current form: x_t = (1 - a) x_(t-1) + a d_t, r_t = f(x_t);
 *   <li>rate form: r_t = (1 - a) r_(t-1) + a f(d_t).
 * </ul>
 *
 * <p>Noise is fresh for each trial and step: n_t = sqrt(2 / a) sigma eta and v_t = u_t + sqrt(2 / a) sigma_in xi with
 * standard normal eta and xi, so that a unit without couplings in current form has the standard deviation
 * sigma / sqrt(1 - a / 2), nearly whatever the step. At a = 1 and without noise both forms are one network.
 *
 * @param form where the nonlinearity stands
 * @param leak a, above 0 and at most 1; 1 is a network without leak
 * @param recurrentNoise sigma, 0 or more
 * @param inputNoise sigma_in, 0 or more
 */
public record Dynamics(Form form, double leak, double recurrentNoise, double inputNoise) implements Serializable {

    private static final double RECURRENT_NOISE = 0.05;
    private static final double INPUT_NOISE = Math.sqrt(1.0 / 200);
    private static final Dynamics DISCRETE = new Dynamics(Form.CURRENT, 1, 0, 0);

    /**
     * Checks leak and noise.
     *
     * @param form where the nonlinearity stands
     * @param leak a, above 0 and at most 1
     * @param recurrentNoise sigma, 0 or more
     * @param inputNoise sigma_in, 0 or more
     */
    public Dynamics {
        Objects.requireNonNull(form, "form");
        if (!(leak > 0 && leak <= 1)) {
            throw new IllegalArgumentException(
                    "leak is %s; it must be above 0 and at most 1, so use dt / tau with a step dt no longer than tau."
                            .formatted(leak));
        }
        requireNoise("recurrentNoise", recurrentNoise);
        requireNoise("inputNoise", inputNoise);
    }

    private static void requireNoise(String name, double sigma) {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException(
                    "%s is %s; it is a standard deviation, so use a finite number of at least 0, or noiseless()."
                            .formatted(name, sigma));
        }
    }

    /**
     * No leak and no noise: r_t = f(d_t), as networks are unless told otherwise.
     *
     * @return a = 1, both sigmas 0
     */
    public static Dynamics discrete() {
        return DISCRETE;
    }

    /**
     * Current form with standard noise, sigma = 0.05 and sigma_in = sqrt(1 / 200).
     *
     * @param leak a = dt / tau, above 0 and at most 1
     * @return the dynamics
     */
    public static Dynamics current(double leak) {
        return new Dynamics(Form.CURRENT, leak, RECURRENT_NOISE, INPUT_NOISE);
    }

    /**
     * Rate form with standard noise, sigma = 0.05 and sigma_in = sqrt(1 / 200).
     *
     * @param leak a = dt / tau, above 0 and at most 1
     * @return the dynamics
     */
    public static Dynamics rate(double leak) {
        return new Dynamics(Form.RATE, leak, RECURRENT_NOISE, INPUT_NOISE);
    }

    /**
     * Another noise of the drive.
     *
     * @param sigma 0 or more
     * @return a copy with the noise
     */
    public Dynamics recurrentNoise(double sigma) {
        return new Dynamics(form, leak, sigma, inputNoise);
    }

    /**
     * Another noise of the inputs.
     *
     * @param sigma 0 or more
     * @return a copy with the noise
     */
    public Dynamics inputNoise(double sigma) {
        return new Dynamics(form, leak, recurrentNoise, sigma);
    }

    /**
     * The same without noise.
     *
     * @return a copy with both sigmas 0
     */
    public Dynamics noiseless() {
        return new Dynamics(form, leak, 0, 0);
    }

    /**
     * Whether a run needs a seed.
     *
     * @return whether one of the sigmas is above 0
     */
    public boolean isNoisy() {
        return recurrentNoise > 0 || inputNoise > 0;
    }

    /**
     * What a sigma is multiplied by when it is added to the drive or to an input at each step.
     *
     * @return sqrt(2 / a)
     */
    public double noiseFactor() {
        return Math.sqrt(2 / leak);
    }

    @Override
    public String toString() {
        return equals(DISCRETE)
                ? "discrete"
                : "%s form, leak %s, recurrent noise %s, input noise %s"
                        .formatted(form, leak, recurrentNoise, inputNoise);
    }
}
