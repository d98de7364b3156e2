package org.hopwise.critical;

import java.util.Locale;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.FourierLines;

/**
 * A convolutional recurrent network at its critical point: Z_(n+1) = phi(rho U * Z_n + I_n) with the unitary kernel U and
 * phi(z) = z / sqrt(1 + |z|^2) at each site (arXiv 2405.13854). At gain rho = 1 every linear mode stands at the edge
 * between decay and growth, and what damps it is the input alone. Another gain is a control away from the critical point.
 *
 * <p>All in double precision: single precision acts like a gain of 1 +- 6e-8. A step costs two Fourier transforms.
 */
public final class CriticalLattice {

    private final UnitaryKernel kernel;
    private final double gain;

    private CriticalLattice(UnitaryKernel kernel, double gain) {
        this.kernel = kernel;
        this.gain = gain;
    }

    /**
     * A lattice at its critical point, gain 1.
     *
     * @param kernel the recurrent weights
     * @return the lattice
     */
    public static CriticalLattice of(UnitaryKernel kernel) {
        return new CriticalLattice(kernel, 1);
    }

    /**
     * The modulus rho of all eigenvalues of the recurrent weights; 1 unless set.
     *
     * @param rho above 0
     * @return a copy with the setting
     */
    public CriticalLattice gain(double rho) {
        return new CriticalLattice(kernel, Check.positive("gain", rho));
    }

    /**
     * The modulus of all eigenvalues.
     *
     * @return rho
     */
    public double gain() {
        return gain;
    }

    /**
     * The recurrent weights without the gain.
     *
     * @return the kernel
     */
    public UnitaryKernel kernel() {
        return kernel;
    }

    /**
     * The number of rows.
     *
     * @return 1 for a ring
     */
    public int rows() {
        return shape().rows();
    }

    /**
     * The number of columns.
     *
     * @return the number of sites of a ring
     */
    public int columns() {
        return shape().columns();
    }

    /**
     * A run. Nothing is computed before it is asked for.
     *
     * @param start Z_0; moduli of 1 or more are allowed, since phi maps them inside
     * @param input what goes in
     * @param steps how many, 0 or more
     * @return the run
     * @throws IllegalArgumentException if start or input are for another lattice
     */
    public LatticeRun run(Field start, Drive input, long steps) {
        return new LatticeRun(toString(), shape(), kernel.factors(gain), start, input, steps, 1);
    }

    /**
     * The Jacobian of one step, dZ_1 / dZ_0.
     *
     * @param state Z_0
     * @param input its input of step 0 counts
     * @return the Jacobian
     * @throws IllegalArgumentException if state or input are for another lattice
     */
    public LatticeJacobian jacobian(Field state, Drive input) {
        return LatticeJacobian.of(this, state, input);
    }

    Shape shape() {
        return kernel.shape();
    }

    /** phi in place, of numbers that stand in a layout; false if a number is not finite. */
    static boolean phi(double[] z, int from, int to, int lines) {
        int next = 2 * lines;
        boolean finite = true;
        for (int i = 2 * from; i < 2 * to; i += next) {
            if (lines > 1) {
                i += next * FourierLines.squash(z, i, (2 * to - i) / next);
            }
            for (int at = i; at < Math.min(i + lines, 2 * to); at++) {
                finite &= phi(z, at, at + lines);
            }
        }
        return finite;
    }

    private static boolean phi(double[] z, int at, int imAt) {
        double re = z[at];
        double im = z[imAt];
        double square = 1 + re * re + im * im;
        if (square <= Double.MAX_VALUE) {
            double size = Math.sqrt(square);
            z[at] = re / size;
            z[imAt] = im / size;
        } else if (Double.isFinite(re) && Double.isFinite(im)) {
            // The square overflows: 1 does not count beside it.
            double size = Math.hypot(re / 2, im / 2);
            z[at] = re / 2 / size;
            z[imAt] = im / 2 / size;
        } else {
            return false;
        }
        return true;
    }

    /** Lattice and gain. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "critical lattice on %s, gain %s", shape(), gain);
    }
}
