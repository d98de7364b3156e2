package org.hopwise.network;

import java.util.Locale;

/** What a hop profile says of a hop. */
public enum Quantity {
    /** The sum over all pairs of source and target, with signs. */
    INFLUENCE,
    /** The sum of moduli over all pairs. */
    ABSOLUTE,
    /** The sum of moduli as a fraction of that of all hops. */
    SHARE;

    /** Of a row of hop sums; hop counted from 0. */
    double of(double[] row, int hop) {
        return switch (this) {
            case INFLUENCE -> HopSums.influence(row, hop);
            case ABSOLUTE -> HopSums.absolute(row, hop);
            case SHARE -> {
                double all = 0;
                for (int other = 0; other < row.length / 2; other++) {
                    all += HopSums.absolute(row, other);
                }
                yield all == 0 ? 0 : HopSums.absolute(row, hop) / all;
            }
        };
    }

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
