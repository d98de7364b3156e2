package org.hopwise.critical;

import org.hopwise.internal.array.FourierLines;

/**
 * Where the numbers of a state stand while it runs: so many rows side by side as are transformed at once, column by column,
 * their real parts before their imaginary ones. With one row that is re, im, re, im, ... as in a {@link Field}.
 */
record Layout(Shape shape, int lines) {

    static Layout of(Shape shape) {
        boolean sideBySide = FourierLines.knows(shape.rows()) && FourierLines.knows(shape.columns());
        return new Layout(shape, sideBySide ? FourierLines.LINES : 1);
    }

    /** As in a {@link Field}. */
    static Layout plain(Shape shape) {
        return new Layout(shape, 1);
    }

    /** Where the real part of a site stands; its imaginary part is {@link #lines} further. */
    int at(int site) {
        int row = site / shape.columns();
        return at(row, site % shape.columns());
    }

    int at(int row, int column) {
        return 2 * (row / lines * lines * shape.columns() + column * lines) + row % lines;
    }

    /** Numbers that stand re, im, re, im, ... put where this layout has them; a copy. */
    double[] arranged(double[] interleaved) {
        double[] z = interleaved.clone();
        if (lines > 1) {
            for (int site = 0; site < shape.sites(); site++) {
                z[at(site)] = interleaved[2 * site];
                z[at(site) + lines] = interleaved[2 * site + 1];
            }
        }
        return z;
    }

    /** The way back: the array itself where nothing has to move. */
    double[] interleaved(double[] z) {
        if (lines == 1) {
            return z;
        }
        double[] interleaved = new double[z.length];
        for (int site = 0; site < shape.sites(); site++) {
            interleaved[2 * site] = z[at(site)];
            interleaved[2 * site + 1] = z[at(site) + lines];
        }
        return interleaved;
    }
}
