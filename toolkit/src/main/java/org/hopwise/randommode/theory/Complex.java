package org.hopwise.randommode.theory;

/**
 * A complex number, for formulas at pairs of frequencies.
 *
 * @param re its real part
 * @param im its imaginary part
 */
record Complex(double re, double im) {

    static final Complex ONE = new Complex(1, 0);

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

    Complex over(Complex other) {
        return times(other.conjugate()).times(1 / other.square());
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    /** The squared modulus. */
    double square() {
        return re * re + im * im;
    }
}
