package org.hopwise.critical;

import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * A complex number.
 *
 * @param re its real part
 * @param im its imaginary part
 */
public record Complex(double re, double im) {

    /**
     * Its distance from 0, without overflow.
     *
     * @return 0 or more
     */
    public double modulus() {
        return Math.hypot(re, im);
    }

    /**
     * Its angle.
     *
     * @return radians, from -pi to pi
     */
    public double phase() {
        return Math.atan2(im, re);
    }

    /**
     * A number from modulus and angle.
     *
     * @param modulus its distance from 0
     * @param phase radians
     * @return modulus exp(i phase)
     */
    public static Complex polar(double modulus, double phase) {
        return new Complex(modulus * Math.cos(phase), modulus * Math.sin(phase));
    }

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double factor) {
        return new Complex(factor * re, factor * im);
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    Complex over(Complex other) {
        double square = other.re * other.re + other.im * other.im;
        return times(other.conjugate()).times(1 / square);
    }

    /** The root in the right half plane. */
    Complex squareRoot() {
        double modulus = modulus();
        double real = Math.sqrt((modulus + Math.abs(re)) / 2);
        if (real == 0) {
            return this;
        }
        double other = Math.abs(im) / (2 * real);
        return re >= 0 ? new Complex(real, Math.copySign(other, im)) : new Complex(other, Math.copySign(real, im));
    }

    /** arccos z = -i log(z + i sqrt(1 - z^2)), for z off the real axis beyond +-1; accurate near the real axis too. */
    Complex arcCosine() {
        // Kahan's form: real part 2 atan(Re sqrt(1-z) / Re sqrt(1+z)), imaginary part asinh(Im(conj sqrt(1+z)
        // sqrt(1-z))).
        Complex low = new Complex(1 - re, -im).squareRoot();
        Complex high = new Complex(1 + re, im).squareRoot();
        double sine = high.re * low.im - high.im * low.re;
        return new Complex(2 * Math.atan2(low.re, high.re), asinh(sine));
    }

    /** cos z. */
    Complex cosine() {
        return new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
    }

    private static double asinh(double x) {
        double modulus = Math.abs(x);
        double square = modulus * modulus;
        return Math.copySign(Math.log1p(modulus + square / (1 + Math.sqrt(1 + square))), x);
    }

    static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s; it must be a finite number.", name, value));
        }
        return value;
    }

    /** The gain rho of closed forms that have one steady state only. */
    static double requireDamped(double gain) {
        if (Check.positive("gain", gain) > 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "gain is %s; above 1 there is more than one steady state. Use 1 or less, or simulate.",
                    gain));
        }
        return gain;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.10g %s %.10g i", re, im < 0 ? "-" : "+", Math.abs(im));
    }
}
