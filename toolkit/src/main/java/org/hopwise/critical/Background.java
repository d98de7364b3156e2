package org.hopwise.critical;

import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * A uniform background and what it does to weak waves, in closed form. A constant input I_0 on the mode with Omega = 0 holds
 * an amplitude a, and deviations obey z' = alpha (rho U z + f) + beta conj(rho U z + f) with m = sqrt(1 - a^2), alpha = m (1
 * + m^2) / 2 and beta = -m (1 - m^2) / 2, which couples waves k and -k. Mirror-symmetric kernels then damp every wave outside
 * the band {@code Omega < a^2 / 2} by exactly rho (1 - a^2) a step. Derived here. For waves far weaker than the background.
 */
public final class Background {

    private final double input;
    private final double gain;
    private final double a;
    private final double m;
    /** a^2 and -log m^2 without cancellation. */
    private final double square;

    private Background(double input, double gain, double a, double m, double square) {
        this.input = input;
        this.gain = gain;
        this.a = a;
        this.m = m;
        this.square = square;
    }

    /**
     * The background that a constant input holds at gain 1.
     *
     * @param input I_0, 0 or more
     * @return the background
     */
    public static Background of(double input) {
        return of(input, 1);
    }

    /**
     * The background that a constant input holds.
     *
     * @param input I_0, 0 or more
     * @param gain rho, above 0 and at most 1: above, there is more than one steady state
     * @return the background
     */
    public static Background of(double input, double gain) {
        Complex.requireDamped(gain);
        if (Check.notNegative("background", input) == 0) {
            return new Background(0, gain, 0, 1, 0);
        }
        SteadyWave wave = SteadyWave.of(input, 0, gain);
        return new Background(input, gain, wave.amplitude(), wave.m(), wave.square());
    }

    /**
     * The background of a chosen amplitude at gain 1; its input is a (1 / sqrt(1 - a^2) - 1).
     *
     * @param a from 0 to below 1
     * @return the background
     */
    public static Background ofAmplitude(double a) {
        if (!(a >= 0 && a < 1)) {
            throw new IllegalArgumentException("a is %s; it must be from 0 to below 1, since |Z| < 1.".formatted(a));
        }
        double m = Math.sqrt((1 - a) * (1 + a));
        return new Background(a * a * a / (m * (1 + m)), 1, a, m, a * a);
    }

    /**
     * I_0.
     *
     * @return the constant input
     */
    public double input() {
        return input;
    }

    /**
     * rho.
     *
     * @return the gain
     */
    public double gain() {
        return gain;
    }

    /**
     * The amplitude that the input holds, about (2 I_0)^(1/3) at gain 1.
     *
     * @return from 0 to below 1
     */
    public double a() {
        return a;
    }

    /**
     * What is left of a wave after one step outside the band {@code |Omega| < a^2 / 2}: rho m^2, exactly 1 - a^2 at gain 1.
     *
     * @return from 0 to 1
     */
    public double decayFactor() {
        return gain * m * m;
    }

    /**
     * The slope of phi along the background, times the gain: what is left of an amplitude's deviation of all sites.
     *
     * @return rho m^3
     */
    public double radial() {
        return gain * m * m * m;
    }

    /**
     * The slope of phi across the background, times the gain: what is left of a phase's deviation of all sites. It is the
     * spectral radius and the norm of the Jacobian, so trajectories under one input approach each other at least so fast.
     *
     * @return rho m
     */
    public double tangential() {
        return gain * m;
    }

    /**
     * The direct part of the slope of phi, without the gain.
     *
     * @return alpha = m (1 + m^2) / 2
     */
    public double alpha() {
        return m * (1 + m * m) / 2;
    }

    /**
     * The part of the slope of phi that conjugates, without the gain.
     *
     * @return beta = -m a^2 / 2
     */
    public double beta() {
        return -m * square / 2;
    }

    /** Gamma = -log(rho m^2), the decay a step, without cancellation. */
    double decayRate() {
        // m^2 = 1 - a^2, or 1/g^2 where a is close to 1.
        double log = square < 0.5 ? Math.log1p(-square) : 2 * Math.log(m);
        return -Math.log1p(gain - 1) - log;
    }

