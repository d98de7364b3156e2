package org.hopwise.critical;

import org.hopwise.internal.Check;

/**
 * A pattern of input that permits or denies waves: a quiet corridor in a loud sheet. Loud input damps waves within a few
 * sites, quiet input lets them pass, so the corridor connects what lies along it and a loud stretch across it cuts the
 * connection, all with the same weights (the idea: arXiv 2405.15036; the layout is ours).
 *
 * @param loud the input outside, 0 or more
 * @param quiet the input inside, 0 or more
 * @param firstRow the first row inside
 * @param lastRow the last row inside
 * @param firstColumn the first column inside
 * @param lastColumn the last column inside
 * @param blockedFrom the first column that is loud again
 * @param blockedTo the last; before the first for an open corridor
 */
public record Corridor(
        double loud,
        double quiet,
        int firstRow,
        int lastRow,
        int firstColumn,
        int lastColumn,
        int blockedFrom,
        int blockedTo) {

    private static final double STRENGTH = 1e-4;
    private static final int PERIODS = 4;

    /**
     * Refuses negative inputs and places.
     *
     * @param loud the input outside, 0 or more
     * @param quiet the input inside, 0 or more
     * @param firstRow the first row inside
     * @param lastRow the last row inside
     * @param firstColumn the first column inside
     * @param lastColumn the last column inside
     * @param blockedFrom the first column that is loud again
     * @param blockedTo the last; before the first for an open corridor
     */
    public Corridor {
        Check.notNegative("loud", loud);
        Check.notNegative("quiet", quiet);
        Check.between("lastRow", lastRow, firstRow, Integer.MAX_VALUE);
        Check.between("firstRow", firstRow, 0, lastRow);
        Check.between("lastColumn", lastColumn, firstColumn, Integer.MAX_VALUE);
        Check.between("firstColumn", firstColumn, 0, lastColumn);
    }

    /**
     * An open corridor along the rows of a sheet.
     *
     * @param loud the input outside, 0 or more
     * @param quiet the input inside, 0 or more
     * @param firstRow the first row inside
     * @param lastRow the last row inside
     * @param firstColumn the first column inside
     * @param lastColumn the last column inside
     * @return the corridor
     */
    public static Corridor of(double loud, double quiet, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        return new Corridor(loud, quiet, firstRow, lastRow, firstColumn, lastColumn, 0, -1);
    }

    /**
     * The same corridor with a loud stretch across it.
     *
     * @param fromColumn the first loud column
     * @param toColumn the last
     * @return a copy
     */
    public Corridor blocked(int fromColumn, int toColumn) {
        Check.between("toColumn", toColumn, fromColumn, Integer.MAX_VALUE);
        return new Corridor(loud, quiet, firstRow, lastRow, firstColumn, lastColumn, fromColumn, toColumn);
    }

    /**
     * The input that makes it.
     *
     * @param net a sheet that holds the corridor
     * @return one number a site
     */
    public Field input(CriticalLattice net) {
        Check.between("lastRow", lastRow, 0, net.rows() - 1);
        Check.between("lastColumn", lastColumn, 0, net.columns() - 1);
        return Field.real(net, site -> isQuiet(site / net.columns(), site % net.columns()) ? quiet : loud);
    }

    private boolean isQuiet(int row, int column) {
        return row >= firstRow
                && row <= lastRow
                && column >= firstColumn
                && column <= lastColumn
                && !(column >= blockedFrom && column <= blockedTo);
    }

    /**
     * What a weak source makes of the sheet: it settles under the corridor alone, then with a source of 1e-4 for half as
     * long, and is demodulated over 4 periods.
     *
     * @param net a sheet of gain 1 or less that holds the corridor
     * @param site where the source is
     * @param omega radians a step; 4 periods must be a whole number of steps
     * @param settle steps until the background stands, at least 2
     * @return the part of each site's state that oscillates, divided by the strength of the source
     */
    public Field response(CriticalLattice net, int site, double omega, int settle) {
        Check.between("settle", settle, 2, Integer.MAX_VALUE);
        Field input = input(net);
        double inside = Background.of(quiet, net.gain()).a();
        double outside = Background.of(loud, net.gain()).a();
        Field guess = Field.real(net, x -> isQuiet(x / net.columns(), x % net.columns()) ? inside : outside);
        Field rest = net.run(guess, Drive.constant(input), settle).last();
        Drive drive = Drive.constant(input).plus(Drive.point(site, STRENGTH, omega));
        return net.run(rest, drive, settle / 2).demodulate(omega, PERIODS).times(new Complex(1 / STRENGTH, 0));
    }
}
