package org.hopwise.critical;

import java.util.Arrays;
import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * How fast each wave turns: Omega(k), the phase that a plane wave exp(ikx) loses in one step of the kernel, in radians a
 * step. Any real Omega makes a unitary kernel. The source prescribes none; these are our choices.
 *
 * <p>On a ring, Omega(k) = j (1 - cos k) + j2 (1 - cos 2k) + d sin k with k = 2 pi q / n. On a sheet, Omega =
 * j_y (1 - cos k_y) + j_x (1 - cos k_x); rows are y. The group velocity is dOmega/dk in sites a step.
 */
public final class Dispersion {

    private enum Kind {
        RING,
        SHEET,
        SAMPLED
    }

    private final Kind kind;
    /** j, j2, d of a ring; those along y, then x, of a sheet; else Omega itself. */
    private final double[] values;

    private Dispersion(Kind kind, double... values) {
        this.kind = kind;
        this.values = values;
    }

    /**
     * Nearest neighbours of a ring: Omega = j (1 - cos k), generator -i j at 0 and i j / 2 at +-1.
     *
     * @param j half of the largest Omega, in radians a step
     * @return the dispersion
     */
    public static Dispersion nearest(double j) {
        return range2(j, 0);
    }

    /**
     * Neighbours at one and two sites of a ring: Omega = j (1 - cos k) + j2 (1 - cos 2k).
     *
     * @param j of nearest neighbours
     * @param j2 of second neighbours
     * @return the dispersion
     */
    public static Dispersion range2(double j, double j2) {
        return new Dispersion(Kind.RING, requireFinite("j", j), requireFinite("j2", j2), 0);
    }

    /**
     * A drift along a ring: Omega = d sin k, a real kernel that moves long waves by d sites a step, towards +x for d > 0.
     *
     * @param d sites a step
     * @return the dispersion
     */
    public static Dispersion drift(double d) {
        return new Dispersion(Kind.RING, 0, 0, requireFinite("d", d));
    }

    /**
     * Nearest neighbours of a sheet: Omega = j_y (1 - cos k_y) + j_x (1 - cos k_x), anisotropic where they differ.
     *
     * @param jy from row to row
     * @param jx from column to column
     * @return the dispersion
     */
    public static Dispersion sheet(double jy, double jx) {
        return new Dispersion(Kind.SHEET, requireFinite("jy", jy), 0, 0, requireFinite("jx", jx), 0, 0);
    }

    /**
     * A sheet whose rows and columns are rings: Omega = Omega_y(k_y) + Omega_x(k_x), so a sheet with two ranges or a drift.
     *
     * @param alongY a ring's dispersion, from row to row
     * @param alongX a ring's dispersion, from column to column
     * @return the dispersion
     */
    public static Dispersion sheet(Dispersion alongY, Dispersion alongX) {
        if (alongY.kind != Kind.RING || alongX.kind != Kind.RING) {
            throw new IllegalArgumentException(
                    "%s and %s must both be for a ring; for a sheet's own values use Dispersion.of."
                            .formatted(alongY, alongX));
        }
        double[] both = Arrays.copyOf(alongY.values, 6);
        System.arraycopy(alongX.values, 0, both, 3, 3);
        return new Dispersion(Kind.SHEET, both);
    }

    /**
     * Any real values, one a wave number. A real kernel needs Omega odd, so that it is 0 or pi at the Nyquist wave number
     * of an even length.
     *
     * @param omega one a site, in the order of the discrete Fourier transform, rows of a sheet one after another
     * @return the dispersion
     */
    public static Dispersion of(double... omega) {
        for (int q = 0; q < omega.length; q++) {
            requireFinite("Omega at wave number " + q, omega[q]);
        }
        return new Dispersion(Kind.SAMPLED, omega.clone());
    }

    /**
     * This and another dispersion added: the two kernels act one after the other.
     *
     * @param other for a ring if this is for a ring, for a sheet if for a sheet, as many values as this has values
     * @return the sum
     * @throws IllegalArgumentException if the kinds differ
     */
    public Dispersion plus(Dispersion other) {
        if (kind != other.kind || values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "%s and %s are of different kinds; add up their values in Dispersion.of.".formatted(this, other));
        }
        double[] sum = values.clone();
        Arrays.setAll(sum, i -> requireFinite("a sum of values", sum[i] + other.values[i]));
        return new Dispersion(kind, sum);
    }

    /** Omega at every wave number of a lattice. */
    double[] phases(Shape shape) {
        double[] omega = new double[shape.sites()];
        switch (kind) {
            case RING -> {
                requireKind(shape.isRing(), "a ring", shape, "Dispersion.sheet(jy, jx)");
                for (int q = 0; q < omega.length; q++) {
                    omega[q] = ring(0, q, omega.length);
                }
            }
            case SHEET -> {
                requireKind(!shape.isRing(), "a sheet", shape, "Dispersion.nearest(j)");
                for (int site = 0; site < omega.length; site++) {
                    omega[site] = ring(0, site / shape.columns(), shape.rows())
                            + ring(3, site % shape.columns(), shape.columns());
                }
            }
            case SAMPLED -> {
                if (values.length != omega.length) {
                    throw new IllegalArgumentException("Omega has %d values and the lattice is %s; give %d, one a site."
                            .formatted(values.length, shape, omega.length));
                }
                System.arraycopy(values, 0, omega, 0, omega.length);
            }
        }
        for (int q = 0; q < omega.length; q++) {
            requireFinite("Omega at wave number " + q, omega[q]);
        }
        return omega;
    }

    /** Omega of a ring whose three numbers begin at a place. */
    private double ring(int at, int q, int n) {
        double sine = 2 * q == n ? 0 : Math.sin(2 * Math.PI * q / n);
        return values[at] * versine(q, n) + values[at + 1] * versine(2L * q % n, n) + values[at + 2] * sine;
    }

    /** j, if this is nothing but nearest neighbours of a ring with j above 0, since only then k is known in closed form. */
    double nearestCoupling() {
        if (kind != Kind.RING || values[1] != 0 || values[2] != 0) {
            throw new IllegalArgumentException(
                    "%s has no closed form for k; use Dispersion.nearest(j), or simulate.".formatted(this));
        }
        return Check.positive("j", values[0]);
    }

    private void requireKind(boolean fits, String kind, Shape shape, String remedy) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s is for %s and the lattice is %s; use %s.".formatted(this, kind, shape, remedy));
        }
    }

    /** 1 - cos(2 pi q / n) without cancellation at long waves. */
    private static double versine(long q, int n) {
        double half = Math.sin(Math.PI * q / n);
        return 2 * half * half;
    }

    private static double requireFinite(String name, double value) {
        return Complex.requireFinite(name, value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dispersion d && kind == d.kind && Arrays.equals(values, d.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** The formula with its numbers. */
    @Override
    public String toString() {
        return switch (kind) {
            case RING -> words(0, "k");
            case SHEET -> words(0, "ky") + " + " + words(3, "kx");
            case SAMPLED -> "Omega of %d values".formatted(values.length);
        };
    }

    private String words(int at, String k) {
        return String.format(
                Locale.ROOT,
                "%s (1 - cos %s) + %s (1 - cos 2%s) + %s sin %s",
                values[at],
                k,
                values[at + 1],
                k,
                values[at + 2],
                k);
    }
}