    /**
     * The complex wave number of the wave that leaves a weak source exp(-i omega n) on a ring: cos Omega(k) = 2m / (1 + m^2)
     * cos(omega + i Gamma) with Gamma = -log(rho m^2) and k = arccos(1 - Omega / j).
     *
     * @param dispersion nearest neighbours of a ring; along an axis of a sheet, nearest neighbours with that axis's j
     * @param omega radians a step, inside the band from 0 to 2j, and below pi
     * @return k, real and imaginary part above 0
     * @throws IllegalArgumentException outside the band, where the wave is evanescent, or if nothing damps it
     */
    public Complex waveNumber(Dispersion dispersion, double omega) {
        double j = dispersion.nearestCoupling();
        requireBand(j, omega);
        double gamma = decayRate();
        if (gamma == 0) {
            throw new IllegalArgumentException(
                    "background is 0 at gain 1; nothing damps the wave and its length is infinite. Give a background.");
        }
        Complex turned =
                new Complex(omega, gamma).cosine().times(2 * m / (1 + m * m)).arcCosine();
        return new Complex(1 - turned.re() / j, -turned.im() / j).arcCosine();
    }

    static void requireBand(double j, double omega) {
        double top = Math.min(2 * j, Math.PI);
        if (!(omega > 0 && omega < top)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "omega is %s; waves travel inside the band from 0 to %s only, outside they are evanescent. Use one inside.",
                    omega,
                    top));
        }
    }

    /**
     * How far a weak wave reaches along a ring until it has fallen to 1/e: 1 / Im k, about v / a^2 and so I_0^(-2/3) for a
     * small background. In two dimensions the amplitude falls as exp(-r / length) / sqrt(r).
     *
     * @param dispersion nearest neighbours of a ring; along an axis of a sheet, nearest neighbours with that axis's j
     * @param omega radians a step, inside the band from 0 to 2j, and below pi
     * @return sites
     * @throws IllegalArgumentException outside the band, where the wave is evanescent, or if nothing damps it
     */
    public double propagationLength(Dispersion dispersion, double omega) {
        return 1 / waveNumber(dispersion, omega).im();
    }

    /**
     * The linear response of a whole lattice to a weak source at site 0: with I_n = epsilon exp(-i omega n) the state of each
     * site has the part epsilon response exp(-i omega n). It is (z - J)^-1 dphi at z = exp(-i omega), the resolvent of the
     * Jacobian J. A {@link Drive#point} has the clock of the state it makes, exp(-i omega (n + 1)), so its answer is this times
     * exp(-i omega). Cost: one Fourier transform.
     *
     * @param kernel any kernel
     * @param omega radians a step
     * @return one complex number a site; by symmetry of translation the source may be anywhere
     * @throws IllegalArgumentException if nothing damps a wave of just this omega
     */
    public Field response(UnitaryKernel kernel, double omega) {
        Complex.requireFinite("omega", omega);
        Shape shape = kernel.shape();
        double[] phases = kernel.eigenphases();
        double[] response = new double[2 * phases.length];
        for (int q = 0; q < phases.length; q++) {
            Complex forward = Complex.polar(gain, omega - phases[q]);
            Complex backward = Complex.polar(gain, omega + phases[shape.mirrored(q)]);
            // A = h (1 + p A) for the wave and the part beta of it that comes back through -k.
            Complex h = backward.times(beta() * beta())
                    .over(new Complex(1, 0).minus(backward.times(alpha())))
                    .plus(new Complex(alpha(), 0));
            Complex answer = h.over(new Complex(1, 0).minus(forward.times(h))).times(Complex.polar(1, omega));
            if (!Double.isFinite(answer.modulus())) {
                throw new IllegalArgumentException(
                        "omega is %s and wave %d has just this frequency, undamped; give a background."
                                .formatted(omega, q));
            }
            response[2 * q] = answer.re();
            response[2 * q + 1] = answer.im();
        }
        return kernel.inSpace(response);
    }

    /** Input, amplitude and decay. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "background input %s, gain %s: amplitude %.6g, decay factor %.8g",
                input,
                gain,
                a,
                decayFactor());
    }
}
