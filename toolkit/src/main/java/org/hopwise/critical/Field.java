package org.hopwise.critical;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Memory;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * One complex number a site of a ring or sheet: a state, an input or a kernel. Sites of a sheet are numbered row by row;
 * arrays are copies.
 */
public final class Field {

    private final Shape shape;
    /** re, im, re, im, ... */
    private final double[] values;

    private Field(Shape shape, double[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** Takes the array over; no copy, no check. */
    static Field wrap(Shape shape, double[] interleaved) {
        return new Field(shape, interleaved);
    }

    /**
     * A field on a ring.
     *
     * @param re real parts, one a site, at least 3
     * @param im imaginary parts, as many
     * @return the field
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public static Field of(double[] re, double[] im) {
        return of(Shape.ring(re.length), re, im);
    }

    /**
     * A field on a sheet.
     *
     * @param rows at least 3
     * @param columns at least 3
     * @param re real parts, rows x columns, row by row
     * @param im imaginary parts, as many
     * @return the field
     * @throws IllegalArgumentException if lengths do not fit or a value is not finite
     */
    public static Field of(int rows, int columns, double[] re, double[] im) {
        return of(Shape.sheet(rows, columns), re, im);
    }

    static Field of(Shape shape, double[] re, double[] im) {
        if (re.length != shape.sites() || im.length != shape.sites()) {
            throw new IllegalArgumentException("re and im have %d and %d values and %s has %d; give one each a site."
                    .formatted(re.length, im.length, shape, shape.sites()));
        }
        double[] values = new double[2 * re.length];
        for (int site = 0; site < re.length; site++) {
            values[2 * site] = re[site];
            values[2 * site + 1] = im[site];
        }
        return checked(shape, values);
    }

    private static Field checked(Shape shape, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "field holds %s at site %d (counted from 0); it must be finite.".formatted(values[i], i / 2));
            }
        }
        return new Field(shape, values);
    }

    /**
     * The same real number at every site.
     *
     * @param net the lattice it is for
     * @param value any finite number
     * @return the field
     */
    public static Field uniform(CriticalLattice net, double value) {
        return real(net, site -> value);
    }

    /**
     * A real number for each site, such as a corridor of weak input.
     *
     * @param net the lattice it is for
     * @param value the value by site, counted from 0, row by row
     * @return the field
     */
    public static Field real(CriticalLattice net, IntToDoubleFunction value) {
        double[] values = new double[2 * net.shape().sites()];
        for (int site = 0; site < values.length / 2; site++) {
            values[2 * site] = value.applyAsDouble(site);
        }
        return checked(net.shape(), values);
    }

    /**
     * A plane wave on a ring: amplitude exp(2 pi i q x / n).
     *
     * @param net a ring
     * @param q its wave number, any whole number
     * @param amplitude its modulus at every site
     * @return the field
     */
    public static Field planeWave(CriticalLattice net, int q, double amplitude) {
        net.shape().requireRing("planeWave(net, q, amplitude)", "planeWave(net, qy, qx, amplitude)");
        return planeWave(net.shape(), 0, q, amplitude);
    }

    /**
     * A plane wave on a sheet: amplitude exp(2 pi i (q_y y / rows + q_x x / columns)).
     *
     * @param net a sheet; on a ring q_y must be 0
     * @param qy wave number from row to row
     * @param qx wave number from column to column
     * @param amplitude its modulus at every site
     * @return the field
     */
    public static Field planeWave(CriticalLattice net, int qy, int qx, double amplitude) {
        return planeWave(net.shape(), qy, qx, amplitude);
    }

    static Field planeWave(Shape shape, int qy, int qx, double amplitude) {
        double[] values = new double[2 * shape.sites()];
        for (int site = 0; site < shape.sites(); site++) {
            double angle = shape.angle(qy, qx, site);
            values[2 * site] = amplitude * Math.cos(angle);
            values[2 * site + 1] = amplitude * Math.sin(angle);
        }
        return checked(shape, values);
    }

    /**
     * Independent complex Gaussian numbers.
     *
     * @param net the lattice it is for
     * @param rms root mean square of the moduli, 0 or more
     * @param seed the randomness
     * @return the field
     */
    public static Field random(CriticalLattice net, double rms, Seed seed) {
        double deviation = Check.notNegative("rms", rms) / Math.sqrt(2);
        Draws draws = new Draws(seed);
        double[] values = new double[2 * net.shape().sites()];
        Arrays.setAll(values, i -> deviation * draws.gaussian());
        return checked(net.shape(), values);
    }

    Shape shape() {
        return shape;
    }

    /** The array itself. */
    double[] interleaved() {
        return values;
    }

    /**
     * How many rows.
     *
     * @return 1 for a ring
     */
    public int rows() {
        return shape.rows();
    }

    /**
     * How many columns.
     *
     * @return the number of sites of a ring
     */
    public int columns() {
        return shape.columns();
    }

    /**
     * Real parts, a copy.
     *
     * @return one a site, row by row
     */
    public double[] re() {
        return each(site -> values[2 * site]);
    }

    /**
     * Imaginary parts, a copy.
     *
     * @return one a site, row by row
     */
    public double[] im() {
        return each(site -> values[2 * site + 1]);
    }

    /**
     * Moduli.
     *
     * @return one a site, row by row
     */
    public double[] amplitude() {
        return each(site -> Math.hypot(values[2 * site], values[2 * site + 1]));
    }

    /**
     * Angles.
     *
     * @return radians from -pi to pi, one a site, row by row
     */
    public double[] phase() {
        return each(site -> Math.atan2(values[2 * site + 1], values[2 * site]));
    }

    /**
     * The value at one site.
     *
     * @param site counted from 0, row by row
     * @return the complex number
     */
    public Complex at(int site) {
        shape.site("site", site);
        return new Complex(values[2 * site], values[2 * site + 1]);
    }

    /**
     * Mean of the squared moduli.
     *
     * @return 0 or more
     */
    public double power() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum / shape.sites();
    }

    /**
     * This field minus another of the same shape, such as the state without a source.
     *
     * @param other the other
     * @return the difference
     */
    public Field minus(Field other) {
        shape.requireSame("the other field", other.shape);
        double[] difference = values.clone();
        Arrays.setAll(difference, i -> difference[i] - other.values[i]);
        return checked(shape, difference);
    }

    /**
     * This field times a number, such as a phase.
     *
     * @param factor any finite number
     * @return the product
     */
    public Field times(Complex factor) {
        double[] product = new double[values.length];
        for (int site = 0; site < shape.sites(); site++) {
            Complex value = at(site).times(factor);
            product[2 * site] = value.re();
            product[2 * site + 1] = value.im();
        }
        return checked(shape, product);
    }

    /**
     * One row a site: {@code row}, {@code column}, {@code re}, {@code im}, {@code amplitude}, {@code phase}.
     *
     * @return the table
     */
    public Table toTable() {
        int sites = shape.sites();
        Memory.require("a table of %s".formatted(shape), 40.0 * sites, "Use a smaller lattice");
        int[] rows = new int[sites];
        int[] columns = new int[sites];
        for (int site = 0; site < sites; site++) {
            rows[site] = site / shape.columns();
            columns[site] = site % shape.columns();
        }
        return Table.create(
                "field",
                IntColumn.create("row", rows),
                IntColumn.create("column", columns),
                DoubleColumn.create("re", re()),
                DoubleColumn.create("im", im()),
                DoubleColumn.create("amplitude", amplitude()),
                DoubleColumn.create("phase", phase()));
    }

    private double[] each(IntToDoubleFunction part) {
        double[] parts = new double[shape.sites()];
        Arrays.setAll(parts, part);
        return parts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field field && shape.equals(field.shape) && Arrays.equals(values, field.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Its lattice and rms. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "field on %s, rms %.6g", shape, Math.sqrt(power()));
    }
}
