package org.hopwise.stats;

import java.util.Arrays;
import java.util.Map;
import org.hopwise.internal.Nd;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Whether two samples rise together: Pearson's correlation of samples, arrays and tables of arrays. */
public final class Correlation {

    private Correlation() {}

    /**
     * Pearson's correlation: the mean product of the two standardised samples, from -1 to 1. Multiplying a sample by a
     * positive number, however small or large, does not change it.
     *
     * @param a one value a case
     * @param b as many values, in the same order
     * @return the correlation; NaN if either sample is constant, for then it is not defined
     */
    public static double pearson(double[] a, double[] b) {
        Samples.requirePairs(a, b, 2);
        // The rounded mean of equal values need not be that value.
        if (Samples.isConstant(a) || Samples.isConstant(b)) {
            return Double.NaN;
        }
        return scaledPearson(Samples.scaled(a, Samples.exponent(a)), Samples.scaled(b, Samples.exponent(b)));
    }

    private static double scaledPearson(double[] a, double[] b) {
        double meanA = Samples.mean(a);
        double meanB = Samples.mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            double da = a[i] - meanA;
            double db = b[i] - meanB;
            ab += da * db;
            aa += da * da;
            bb += db * db;
        }
        return Math.max(-1, Math.min(1, ab / (Math.sqrt(aa) * Math.sqrt(bb))));
    }

    /**
     * Pearson's correlation over all entries of two arrays of the same shape, such as an influence map and the optimal
     * map.
     *
     * @param a an array
     * @param b an array of the same shape
     * @return the correlation, as {@link #pearson}
     */
    public static double of(INDArray a, INDArray b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            throw new IllegalArgumentException("a has shape %s and b %s; they must be the same."
                    .formatted(Arrays.toString(a.shape()), Arrays.toString(b.shape())));
        }
        return pearson(Nd.values("a", a, a.rank()), Nd.values("b", b, b.rank()));
    }

    /**
     * Pearson's correlation of every two of several arrays, such as influence maps by different measures.
     *
     * @param arrays names and arrays of the same shape
     * @return one row a pair and order, an array with itself included: {@code first}, {@code second},
     *     {@code correlation}
     */
    public static Table table(Map<String, INDArray> arrays) {
        StringColumn first = StringColumn.create("first");
        StringColumn second = StringColumn.create("second");
        DoubleColumn correlation = DoubleColumn.create("correlation");
        arrays.forEach((a, one) -> arrays.forEach((b, other) -> {
            first.append(a);
            second.append(b);
            correlation.append(of(one, other));
        }));
        return Table.create("correlations", first, second, correlation);
    }
}
