package org.hopwise.internal.linear;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallProducts;

/**
 * The largest modulus of an eigenvalue, for matrices of any size.
 *
 * <p>A matrix is first cut into strongly connected components, since its eigenvalues are theirs: a graph without cycles
 * has radius 0 exactly, and one cycle of n units that weighs w has radius |w|^(1/n), both of which would be hard for
 * iterations. A component without negative entries goes to {@link PerronRoot}; what does not converge there, and others, of
 * up to {@value #SMALL} units to EJML; a larger one to {@link Arnoldi}, and where that does not converge soon, as with all
 * eigenvalues on a circle, up to {@value #SQUARED} units to {@link RepeatedSquares}.
 *
 * <p>Neither a small residual nor all eigenvalues show that rounding has not moved them: those of a triangular matrix that
 * was turned may be off by more than they are large. So every value but Perron's, which is proved, is computed twice, the
 * second time with 2^-40 of the norm, or 2^-26 for squares, in noise added; what noise moves too far, rounding may have
 * moved, and it is refused.
 */
public final class SpectralRadius {

    /** Up to here all eigenvalues, at 10 n^3 operations, take less time than iterations can. */
    static final int SMALL = 300;

    /** Up to here some forty squares, at 2 n^3 operations each, take seconds. */
    static final int SQUARED = 2_500;

    private static final double NOISE = 0x1p-40;

    /** Squares of matrices that are far from normal round more coarsely, so that less noise would not show. */
    private static final double NOISE_OF_SQUARES = 0x1p-26;

    /** Noise that moves a value by this much means that rounding, 4,096 times smaller, moves it by up to 1e-6. */
    private static final double MOST_MOVED = 4e-3;

    /** Two starts of the iteration must agree better than that: converged to different eigenvalues they do not. */
    private static final double MOST_APART = 1e-6;

    private static final int MOST_STARTS = 4;

    private static final int FEW_PRODUCTS = 300;

    private SpectralRadius() {}

    /** Of a dense matrix. */
    public static double of(DMatrixRMaj square) {
        int n = square.numRows;
        long[] entries = new long[2];
        SparseMatrix.Source filled = sink -> {
            for (int at = 0; at < square.data.length; at++) {
                if (square.data[at] != 0) {
                    sink.entry(at / n, at % n, square.data[at]);
                }
            }
        };
        filled.send((row, column, value) -> {
            entries[0]++;
            entries[1] += value < 0 ? 1 : 0;
        });
        boolean isWhole = entries[0] > n && reachesAll(square, true) && reachesAll(square, false);
        return isWhole && entries[1] > 0 ? ofDense(square) : of(SparseMatrix.of(n, entries[0], filled));
    }

    /** Whether the first unit reaches all others along rows, or along columns. */
    private static boolean reachesAll(DMatrixRMaj square, boolean alongRows) {
        int n = square.numRows;
        boolean[] seen = new boolean[n];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(0);
        seen[0] = true;
        int reached = 1;
        while (!open.isEmpty() && reached < n) {
            int unit = open.remove();
            for (int other = 0; other < n; other++) {
                if (!seen[other] && (alongRows ? square.get(unit, other) : square.get(other, unit)) != 0) {
                    seen[other] = true;
                    reached++;
                    open.add(other);
                }
            }
        }
        return reached == n;
    }

    /** Of a sparse matrix. */
    public static double of(SparseMatrix matrix) {
        double largest = 0;
        Components components = Components.of(matrix);
        int[] place = new int[matrix.size()];
        Arrays.fill(place, -1);
        for (int[] members : components.members()) {
            for (int i = 0; i < members.length; i++) {
                place[members[i]] = i;
            }
            largest = Math.max(largest, ofComponent(matrix, members, place));
            for (int member : members) {
                place[member] = -1;
            }
        }
        return largest;
    }

    /** {@code place} gives the number of a unit within the component, -1 outside. */
    private static double ofComponent(SparseMatrix matrix, int[] members, int[] place) {
        int n = members.length;
        if (n == 1) {
            double[] loop = new double[1];
            matrix.row(members[0], (row, column, value) -> loop[0] += column == row ? value : 0);
            return Math.abs(loop[0]);
        }
        SparseMatrix.Source inside = sink -> {
            for (int member : members) {
                matrix.row(member, (row, column, value) -> {
                    if (place[column] >= 0) {
                        sink.entry(place[row], place[column], value);
                    }
                });
            }
        };
        long[] entries = new long[2];
        double[] squares = new double[1];
        inside.send((row, column, value) -> {
            entries[0]++;
            entries[1] += value < 0 ? 1 : 0;
            squares[0] = Math.hypot(squares[0], value);
        });
        if (entries[0] == n) {
            GeometricMean cycle = new GeometricMean();
            inside.send((row, column, value) -> cycle.add(Math.abs(value)));
            return cycle.value();
        }
        boolean hasNoNegative = entries[1] == 0;
        if (hasNoNegative || n > SQUARED) {
            boolean isMost = entries[0] > matrix.entries() / 2;
            int size = isMost ? matrix.size() : n;
            Arnoldi.Product product = isMost ? masked(matrix, place) : SparseMatrix.of(n, entries[0], inside)::multiply;
            OptionalDouble root = hasNoNegative
                    ? PerronRoot.of(size, i -> !isMost || place[i] >= 0, product)
                    : OptionalDouble.empty();
            if (root.isPresent()) {
                return root.getAsDouble();
            }
            if (n > SQUARED) {
                return iterated(size, product, squares[0], Arnoldi.MOST_PRODUCTS);
            }
        }
        DMatrixRMaj dense = new DMatrixRMaj(n, n);
        inside.send(dense::add);
        return ofDense(dense);
    }

