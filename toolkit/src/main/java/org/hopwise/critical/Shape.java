package org.hopwise.critical;

import org.hopwise.internal.Check;
import org.hopwise.internal.machine.Memory;

/** Sites of a ring, which is one row, or of a sheet, row by row. Both are periodic. */
record Shape(int rows, int columns) {

    private static final int FEWEST = 3;

    Shape {
        if (rows > 1) {
            Check.between("rows", rows, FEWEST, Integer.MAX_VALUE);
            Check.between("columns", columns, FEWEST, Integer.MAX_VALUE);
        }
        Memory.requireArray("complex numbers on " + words(rows, columns), 2.0 * rows * columns, "Use fewer sites");
        // Kernel, factors, state and table of the transform.
        Memory.require("a kernel and a state on " + words(rows, columns), 72.0 * rows * columns, "Use fewer sites");
    }

    static Shape ring(int n) {
        return new Shape(1, Check.between("n", n, FEWEST, Integer.MAX_VALUE));
    }

    static Shape sheet(int rows, int columns) {
        return new Shape(
                Check.between("rows", rows, FEWEST, Integer.MAX_VALUE),
                Check.between("columns", columns, FEWEST, Integer.MAX_VALUE));
    }

    boolean isRing() {
        return rows == 1;
    }

    int sites() {
        return rows * columns;
    }

    /** The site at the place opposite to this one, -x modulo the size. */
    int mirrored(int site) {
        int row = site / columns;
        int column = site % columns;
        return (rows - row) % rows * columns + (columns - column) % columns;
    }

    /** The site at the displacement from one site to another. */
    int difference(int to, int from) {
        int down = Math.floorMod(to / columns - from / columns, rows);
        return down * columns + Math.floorMod(to % columns - from % columns, columns);
    }

    /** The distance of every site from one, the shortest way round. */
    double[] distances(int site) {
        double[] distances = new double[sites()];
        for (int other = 0; other < distances.length; other++) {
            int apart = difference(other, site);
            int y = Math.min(apart / columns, rows - apart / columns);
            int x = Math.min(apart % columns, columns - apart % columns);
            distances[other] = Math.hypot(y, x);
        }
        return distances;
    }

    int site(String name, int site) {
        if (site < 0 || site >= sites()) {
            throw new IllegalArgumentException(
                    "%s is %d; sites of %s are numbered 0 to %d, row by row.".formatted(name, site, this, sites() - 1));
        }
        return site;
    }

    void requireSame(String name, Shape other) {
        if (!equals(other)) {
            throw new IllegalArgumentException(
                    "%s is on %s and the lattice is %s; make it for this lattice.".formatted(name, other, this));
        }
    }

    void requireRing(String call, String remedy) {
        if (!isRing()) {
            throw new IllegalArgumentException(
                    "%s is for a ring and the lattice is %s; use %s.".formatted(call, this, remedy));
        }
    }

    /** k x of a plane wave at a site, from 0 to 4 pi, exact where its turns are. */
    double angle(int qy, int qx, int site) {
        double down = (double) Math.floorMod((long) qy * (site / columns), (long) rows) / rows;
        double across = (double) Math.floorMod((long) qx * (site % columns), (long) columns) / columns;
        return 2 * Math.PI * (down + across);
    }

    private static String words(int rows, int columns) {
        return rows == 1
                ? "a ring of %d sites".formatted(columns)
                : "a sheet of %d x %d sites".formatted(rows, columns);
    }

    @Override
    public String toString() {
        return words(rows, columns);
    }
}
