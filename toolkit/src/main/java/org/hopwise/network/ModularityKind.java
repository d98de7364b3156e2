package org.hopwise.network;

import java.util.Locale;

/**
 * How positive and negative weights make one modularity. With the layers A+ = max(A, 0) and A- = max(-A, 0), their sums s+ and
 * s-, and q(A) = sum over pairs of one module of A_ij - gamma out_i in_j / s.
 */
public enum ModularityKind {
    /** q(|A|) / s: signs do not count. Newman (2006), directed after Leicht and Newman (2008). */
    ABSOLUTE,
    /** q+ / s+: negative weights do not count. */
    POSITIVE,
    /** q+ / s+ - q- / (s+ + s-): negative weights count by their share. Q* of Rubinov and Sporns (2011). */
    ASYMMETRIC,
    /** (q+ - q-) / (s+ + s-): Gomez, Jensen and Arenas (2009). */
    SYMMETRIC,
    /** q+ / s+ - q- / s-: both layers alike, however little there is of one. */
    SIMPLE;

    /** The factors of q+ and of q-; of ABSOLUTE of q(|A|), twice the same. */
    double[] factors(double positive, double negative) {
        double all = positive + negative;
        return switch (this) {
            case ABSOLUTE -> new double[] {over(1, all), over(1, all)};
            case POSITIVE -> new double[] {over(1, positive), 0};
            case ASYMMETRIC -> new double[] {over(1, positive), -over(1, negative == 0 ? 0 : all)};
            case SYMMETRIC -> new double[] {over(1, all), -over(1, all)};
            case SIMPLE -> new double[] {over(1, positive), -over(1, negative)};
        };
    }

    private static double over(double one, double sum) {
        return sum == 0 ? 0 : one / sum;
    }

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
