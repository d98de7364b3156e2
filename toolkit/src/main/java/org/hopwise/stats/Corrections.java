package org.hopwise.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** P values of several tests, adjusted for their number. */
public final class Corrections {

    private Corrections() {}

    /**
     * P values of several tests, adjusted after Holm (1979): with p sorted upwards, the largest over j up to i of
     * {@code (n - j + 1) p_(j)}, at most 1. Calling those below 0.05 holds the chance of one false call or more to 5 %,
     * however the tests depend on each other.
     *
     * @param p one p value a test, from 0 to 1
     * @return the adjusted ones, in the order given
     */
    public static double[] holm(double[] p) {
        int[] order = rising(p);
        int n = p.length;
        double[] adjusted = new double[n];
        double largest = 0;
        for (int j = 1; j <= n; j++) {
            largest = Math.max(largest, (n - j + 1) * p[order[j - 1]]);
            adjusted[order[j - 1]] = Math.min(1, largest);
        }
        return adjusted;
    }

    /**
     * P values of several tests, adjusted after Benjamini and Hochberg (1995): with p sorted upwards, the smallest over j
     * from i of {@code n p_(j) / j}. Calling those below 0.05 holds the expected fraction of false calls among the calls
     * to 5 %, if the tests are independent or rise and fall together. It calls more than {@link #holm}.
     *
     * @param p one p value a test, from 0 to 1
     * @return the adjusted ones, in the order given
     */
    public static double[] benjaminiHochberg(double[] p) {
        int[] order = rising(p);
        int n = p.length;
        double[] adjusted = new double[n];
        double smallest = 1;
        for (int j = n; j >= 1; j--) {
            smallest = Math.min(smallest, n * p[order[j - 1]] / j);
            adjusted[order[j - 1]] = smallest;
        }
        return adjusted;
    }

    /** Which p value is the least, the next, and so on. */
    private static int[] rising(double[] p) {
        Samples.requireCount("p", p, 1);
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new IllegalArgumentException(
                        "p[%d] is %s; a p value is from 0 to 1, so leave out tests that gave none.".formatted(i, p[i]));
            }
        }
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
    }
}
