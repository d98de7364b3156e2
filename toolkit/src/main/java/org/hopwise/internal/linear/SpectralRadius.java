package org.hopwise.internal.linear;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallProducts;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;

/**
 * The largest modulus of an eigenvalue, for matrices of any size, within 1e-6 of it or refused.
 *
 * <p>A matrix is first cut into strongly connected components, since its eigenvalues are theirs: a graph without cycles
 * has radius 0 exactly, and one cycle of n units that weighs w has radius |w|^(1/n), both of which would be hard for
 * iterations. Then a component goes by its kind:
 *
 * <ul>
 *   <li>without negative entries to {@link PerronRoot}, whose two ends prove the value; beyond {@value #SMALL} units also
 *       where signs can be dropped ({@link Signs}), and where ends don't meet to {@link Chains};
 *   <li>up to {@value #SMALL} units to EJML, which finds all eigenvalues, up to {@value #SQUARED} to {@link Arnoldi}; and
 *       the powers of {@link RepeatedSquares} must show the same upper end, so that no eigenvalue is larger. Where the
 *       iteration does not converge soon, as with all eigenvalues on a circle, a {@link Normal} matrix has its norm, and
 *       powers give the value of others. What two ways don't
 *       give alike must be given alike by one of them with a little noise;
 *   <li>larger ones that are not normal to {@link Arnoldi} from two starts with other noise each: a small residual shows neither that there is
 *       no larger eigenvalue nor that rounding has not moved it.
 * </ul>
 *
 * <p>Balancing and a power of two bring weights of any size near 1, where powers neither overflow nor vanish.
 */
public final class SpectralRadius {

    /** Up to here all eigenvalues, at 10 n^3 operations, take less time than iterations can. */
    static final int SMALL = 300;

    /** Up to here some thirty squares, at 2 n^3 operations each, take seconds. */
    public static final int SQUARED = 2_500;

    /** Of the norm: some hundred times what rounding adds. */
    private static final double NOISE = 0x1p-44;

    /**
     * Two ways, or two starts of an iteration, must agree better than that: what noise moves farther, rounding may have
     * moved, and iterations that converged to different eigenvalues do not agree.
     */
    private static final double MOST_APART = 1e-6;

    /** Powers show that no eigenvalue is larger by more than this. */
    private static final double NEAR = 1e-7;

    private static final int MOST_STARTS = 4;

    private static final int FEW_PRODUCTS = 300;

    /** Two restarts or so: fewer say little, however long they take. */
    private static final int LEAST_PRODUCTS = 150;

    /** Multiplications that one start may take, of entries and of vectors of the basis. */
    private static final double MOST_WORK = 4e10;

    /** Multiplications after which a start without prospects ends: seconds. */
    private static final double LITTLE_WORK = 1e10;

    /** The component, balanced, with noise, three powers, panels, and one to spare. */
    private static final int MATRICES = 8;

