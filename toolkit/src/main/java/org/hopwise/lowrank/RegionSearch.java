package org.hopwise.lowrank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** The fixed points of all regions, merged where a point on a boundary was found from both sides. */
final class RegionSearch {

    private static final double SAME = 1e-7;
    private static final double CIRCLE = 1e-9;

    private final List<FixedPoint> points;
    private final List<SingularRegion> singular;
    private final long vertexSolves;
    private final long regions;

    /** What one worker found: patterns and latents. */
    private static final class Found {
        private final List<boolean[]> patterns = new ArrayList<>();
        private final List<double[]> latents = new ArrayList<>();
        private final List<boolean[]> singular = new ArrayList<>();
    }

    RegionSearch(Pieces pieces) {
        Arrangement arrangement = pieces.arrangement();
        Found[] found = new Found[arrangement.workers()];
        Arrays.setAll(found, w -> new Found());
        LongAdder solved = new LongAdder();
        arrangement.cells(Arrangement.threads(pieces.count()), (on, worker) -> {
            solved.increment();
            double[] z = pieces.solve(on);
            if (z == null) {
                found[worker].singular.add(on.clone());
            } else if (pieces.isConsistent(on, z)) {
                found[worker].patterns.add(on.clone());
                found[worker].latents.add(z);
            }
        });
        regions = solved.sum();
        vertexSolves = arrangement.vertexSolves();
        List<FixedPoint> all = new ArrayList<>();
        Set<SingularRegion> flat = new LinkedHashSet<>();
        for (Found part : found) {
            for (int i = 0; i < part.latents.size(); i++) {
                double[] z = part.latents.get(i);
                if (all.stream().noneMatch(p -> isSame(p.latent(), z))) {
                    all.add(point(pieces, part.patterns.get(i), z));
                }
            }
            for (boolean[] on : part.singular) {
                int[] pattern = new int[on.length];
                Arrays.setAll(pattern, k -> on[k] ? 1 : 0);
                flat.add(new SingularRegion(pattern));
            }
        }
        all.sort(Comparator.comparing(FixedPoint::latent, Arrays::compare));
        points = List.copyOf(all);
        singular = flat.stream()
                .sorted(Comparator.comparing(SingularRegion::pattern, Arrays::compare))
                .toList();
    }

    List<FixedPoint> points() {
        return points;
    }

    List<SingularRegion> singular() {
        return singular;
    }

    long vertexSolves() {
        return vertexSolves;
    }

    long regions() {
        return regions;
    }

    static boolean isSame(double[] one, double[] other) {
        double distance = 0;
        double size = 0;
        for (int r = 0; r < one.length; r++) {
            distance += (one[r] - other[r]) * (one[r] - other[r]);
            size += one[r] * one[r];
        }
        return Math.sqrt(distance) <= SAME * (1 + Math.sqrt(size));
    }

    private static FixedPoint point(Pieces pieces, boolean[] on, double[] z) {
        if (pieces.isOnKink(z)) {
            return new FixedPoint(z, new int[0], new double[0][], Stability.UNDECIDED, true);
        }
        double[][] values = eigenvalues(pieces.jacobian(on), pieces.rank);
        return new FixedPoint(z, pieces.units(z), values, stability(values), false);
    }

    private static double[][] eigenvalues(double[] jacobian, int rank) {
        var eigen = DecompositionFactory_DDRM.eig(rank, false);
        if (!eigen.decompose(DMatrixRMaj.wrap(rank, rank, jacobian))) {
            throw new IllegalStateException(
                    "The eigenvalues of a %d x %d Jacobian did not converge; check the weights for extreme values."
                            .formatted(rank, rank));
        }
        double[][] values = new double[rank][];
        for (int r = 0; r < rank; r++) {
            values[r] = new double[] {eigen.getEigenvalue(r).real, eigen.getEigenvalue(r).imaginary};
        }
        Arrays.sort(
                values,
                Comparator.<double[]>comparingDouble(v -> -modulus(v))
                        .thenComparingDouble(v -> -v[1])
                        .thenComparingDouble(v -> -v[0]));
        return values;
    }

    private static double modulus(double[] value) {
        return Math.hypot(value[0], value[1]);
    }

    private static Stability stability(double[][] values) {
        int outside = 0;
        for (double[] value : values) {
            if (Math.abs(modulus(value) - 1) <= CIRCLE) {
                return Stability.MARGINAL;
            }
            outside += modulus(value) > 1 ? 1 : 0;
        }
        if (outside == 0) {
            return Stability.STABLE;
        }
        return outside == values.length ? Stability.UNSTABLE : Stability.SADDLE;
    }
}
