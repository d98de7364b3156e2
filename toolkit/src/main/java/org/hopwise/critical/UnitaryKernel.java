package org.hopwise.critical;

import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * A unitary convolution U = F^-1{exp(-i Omega)}: it turns every plane wave by its own angle and keeps its size. As a
 * matrix, U_xy = u_(x-y) with row = target and column = source; indices wrap. It equals F^-1{exp(F{A})} for the
 * anti-Hermitian generator A, a_(-x) = -conj(a_x), whose transform is -i Omega (arXiv 2405.13854).
 *
 * <p>Fourier convention: F has exp(-2 pi i q x / n) and no factor, F^-1 carries 1 / n, k = 2 pi q / n. Any number of sites
 * from 3 on; lengths with small prime factors are fastest, and a large prime costs about five times as much.
 */
public final class UnitaryKernel {

    /** Of the largest entry: rounding of a generator computed by a Fourier transform stays far below. */
    private static final double ANTI_HERMITIAN = 1e-12;

    private final Shape shape;
    private final double[] omega;

    private UnitaryKernel(Shape shape, double[] omega) {
        this.shape = shape;
        this.omega = omega;
    }

    /**
     * A kernel on a ring.
     *
     * @param n the number of sites, at least 3
     * @param dispersion how fast each wave turns
     * @return the kernel
     */
    public static UnitaryKernel ring(int n, Dispersion dispersion) {
        Shape shape = Shape.ring(n);
        return new UnitaryKernel(shape, dispersion.phases(shape));
    }

    /**
     * A kernel on a sheet.
     *
     * @param rows at least 3
     * @param columns at least 3
     * @param dispersion how fast each wave turns
     * @return the kernel
     */
    public static UnitaryKernel sheet(int rows, int columns, Dispersion dispersion) {
        Shape shape = Shape.sheet(rows, columns);
        return new UnitaryKernel(shape, dispersion.phases(shape));
    }

    /**
     * A kernel on a ring from its generator.
     *
     * @param re real parts of a_x, one a site; odd in x
     * @param im imaginary parts of a_x; even in x
     * @return the kernel
     * @throws IllegalArgumentException if a_(-x) + conj(a_x) is not 0, with the largest deviation and its site
     */
    public static UnitaryKernel fromGenerator(double[] re, double[] im) {
        return fromGenerator(Field.of(re, im));
    }

    /**
     * A kernel from its generator, on the ring or sheet of the field.
     *
     * @param generator a_x, with a_(-x) = -conj(a_x)
     * @return the kernel
     * @throws IllegalArgumentException if a_(-x) + conj(a_x) is not 0, with the largest deviation and its site
     */
    public static UnitaryKernel fromGenerator(Field generator) {
        Shape shape = generator.shape();
        double[] a = generator.interleaved();
        double largest = 0;
        double worst = 0;
        int where = 0;
        for (int site = 0; site < shape.sites(); site++) {
            int mirrored = shape.mirrored(site);
            double deviation = Math.hypot(a[2 * mirrored] + a[2 * site], a[2 * mirrored + 1] - a[2 * site + 1]);
            largest = Math.max(largest, Math.hypot(a[2 * site], a[2 * site + 1]));
            if (deviation > worst) {
                worst = deviation;
                where = site;
            }
        }
        if (worst > ANTI_HERMITIAN * largest) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "generator is not anti-Hermitian: |a_-x + conj a_x| is %.3g at site %d and must be 0. Subtract the conjugate mirror image.",
                    worst,
                    where));
        }
        double[] transformed = Convolution.forward(shape, a);
        double[] omega = new double[shape.sites()];
        for (int q = 0; q < omega.length; q++) {
            omega[q] = -transformed[2 * q + 1];
        }
        return new UnitaryKernel(shape, omega);
    }

    Shape shape() {
        return shape;
    }

    /** gain exp(-i Omega), re, im, re, im, ... */
    double[] factors(double gain) {
        double[] factors = new double[2 * omega.length];
        for (int q = 0; q < omega.length; q++) {
            factors[2 * q] = gain * Math.cos(omega[q]);
            factors[2 * q + 1] = -gain * Math.sin(omega[q]);
        }
        return factors;
    }

    /**
     * The kernel in space.
     *
     * @return u_x; entry x is the weight from a site to the one x further on
     */
    public Field spatial() {
        return inSpace(factors(1));
    }

    /**
     * The generator A in space.
     *
     * @return a_x, anti-Hermitian
     */
    public Field generator() {
        double[] transformed = new double[2 * omega.length];
        for (int q = 0; q < omega.length; q++) {
            transformed[2 * q + 1] = -omega[q];
        }
        return inSpace(transformed);
    }

    Field inSpace(double[] factors) {
        double[] delta = new double[factors.length];
        delta[0] = 1;
        new Convolution(shape, factors).apply(delta);
        return Field.wrap(shape, delta);
    }

    /**
     * The kernel applied several times, U^k: the walks of k edges through the lattice at rest.
     *
     * @param steps k, 0 or more
     * @return the kernel of k steps
     */
    public UnitaryKernel power(int steps) {
        Check.between("steps", steps, 0, Integer.MAX_VALUE);
        double[] turned = new double[omega.length];
        for (int q = 0; q < omega.length; q++) {
            turned[q] = steps * omega[q];
        }
        return new UnitaryKernel(shape, turned);
    }

    /**
     * Omega, the phase that each wave loses in a step. The eigenvalues are exp(-i Omega), all of modulus 1.
     *
     * @return radians a step, in the order of wave numbers, rows of a sheet one after another
     */
    public double[] eigenphases() {
        return omega.clone();
    }

    /**
     * The group velocity dOmega/dk of a ring's wave: the derivative of the trigonometric polynomial of least degree
     * through Omega. Cost: n log n.
     *
     * @param q the wave number, any whole number
     * @return sites a step, towards +x
     */
    public double groupVelocity(int q) {
        shape.requireRing("groupVelocity(q)", "groupVelocity(qy, qx)");
        return groupVelocity(0, q)[1];
    }

    /**
     * The group velocity of a sheet's wave, the gradient of Omega.
     *
     * @param qy the wave number from row to row
     * @param qx the wave number from column to column
     * @return sites a step: towards +y, towards +x
     */
    public double[] groupVelocity(int qy, int qx) {
        // -i Omega(k) = sum_x a_x exp(-ikx), so dOmega/dk = sum_x x a_x exp(-ikx) over x from -n/2 to n/2.
        double[] a = generator().interleaved();
        double down = 0;
        double across = 0;
        for (int site = 0; site < shape.sites(); site++) {
            double angle = shape.angle(qy, qx, site);
            double term = a[2 * site] * Math.cos(angle) + a[2 * site + 1] * Math.sin(angle);
            down += signed(site / shape.columns(), shape.rows()) * term;
            across += signed(site % shape.columns(), shape.columns()) * term;
        }
        return new double[] {down, across};
    }

    /** A displacement from -n/2 to n/2; exactly n/2 goes both ways and so nowhere. */
    private static int signed(int x, int n) {
        return 2 * x == n ? 0 : 2 * x < n ? x : x - n;
    }

    /** Its lattice. */
    @Override
    public String toString() {
        return "unitary kernel on %s".formatted(shape);
    }
}