    /** Weights whose exponents are farther from 0 are multiplied by a power of two. */
    private static final int FAR = 200;

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
        boolean isSigned = entries[1] > 0 && !(n > SMALL && Signs.of(n, filled).isPresent());
        return isWhole && isSigned ? ofDense(square, false).value : of(SparseMatrix.of(n, entries[0], filled));
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
        return largest(matrix, false).value();
    }

    /**
     * A value and how far off it may be; for most components both are as sure as {@link #of}. Large components on which an
     * iteration would take long are given less of it, and an error by experience.
     */
    public static Estimate estimate(SparseMatrix matrix) {
        return largest(matrix, true);
    }

    /** The radius, within an error. */
    public record Estimate(double value, double error) {

        /** A value within what is promised. */
        private static Estimate sure(double value) {
            return new Estimate(value, value * MOST_APART);
        }

        private Estimate scaled(int exponent) {
            return new Estimate(Math.scalb(value, exponent), Math.scalb(error, exponent));
        }
    }

    /**
     * At least as large as the radius, without iterations that may not converge: the least of the largest sums of moduli in a
     * row and in a column, the root of the sum of squares, and the largest (|A| x)_i / x_i for some x > 0 (Collatz 1942).
     */
    public static double atMost(SparseMatrix matrix) {
        return NormBound.of(matrix);
    }

    private static Estimate largest(SparseMatrix matrix, boolean isEstimate) {
        double value = 0;
        double end = 0;
        Components components = Components.of(matrix);
        int[] place = new int[matrix.size()];
        Arrays.fill(place, -1);
        for (int[] members : components.members()) {
            for (int i = 0; i < members.length; i++) {
                place[members[i]] = i;
            }
            Estimate found = ofComponent(matrix, members, place, isEstimate);
            value = Math.max(value, found.value);
            end = Math.max(end, found.value + found.error);
            for (int member : members) {
                place[member] = -1;
            }
        }
        return new Estimate(value, end - value);
    }

    /** {@code place} gives the number of a unit within the component, -1 outside. */
    private static Estimate ofComponent(SparseMatrix matrix, int[] members, int[] place, boolean isEstimate) {
        int n = members.length;
        if (n == 1) {
            double[] loop = new double[1];
            matrix.row(members[0], (row, column, value) -> loop[0] += column == row ? value : 0);
            return new Estimate(Math.abs(loop[0]), 0);
        }
        SparseMatrix.Source inside = sink -> {
            for (int member : members) {
                Interruption.check();
                matrix.row(member, (row, column, value) -> {
                    if (place[column] >= 0) {
                        sink.entry(place[row], place[column], value);
                    }
                });
            }
        };
        long[] entries = new long[2];
        double[] largest = new double[1];
        inside.send((row, column, value) -> {
            entries[0]++;
            entries[1] += value < 0 ? 1 : 0;
            largest[0] = Math.max(largest[0], Math.abs(value));
        });
        if (entries[0] == n) {
            GeometricMean cycle = new GeometricMean();
            inside.send((row, column, value) -> cycle.add(Math.abs(value)));
            return Estimate.sure(cycle.value());
        }
        boolean hasNoNegative = entries[1] == 0;
        Optional<boolean[]> signs = hasNoNegative || n <= SMALL ? Optional.empty() : Signs.of(n, inside);
        boolean hasOneSign = n > SMALL && (hasNoNegative || signs.isPresent());
        if (hasNoNegative || hasOneSign || n > SQUARED) {
            boolean isMost = entries[0] > matrix.entries() / 2;
            int size = isMost ? matrix.size() : n;
            int exponent = far(largest[0]);
            Arnoldi.Product product = scaled(
                    size, isMost ? masked(matrix, place) : SparseMatrix.of(n, entries[0], inside)::multiply, exponent);
            IntPredicate isInside = i -> !isMost || place[i] >= 0;
            OptionalDouble root = OptionalDouble.empty();
            if (hasNoNegative) {
                root = PerronRoot.of(size, isInside, product);
            }
            if (root.isEmpty() && hasOneSign) {
                root = Chains.radius(n, inside, exponent);
            }
            if (root.isEmpty() && hasOneSign) {
                Arnoldi.Product positive = signs.map(found ->
                                switched(product, i -> isInside.test(i) && found[isMost ? place[i] : i]))
                        .orElse(product);
                root = PerronRoot.ofPeriodic(size, entries[0], isInside, positive);
            }
            if (root.isPresent()) {
                return Estimate.sure(Math.scalb(root.getAsDouble(), exponent));
            }
            if (n > SQUARED) {
                root = Normal.radius(n, along(inside, exponent, false), along(inside, exponent, true));
                if (root.isPresent()) {
                    return Estimate.sure(root.getAsDouble()).scaled(exponent);
                }
                return iterated(size, entries[0], product, norm(inside, exponent), isEstimate)
                        .scaled(exponent);
            }
        }
        requirePowers(n);
        DMatrixRMaj dense = new DMatrixRMaj(n, n);
        inside.send(dense::add);
        return ofDense(dense, isEstimate);
    }

    private static void requirePowers(int n) {
        Memory.square("Powers of a component of %d units".formatted(n), n, MATRICES, "Use fewer units");
    }

    /** Products with entries over a power of two, or with their transpose, one after the other. */
    private static Arnoldi.Product along(SparseMatrix.Source entries, int exponent, boolean isTransposed) {
        return (x, y) -> {
            Arrays.fill(y, 0);
            entries.send((row, column, value) -> {
                double scaled = Math.scalb(value, -exponent);
                if (isTransposed) {
                    y[column] = Math.fma(scaled, x[row], y[column]);
                } else {
                    y[row] = Math.fma(scaled, x[column], y[row]);
                }
            });
        };
    }

    private static double norm(SparseMatrix.Source entries, int exponent) {
        double[] norm = new double[1];
        entries.send((row, column, value) -> norm[0] = Math.hypot(norm[0], Math.scalb(value, -exponent)));
        return norm[0];
    }

    /** The exponent to take away; 0 where numbers are near enough to 1. */
    private static int far(double largest) {
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        return Math.abs(exponent) > FAR ? exponent : 0;
    }

    /** Of a strongly connected matrix. */
    private static Estimate ofDense(DMatrixRMaj square, boolean isEstimate) {
        int n = square.numRows;
        if (n > SQUARED) {
            int exponent = far(CommonOps_DDRM.elementMaxAbs(square));
            double norm = Math.scalb(NormOps_DDRM.normF(square), -exponent);
            Arnoldi.Product product = scaled(n, (x, y) -> TallProducts.multiply(square, x, y), exponent);
            Arnoldi.Product transposed = scaled(n, (x, y) -> multiplyTransposed(square, x, y), exponent);
            OptionalDouble root = Normal.radius(n, product, transposed);
            if (root.isPresent()) {
                return Estimate.sure(root.getAsDouble()).scaled(exponent);
            }
            return iterated(n, (long) n * n, product, norm, isEstimate).scaled(exponent);
        }
        requirePowers(n);
        DMatrixRMaj balanced = Balance.of(square);
        int exponent = far(CommonOps_DDRM.elementMaxAbs(balanced));
        if (exponent != 0) {
            for (int i = 0; i < balanced.data.length; i++) {
                balanced.data[i] = Math.scalb(balanced.data[i], -exponent);
            }
        }
        double value = n <= SMALL ? ofAllEigenvalues(balanced) : ofIterationOrPowers(balanced);
        return Estimate.sure(value).scaled(exponent);
    }

    /** By all eigenvalues, which powers confirm, or else the same once more with noise. */
    private static double ofAllEigenvalues(DMatrixRMaj square) {
        double value = LinearAlgebra.spectralRadius(square);
        RepeatedSquares powers = RepeatedSquares.of(square, value * (1 + NEAR));
        if (areEqual(value, powers.high())) {
            return value;
        }
        return confirmed(square, value, LinearAlgebra.spectralRadius(withNoise(square)));
    }

    /** By iteration, which powers confirm or else a second start; by powers, with and without noise, where it takes long. */
    private static double ofIterationOrPowers(DMatrixRMaj square) {
        int n = square.numRows;
        Arnoldi.Product product = (x, y) -> TallProducts.multiply(square, x, y);
        Arnoldi.Found found = Arnoldi.find(n, product, FEW_PRODUCTS, Seed.of(1), Arnoldi.BASIS);
        if (!found.isConverged()) {
            OptionalDouble root = Normal.radius(n, product, (x, y) -> multiplyTransposed(square, x, y));
            if (root.isPresent()) {
                return root.getAsDouble();
            }
        }
        double value = found.isConverged() ? found.modulus() : 0;
        RepeatedSquares powers = RepeatedSquares.of(square, value * (1 + NEAR));
        if (areEqual(value, powers.high())) {
            return value;
        }
        if (found.isConverged() && powers.high() > value && powers.low() <= value * (1 + MOST_APART)) {
            // Rounding takes more from squares than from iterations.
            return iterated(n, (long) n * n, product, NormOps_DDRM.normF(square), false).value;
        }
        return confirmed(
                square, powers.high(), RepeatedSquares.of(withNoise(square), 0).high());
    }

    private static void multiplyTransposed(DMatrixRMaj a, double[] x, double[] y) {
        Arrays.fill(y, 0);
        int n = a.numCols;
        for (int row = 0; row < a.numRows; row++) {
            double factor = x[row];
            for (int column = 0; column < n; column++) {
                y[column] = Math.fma(a.data[row * n + column], factor, y[column]);
            }
        }
    }

    private static boolean areEqual(double value, double other) {
        return value > 0 && Math.abs(value - other) <= MOST_APART * value;
    }

    /** What came out twice; 0 where a power is zero. */
    private static double confirmed(DMatrixRMaj square, double value, double again) {
        if (areEqual(value, again)) {
            return value;
        }
        if (RepeatedSquares.isNilpotent(square)) {
            return 0;
        }
        throw illConditioned(square.numRows, value, again);
    }

    private static DMatrixRMaj withNoise(DMatrixRMaj square) {
        DMatrixRMaj noisy = square.copy();
        Draws draws = new Draws(Seed.of(1).named("noise"));
        double size = NOISE * NormOps_DDRM.normF(square) / square.numRows;
        for (int i = 0; i < noisy.data.length; i++) {
            noisy.data[i] += size * draws.gaussian();
        }
        return noisy;
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

    /**
     * The same by iteration, which may converge to an eigenvalue that is not the largest: the largest value must be found
     * from two starts, with other noise of rank one each time. From the third start on the basis is larger.
     */
    private static Estimate iterated(int n, long entries, Arnoldi.Product product, double norm, boolean isEstimate) {
        double each = entries + 4.0 * Arnoldi.BASIS * n;
        int patience = (int) Math.max(LEAST_PRODUCTS, LITTLE_WORK / each);
        int most = (int) Math.max(FEW_PRODUCTS, MOST_WORK / each);
        double[] found = new double[MOST_STARTS];
        for (int start = 0; start < MOST_STARTS; start++) {
            Arnoldi.Product tried = start == 0 ? product : noisy(n, product, NOISE * norm, Seed.of(start));
            int basis = start < 2 ? Arnoldi.BASIS : 2 * Arnoldi.BASIS;
            Arnoldi.Found last = isEstimate
                    ? Arnoldi.find(n, tried, Math.max(LEAST_PRODUCTS, patience / 2), Seed.of(start + 1), basis)
                    : Arnoldi.find(n, tried, patience, most, Seed.of(start + 1), basis);
            if (!last.isConverged() && isEstimate) {
                return new Estimate(last.modulus(), last.residual());
            }
            if (!last.isConverged()) {
                throw last.refusal(n);
            }
            found[start] = last.modulus();
            double[] rising = Arrays.copyOf(found, start + 1);
            Arrays.sort(rising);
            double largest = rising[start];
            if (start > 0 && largest - rising[start - 1] <= MOST_APART * largest) {
                return Estimate.sure(largest - found[0] <= MOST_APART * largest ? found[0] : largest);
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

    /** The matrix over a power of two, half of it before and half after, where products would overflow. */
    private static Arnoldi.Product scaled(int n, Arnoldi.Product product, int exponent) {
        if (exponent == 0) {
            return product;
        }
        int before = exponent / 2;
        double[] smaller = new double[n];
        return (x, y) -> {
            Arrays.setAll(smaller, i -> Math.scalb(x[i], -before));
            product.multiply(smaller, y);
            for (int i = 0; i < n; i++) {
                y[i] = Math.scalb(y[i], before - exponent);
            }
        };
    }

    /** |D A D x|: entries of D A D have one sign, so for x of 0 or more that is |A| x. */
    private static Arnoldi.Product switched(Arnoldi.Product product, IntPredicate isNegative) {
        return (x, y) -> {
            double[] turned = new double[x.length];
            Arrays.setAll(turned, i -> isNegative.test(i) ? -x[i] : x[i]);
            product.multiply(turned, y);
            for (int i = 0; i < y.length; i++) {
                y[i] = Math.abs(y[i]);
            }
        };
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
