package org.hopwise.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How much of a map stays inside groups: the fraction of absolute weight between units of the same group, minus the
 * fraction that the groups' totals alone would give,
 *
 * <pre>  Q = sum over groups g of (W_gg / T - out_g in_g / T^2)</pre>
 *
 * <p>with W_gg the sum of moduli inside g, out_g from it, in_g to it and T in all. 0 is chance, 1/2 the most for two equal
 * groups. On |W_hh| it is structural modularity, on an influence map functional modularity. Transposing the map and
 * swapping the labels leaves Q as it is. Cost: one pass over the map. Source: Newman (2006) for directed weighted graphs
 * (Leicht and Newman, 2008); that functional modularity is the same on the influence map is our choice.
 */
public final class Modularity {

    private Modularity() {}

    /**
     * Modularity of a map between units with given groups.
     *
     * @param map sources x targets; signs do not count
     * @param fromGroups the group of each source unit, in order
     * @param toGroups the group of each target unit, in order; the same names mean the same groups
     * @return Q, from -1/2 to 1; NaN if all entries are zero, for then it is not defined
     * @throws IllegalArgumentException if there is not one group a unit
     */
    public static double of(INDArray map, List<String> fromGroups, List<String> toGroups) {
        DMatrixRMaj matrix = Nd.matrix("influences", map);
        Groups groups = new Groups(fromGroups, toGroups, matrix.numRows, matrix.numCols);
        DMatrixRMaj sums = groups.absoluteSums(matrix);
        double total = 0;
        double[] out = new double[sums.numRows];
        double[] in = new double[sums.numCols];
        for (int g = 0; g < out.length; g++) {
            for (int h = 0; h < in.length; h++) {
                out[g] += sums.get(g, h);
                in[h] += sums.get(g, h);
                total += sums.get(g, h);
            }
        }
        double q = total == 0 ? Double.NaN : 0;
        for (int g = 0; g < out.length; g++) {
            int h = groups.to().indexOf(groups.from().get(g));
            if (h >= 0) {
                q += sums.get(g, h) / total - out[g] / total * (in[h] / total);
            }
        }
        return q;
    }

    /**
     * Modularity of a map between modules of equal size: units of module q are numbers q m to (q + 1) m - 1, among
     * sources and targets alike.
     *
     * @param map sources x targets; signs do not count
     * @param modules how many modules; must divide both sizes
     * @return Q, from -1/2 to 1; NaN if all entries are zero
     */
    public static double of(INDArray map, int modules) {
        int sources = (int) map.size(0);
        int targets = (int) map.size(1);
        return of(map, Groups.modules("sources", sources, modules), Groups.modules("targets", targets, modules));
    }

    /**
     * What walks make of two equal modules with positive weights, on average: Q_k = 1/2 ((1 - p) / (1 + p))^(k - 2) at
     * hop k, if inputs and outputs stay in their module. Each edge between hidden units mixes the modules further; hop 3
     * uses one such edge and so gives the structural modularity of W_hh, (1 - p) / (2 (1 + p)). Source of the latter:
     * Bena and Goodman (2025); of the former: ours.
     *
     * @param densityRatio p, density between modules over density within, from 0 to 1
     * @param hop at least 2
     * @return Q_k, from 0 to 1/2
     */
    public static double ofTwoModules(double densityRatio, int hop) {
        Check.fraction("densityRatio", densityRatio);
        Check.between("hop", hop, 2, Integer.MAX_VALUE);
        return 0.5 * Math.pow((1 - densityRatio) / (1 + densityRatio), hop - 2);
    }
}