    /** Of a strongly connected matrix. */
    private static double ofDense(DMatrixRMaj square) {
        int n = square.numRows;
        if (n > SQUARED) {
            double norm = NormOps_DDRM.normF(square);
            return iterated(n, (x, y) -> TallProducts.multiply(square, x, y), norm, Arnoldi.MOST_PRODUCTS);
        }
        DMatrixRMaj balanced = Balance.of(square);
        if (n <= SMALL) {
            return checked(balanced, NOISE, LinearAlgebra::spectralRadius);
        }
        try {
            double norm = NormOps_DDRM.normF(balanced);
            return iterated(n, (x, y) -> TallProducts.multiply(balanced, x, y), norm, FEW_PRODUCTS);
        } catch (IllegalStateException slow) {
            return checked(balanced, NOISE_OF_SQUARES, RepeatedSquares::spectralRadius);
        }
    }

    /** A value that noise does not move much; 0 where a power is zero exactly. */
    private static double checked(DMatrixRMaj square, double noise, ToDoubleFunction<DMatrixRMaj> radius) {
        double value = radius.applyAsDouble(square);
        DMatrixRMaj noisy = square.copy();
        Draws draws = new Draws(Seed.of(1).named("noise"));
        double size = noise * NormOps_DDRM.normF(square) / square.numRows;
        for (int i = 0; i < noisy.data.length; i++) {
            noisy.data[i] += size * draws.gaussian();
        }
        double moved = radius.applyAsDouble(noisy);
        if (Math.abs(moved - value) > MOST_MOVED * Math.max(moved, value)) {
            if (RepeatedSquares.isNilpotent(square)) {
                return 0;
            }
            throw illConditioned(square.numRows, value, moved);
        }
        return value;
    }

    /**
     * The same by iteration, which may converge to an eigenvalue that is not the largest: the largest value must be found
     * from two starts, with other noise of rank one each time. From the third start on the basis is larger.
     */
    private static double iterated(int n, Arnoldi.Product product, double norm, int mostProducts) {
        double[] found = new double[MOST_STARTS];
        for (int start = 0; start < MOST_STARTS; start++) {
            Arnoldi.Product tried = start == 0 ? product : noisy(n, product, NOISE * norm, Seed.of(start));
            int basis = start < 2 ? Arnoldi.BASIS : 2 * Arnoldi.BASIS;
            found[start] = Arnoldi.spectralRadius(n, tried, mostProducts, Seed.of(start + 1), basis);
            double[] rising = Arrays.copyOf(found, start + 1);
            Arrays.sort(rising);
            double largest = rising[start];
            if (start > 0 && largest - rising[start - 1] <= MOST_APART * largest) {
                return largest - found[0] <= MOST_APART * largest ? found[0] : largest;
            }
        }
        throw illConditioned(n, found[0], found[1]);
    }

    private static Arnoldi.Product noisy(int n, Arnoldi.Product product, double size, Seed seed) {
        double[] left = new double[n];
        double[] right = new double[n];
        new Draws(seed.named("left")).fillUniform(left, Math.sqrt(3.0 / n));
        new Draws(seed.named("right")).fillUniform(right, Math.sqrt(3.0 / n));
        return (x, y) -> {
            product.multiply(x, y);
            double along = 0;
            for (int i = 0; i < n; i++) {
                along = Math.fma(right[i], x[i], along);
            }
            for (int i = 0; i < n; i++) {
                y[i] = Math.fma(size * along, left[i], y[i]);
            }
        };
    }

    private static IllegalStateException illConditioned(int n, double value, double moved) {
        return new IllegalStateException(String.format(
                Locale.ROOT,
                "the spectral radius of %d units is ill-conditioned: a little noise in the weights moves it from %.6g to "
                        + "%.6g. Use a measure that is truncated and not normalised.",
                n,
                value,
                moved));
    }

    /** The component within the whole matrix, since a copy would take as much memory again. */
    private static Arnoldi.Product masked(SparseMatrix matrix, int[] place) {
        double[] within = new double[matrix.size()];
        return (x, y) -> {
            for (int i = 0; i < within.length; i++) {
                within[i] = place[i] >= 0 ? x[i] : 0;
            }
            matrix.multiply(within, y);
            for (int i = 0; i < within.length; i++) {
                y[i] = place[i] >= 0 ? y[i] : 0;
            }
        };
    }
}
