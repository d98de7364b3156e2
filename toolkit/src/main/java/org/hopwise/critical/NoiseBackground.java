package org.hopwise.critical;

import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * What complex Gaussian noise of variance sigma^2 a step and site does, in a Gaussian closure: it too holds a power that
 * damps weak waves, so noise alone sets a scale. Not exact: simulated powers are 1 to 2 % above for sigma from 0.001 to
 * 0.01, lengths 2 to 5 % above for 0.02 to 0.08. Derived here.
 */
public final class NoiseBackground {

    private final double sigma;

    private NoiseBackground(double sigma) {
        this.sigma = sigma;
    }

    /**
     * A background of noise.
     *
     * @param sigma root of the variance a step and site, above 0 and below sqrt(2); meant for 0.1 and less
     * @return the background
     */
    public static NoiseBackground of(double sigma) {
        if (!(Check.positive("sigma", sigma) < Math.sqrt(2))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "sigma is %s; the closure ends at sqrt(2). Simulate, or use 0.1 and less.", sigma));
        }
        return new NoiseBackground(sigma);
    }

    /**
     * Power of a single mode.
     *
     * @return the mean of |Z|^2, sigma sqrt(2 / pi)
     */
    public double singleModePower() {
        return sigma * Math.sqrt(2 / Math.PI);
    }

    /**
     * Power a site on a lattice that mixes.
     *
     * @return the mean of |Z|^2, sigma / sqrt(2)
     */
    public double power() {
        return sigma / Math.sqrt(2);
    }

    /**
     * What is left of a weak wave after one step, on a lattice that mixes.
     *
     * @return 1 - sigma / sqrt(2)
     */
    public double decayFactor() {
        return 1 - power();
    }

    /**
     * How far a weak wave reaches along a ring until it has fallen to 1/e, about v sqrt(2) / sigma: 1 / Im k with Omega(k) =
     * omega - i log(1 - sigma / sqrt(2)).
     *
     * @param dispersion nearest neighbours of a ring
     * @param omega radians a step, inside the band from 0 to 2j, and below pi
     * @return sites
     * @throws IllegalArgumentException outside the band, where the wave is evanescent
     */
    public double propagationLength(Dispersion dispersion, double omega) {
        double j = dispersion.nearestCoupling();
        Background.requireBand(j, omega);
        double rate = -Math.log1p(-power());
        return 1 / new Complex(1 - omega / j, -rate / j).arcCosine().im();
    }

    /** Noise and power. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "noise %s: power %.6g, decay factor %.8g", sigma, power(), decayFactor());
    }
}
