package org.hopwise.randommode.theory;

import java.util.Locale;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The dimension of activity as a function of the effective rank: {@code N / PR = intercept + slope / (alpha PR^D)} (arXiv 2409.01969,
 * from equations 26 and 38).
 *
 * <p>N is the number of units, PR = (Tr C)^2 / Tr C^2 the participation ratio of their covariance matrix C at lag 0, and
 * alpha PR^D = (sum D^2)^2 / (N sum D^4) the effective rank per neuron (12): infinite for independent couplings, its
 * inverse -1 for orthogonal ones, which is the smallest possible.
 *
 * @param intercept N / PR for independent couplings
 * @param slope how much 1 / (alpha PR^D) adds
 */
public record RankLine(double intercept, double slope) {

    /** Below this many modes, N alpha PR^D, single networks were seen to differ by 30 to 60 %. */
    static final double FEWEST_MODES = 50;

    /**
     * Checks the numbers.
     *
     * @param intercept N / PR for independent couplings, above 0
     * @param slope how much 1 / (alpha PR^D) adds, 0 or more
     */
    public RankLine {
        Check.positive("intercept", intercept);
        Check.notNegative("slope", slope);
    }

    /**
     * N / PR at an effective rank.
     *
     * @param effectiveRank alpha PR^D: above 0, infinite for independent couplings, or -1 and below (orthogonal: -1)
     * @return how many units there are to a dimension
     */
    public double unitsPerDimension(double effectiveRank) {
        return intercept + slope * inverse(effectiveRank);
    }

    /**
     * PR / N at an effective rank.
     *
     * @param effectiveRank as in {@link #unitsPerDimension}
     * @return the dimension as a share of the number of units
     */
    public double participation(double effectiveRank) {
        return 1 / unitsPerDimension(effectiveRank);
    }

    /**
     * The prediction for networks of a size, with a warning where the theory is not to be trusted.
     *
     * @param units N, the number of units
     * @param effectiveRanks as in {@link #unitsPerDimension}
     * @return columns units, effective rank, inverse, units per dimension, dimension, warning (empty where there is
     *     none); one row an effective rank
     */
    public Table table(int units, double... effectiveRanks) {
        Check.positive("units", units);
        Table table = Table.create(
                "dimension",
                IntColumn.create("units"),
                DoubleColumn.create("effective rank"),
                DoubleColumn.create("inverse"),
                DoubleColumn.create("units per dimension"),
                DoubleColumn.create("dimension"),
                StringColumn.create("warning"));
        for (double rank : effectiveRanks) {
            double ratio = unitsPerDimension(rank);
            table.intColumn("units").append(units);
            table.doubleColumn("effective rank").append(rank);
            table.doubleColumn("inverse").append(inverse(rank));
            table.doubleColumn("units per dimension").append(ratio);
            table.doubleColumn("dimension").append(units / ratio);
            table.stringColumn("warning").append(warning(units, rank, ratio));
        }
        return table;
    }

    private static String warning(int units, double effectiveRank, double ratio) {
        if (effectiveRank > 0 && units * effectiveRank < FEWEST_MODES) {
            return String.format(
                    Locale.ROOT,
                    "%.3g effective modes are fewer than %.0f: single networks differ by 30 to 60 %%",
                    units * effectiveRank,
                    FEWEST_MODES);
        }
        return units < 10 * ratio ? "fewer than ten dimensions: one slow mode can dominate a network" : "";
    }

    static double inverse(double effectiveRank) {
        if (!(effectiveRank > 0 || effectiveRank <= -1)) {
            throw new IllegalArgumentException(
                    "effectiveRank is %s; 1 / (alpha PR^D) is at least -1 (orthogonal couplings), so it must be above 0 or at most -1. Use infinity for independent couplings."
                            .formatted(effectiveRank));
        }
        return 1 / effectiveRank;
    }

    @Override
    public String toString() {
        return "N / PR = %s + %s / (alpha PR^D)".formatted(Texts.number(intercept), Texts.number(slope));
    }
}
