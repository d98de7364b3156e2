package org.hopwise.internal.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallProducts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralRadiusTest {

    private static DMatrixRMaj gaussian(int n, long seed) {
        Draws draws = new Draws(Seed.of(seed));
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = draws.gaussian() / Math.sqrt(n);
        }
        return matrix;
    }

    private static double arnoldi(DMatrixRMaj matrix) {
        return Arnoldi.spectralRadius(matrix.numRows, (x, y) -> TallProducts.multiply(matrix, x, y));
    }

    private static SparseMatrix sparse(DMatrixRMaj dense) {
        int n = dense.numRows;
        SparseMatrix.Source filled = sink -> {
            for (int at = 0; at < dense.data.length; at++) {
                if (dense.data[at] != 0) {
                    sink.entry(at / n, at % n, dense.data[at]);
                }
            }
        };
        long[] count = new long[1];
        filled.send((row, column, value) -> count[0]++);
        return SparseMatrix.of(n, count[0], filled);
    }

    /** Spectra of random matrices fill a disc, so there is hardly a gap; most leading eigenvalues are complex pairs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void arnoldiFindsWhatAllEigenvaluesGive(long seed) {
        DMatrixRMaj matrix = gaussian(150, seed);
        double known = LinearAlgebra.spectralRadius(matrix);
        assertEquals(known, arnoldi(matrix), 1e-8 * known);
    }

    @Test
    void aLeadingComplexPairIsFound() {
        // Growth 1.5 with rotation in one plane, everything else below 1: power iteration would never settle.
        int n = 400;
        DMatrixRMaj matrix = CommonOps_DDRM.diag(new double[n]);
        Draws draws = new Draws(Seed.of(3));
        for (int i = 2; i < n; i++) {
            matrix.set(i, i, 0.99 * draws.uniform());
            matrix.set(i, i - 2, draws.gaussian() / 4);
        }
        matrix.set(0, 0, 1.5 * Math.cos(1));
        matrix.set(1, 1, 1.5 * Math.cos(1));
        matrix.set(0, 1, -1.5 * Math.sin(1));
        matrix.set(1, 0, 1.5 * Math.sin(1));
        assertEquals(1.5, arnoldi(matrix), 1e-9);
    }

    /** A Jordan block's eigenvalue moves by the root of a perturbation. */
    @Test
    void aDefectiveLeadingEigenvalueIsFoundToTheRootOfTheTolerance() {
        int n = 200;
        DMatrixRMaj matrix = CommonOps_DDRM.diag(new double[n]);
        for (int i = 2; i < n; i++) {
            matrix.set(i, i, 0.9 * i / n);
        }
        matrix.set(0, 0, 2);
        matrix.set(1, 1, 2);
        matrix.set(0, 1, 1);
        assertEquals(2, arnoldi(matrix), 1e-4);
    }

    @Test
    void aMatrixOfLowRankEndsAfterAFewProducts() {
        int n = 500;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        Draws draws = new Draws(Seed.of(5));
        for (int i = 0; i < n; i++) {
            double u = draws.gaussian();
            for (int j = 0; j < n; j++) {
                matrix.set(i, j, u * (1 + Math.sin(j)));
            }
        }
        double trace = CommonOps_DDRM.trace(matrix);
        assertEquals(Math.abs(trace), arnoldi(matrix), 1e-10 * Math.abs(trace));
    }

    @Test
    void theZeroMatrixHasRadiusZero() {
        assertEquals(0, arnoldi(new DMatrixRMaj(80, 80)));
    }

    @Test
    void aWiringWithoutCyclesHasRadiusZeroExactly() {
        SparseMatrix forward = SparseMatrix.of(5000, 50_000, sink -> {
            for (int i = 0; i < 50_000; i++) {
                int row = 1 + i % 4999;
                sink.entry(row, (int) ((row * 7919L + i) % row), 1 + i % 3);
            }
        });
        assertEquals(0, SpectralRadius.of(forward));
    }

    @Test
    void oneLongCycleHasTheGeometricMeanOfItsWeights() {
        int n = 9999;
        SparseMatrix cycle = SparseMatrix.of(n, n, sink -> {
            for (int i = 0; i < n; i++) {
                sink.entry((i + 1) % n, i, i % 3 == 0 ? -8 : 1);
            }
        });
        assertEquals(2, SpectralRadius.of(cycle), 1e-12);
    }

    @Test
    void componentsHaveTheEigenvaluesOfTheWhole() {
        // Three blocks of 320, 40 and 1 units on the diagonal, edges between them only upwards, one unit with a loop.
        int n = 361;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        CommonOps_DDRM.insert(gaussian(320, 1), matrix, 0, 0);
        CommonOps_DDRM.insert(gaussian(40, 2), matrix, 320, 320);
        matrix.set(360, 360, 0.5);
        matrix.set(3, 330, 7);
        matrix.set(321, 360, 9);
        double known = LinearAlgebra.spectralRadius(matrix);
        assertEquals(known, SpectralRadius.of(sparse(matrix)), 1e-8 * known);
        Components components = Components.of(sparse(matrix));
        assertEquals(3, components.members().length);
    }

    @Test
    void whatDoesNotConvergeIsRefusedWithItsResidual() {
        // All eigenvalues on one circle: a cycle, hidden from the look at components by going to Arnoldi directly.
        int n = 2000;
        var refusal = assertThrows(
                IllegalStateException.class,
                () -> Arnoldi.spectralRadius(
                        n,
                        (x, y) -> {
                            System.arraycopy(x, 0, y, 1, n - 1);
                            y[0] = x[n - 1];
                        },
                        500,
                        Seed.of(1),
                        Arnoldi.BASIS));
        assertTrue(refusal.getMessage().contains("did not converge"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("relative residual"), refusal.getMessage());
    }

    private static DMatrixRMaj shift(int n) {
        DMatrixRMaj shift = new DMatrixRMaj(n, n);
        for (int i = 1; i < n; i++) {
            shift.set(i, i - 1, 3);
        }
        return shift;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40, 301, 700})
    void denseMatricesAreCutIntoComponentsToo(int n) {
        assertEquals(0, SpectralRadius.of(shift(n)));
        DMatrixRMaj triangular = gaussian(n, 4);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                triangular.set(i, j, 0);
            }
            triangular.set(i, i, -0.9 * (i + 1) / n);
        }
        assertEquals(-triangular.get(n - 1, n - 1), SpectralRadius.of(triangular));
        DMatrixRMaj cycle = shift(n);
        cycle.set(0, n - 1, 3);
        assertEquals(3, SpectralRadius.of(cycle));
    }

    @Test
    void cyclesOfExtremeWeightsNeitherOverflowNorVanish() {
        DMatrixRMaj two = new DMatrixRMaj(new double[][] {{0, 9e300}, {4e300, 0}});
        assertEquals(6e300, SpectralRadius.of(two), 1e287);
        DMatrixRMaj three = new DMatrixRMaj(new double[][] {{0, 0, 2e-320}, {1e-10, 0, 0}, {0, 4e300, 0}});
        assertEquals(Math.cbrt(2e-320 * 1e10 * 4e280), SpectralRadius.of(three), 1e-11);
    }

    /** Ones and two kinds of loops: the larger root of a quadratic. */
    @Test
    void theIntervalOfPositiveMatricesClosesOnTheRootInClosedForm() {
        int n = 40;
        double[] loops = new double[n];
        Arrays.setAll(loops, i -> i < 10 ? 3 : 0.5);
        DMatrixRMaj ones = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ones.set(i, j, i == j ? 1 + loops[i] : 1);
            }
        }
        // 1 = 10 / (lambda - 3) + 30 / (lambda - 0.5).
        double half = (3 + 0.5 + n) / 2;
        double known = half + Math.sqrt(half * half - (3 * 0.5 + 10 * 0.5 + 30 * 3));
        assertEquals(known, root(ones).orElseThrow(), 2e-13 * known);
        assertEquals(known, SpectralRadius.of(ones), 2e-13 * known);
    }

    @Test
    void theIntervalOfARingDoesNotCloseAndOfWeightsFarApartIsNotTrusted() {
        DMatrixRMaj ring = new DMatrixRMaj(new double[][] {{0, 0, 2}, {1, 0, 0}, {0, 4, 0}});
        assertTrue(root(ring).isEmpty());
        assertTrue(root(new DMatrixRMaj(new double[][] {{1, 1e-320}, {1e-320, 0}}))
                .isEmpty());
        assertTrue(root(new DMatrixRMaj(new double[][] {{1e308, 1e308}, {1e308, 1e308}}))
                .isEmpty());
        assertEquals(2, SpectralRadius.of(ring), 1e-12);
    }

    /** The larger component is looked at within the whole matrix, whose other units must not count. */
    @Test
    void unitsOutsideAPositiveComponentDoNotCount() {
        DMatrixRMaj blocks = new DMatrixRMaj(13, 13);
        for (int i = 0; i < 13; i++) {
            for (int j = 0; j < 13; j++) {
                boolean isOneBlock = (i < 10) == (j < 10);
                blocks.set(i, j, isOneBlock ? 1 : (i < 10 ? 7 : 0));
            }
        }
        OptionalDouble root = PerronRoot.of(13, i -> i < 10, (x, y) -> {
            TallProducts.multiply(blocks, x, y);
            Arrays.fill(y, 10, 13, 0);
        });
        assertEquals(10, root.orElseThrow(), 1e-12);
        assertEquals(10, SpectralRadius.of(blocks), 1e-12);
    }

    private static OptionalDouble root(DMatrixRMaj square) {
        return PerronRoot.of(square.numRows, i -> true, (x, y) -> TallProducts.multiply(square, x, y));
    }

    /** lambda^n = 1 + lambda^(n - 1 - n / 2): cycles of n units and, along the shortcut, of n / 2 + 1. */
    @ParameterizedTest
    @ValueSource(ints = {100, 400})
    void aRingWithOneShortcutHasItsRoot(int n) {
        SparseMatrix ring = SparseMatrix.of(n, n + 1, sink -> {
            for (int i = 0; i < n; i++) {
                sink.entry((i + 1) % n, i, 1);
            }
            sink.entry(n / 2, 0, 1);
        });
        double low = 1;
        double high = 2;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            boolean isBelow = n * Math.log(middle) < Math.log1p(Math.pow(middle, n / 2 - 1));
            low = isBelow ? middle : low;
            high = isBelow ? high : middle;
        }
        assertEquals(low, SpectralRadius.of(ring), 1e-10);
    }

    private static DMatrixRMaj orthogonal(int n) {
        var qr = DecompositionFactory_DDRM.qr(n, n);
        assertTrue(qr.decompose(gaussian(n, 9)));
        return qr.getQ(null, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 320})
    void anOrthogonalMatrixHasRadiusOne(int n) {
        assertEquals(1, SpectralRadius.of(orthogonal(n)), 1e-10);
    }

    /** A turned triangular matrix has the eigenvalues of its diagonal, but rounding hides them. */
    @ParameterizedTest
    @ValueSource(ints = {120, 310})
    void whatRoundingHidesIsRefused(int n) {
        DMatrixRMaj triangular = gaussian(n, 4);
        CommonOps_DDRM.scale(Math.sqrt(n), triangular);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                triangular.set(i, j, 0);
            }
            triangular.set(i, i, 0.9 * (i + 1) / n);
        }
        DMatrixRMaj q = orthogonal(n);
        DMatrixRMaj turned = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(q, triangular, null), q, null);
        var refusal = assertThrows(IllegalStateException.class, () -> SpectralRadius.of(turned));
        assertTrue(refusal.getMessage().contains("ill-conditioned"), refusal.getMessage());
    }

    @Test
    void aConnectedMatrixWhosePowersVanishHasRadiusZero() {
        assertEquals(0, SpectralRadius.of(new DMatrixRMaj(new double[][] {{1, -1}, {1, -1}})));
        assertEquals(
                0, SpectralRadius.of(new DMatrixRMaj(new double[][] {{5, -3, 2}, {15, -9, 6}, {10, -6, 4}})), "rank 1");
    }

    /** D^-1 A D has the eigenvalues of A, however far apart the units of measurement D are. */
    @ParameterizedTest
    @ValueSource(ints = {60, 320})
    void badlyScaledUnitsAreBalancedFirst(int n) {
        DMatrixRMaj matrix = gaussian(n, 6);
        double known = SpectralRadius.of(matrix);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix.set(i, j, Math.scalb(matrix.get(i, j), 7 * (i % 11) - 7 * (j % 11)));
            }
        }
        assertEquals(known, SpectralRadius.of(matrix), 1e-9 * known);
    }

    @Test
    void repeatedSquaresFindWhatAllEigenvaluesGive() {
        for (long seed = 1; seed <= 3; seed++) {
            DMatrixRMaj matrix = gaussian(90, seed);
            double known = LinearAlgebra.spectralRadius(matrix);
            RepeatedSquares powers = RepeatedSquares.of(matrix, 0);
            assertEquals(known, powers.high(), 1e-10 * known);
            assertEquals(known, powers.low(), 1e-10 * known);
        }
        assertEquals(0, RepeatedSquares.of(shift(20), 0).high());
    }

    /** A defective eigenvalue moves by a root of rounding: of two dimensions by 1e-8, of four by 1e-4, too far. */
    @Test
    void aDefectiveEigenvalueIsRightOrRefused() {
        DMatrixRMaj q = orthogonal(60);
        DMatrixRMaj jordan = CommonOps_DDRM.diag(new double[60]);
        for (int i = 0; i < 60; i++) {
            jordan.set(i, i, i < 4 ? 1 : 0.5);
        }
        jordan.set(0, 1, 1);
        DMatrixRMaj two = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(q, jordan, null), q, null);
        assertEquals(1, SpectralRadius.of(two), 1e-6);
        jordan.set(1, 2, 1);
        jordan.set(2, 3, 1);
        DMatrixRMaj four = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(q, jordan, null), q, null);
        assertThrows(IllegalStateException.class, () -> SpectralRadius.of(four));
    }

    /** Eigenvalues are the cube roots of 8, hidden by a turn: the trace of A^m vanishes for every power of two m. */
    @Test
    void eigenvaluesThatCancelInTracesAreFound() {
        DMatrixRMaj cycles = new DMatrixRMaj(330, 330);
        for (int i = 0; i < 330; i++) {
            cycles.set(i, i % 3 == 2 ? i - 2 : i + 1, 2);
        }
        DMatrixRMaj q = orthogonal(330);
        DMatrixRMaj turned = CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(q, cycles, null), q, null);
        assertEquals(2, SpectralRadius.of(turned), 1e-9);
        assertEquals(2, RepeatedSquares.of(turned, 0).low(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p900, 0x1p-900, 0x1p1018})
    void weightsOfAnySizeScaleTheRadius(double factor) {
        for (int n : new int[] {30, 320}) {
            DMatrixRMaj matrix = gaussian(n, 3);
            double known = SpectralRadius.of(matrix);
            CommonOps_DDRM.scale(factor, matrix);
            assertEquals(known, SpectralRadius.of(matrix) / factor, 1e-9 * known);
        }
    }

    /** Of large rings with few shortcuts: lambda^n = 1 + lambda^(n - 1 - s), and with a loop lambda^n = w lambda^(n - 1) + 1. */
    @Test
    void chainsBetweenFewUnitsAreTakenTogether() {
        int n = 100_000;
        for (int sign : new int[] {1, -1}) {
            SparseMatrix loop = SparseMatrix.of(n, n + 1, sink -> {
                for (int i = 0; i < n; i++) {
                    sink.entry((i + 1) % n, i, sign);
                }
                sink.entry(n / 3, n / 3, 1.5 * sign);
            });
            assertEquals(1.5, SpectralRadius.of(loop), 1e-14);
        }
        int across = 40_000;
        SparseMatrix shortcut = SparseMatrix.of(n, n + 1, sink -> {
            for (int i = 0; i < n; i++) {
                sink.entry((i + 1) % n, i, 1);
            }
            sink.entry(across, 0, 1);
        });
        double radius = SpectralRadius.of(shortcut);
        // The two cycles: 1 = lambda^-n + lambda^-(n - across + 1).
        double sum = Math.exp(-n * Math.log(radius)) + Math.exp(-(n - across + 1) * Math.log(radius));
        assertEquals(1, sum, 1e-9);
        assertTrue(radius > 1);
    }

    @Test
    void signsThatNoCycleTellsAreDropped() {
        int n = 400;
        DMatrixRMaj positive = gaussian(n, 5);
        CommonOps_DDRM.abs(positive);
        double known = SpectralRadius.of(positive);
        DMatrixRMaj switched = positive.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                switched.set(i, j, (i % 3 == 0) == (j % 3 == 0) ? -positive.get(i, j) : positive.get(i, j));
            }
        }
        assertEquals(known, SpectralRadius.of(switched), 1e-12 * known);
        assertEquals(known, SpectralRadius.of(sparse(switched)), 1e-12 * known);
        switched.set(1, 2, -switched.get(1, 2));
        double other = SpectralRadius.of(switched);
        assertTrue(other < known * (1 - 1e-6), "a cycle of the other sign lowers it, to " + other);
    }

    /** Two halves that only see each other have eigenvalues +-r, between which plain products swing for ever. */
    @Test
    void periodicPositiveMatricesAreProvedToo() {
        int n = 3_000;
        SparseMatrix halves = SparseMatrix.of(n, 20L * n, sink -> {
            Draws draws = new Draws(Seed.of(8));
            for (int at = 0; at < 20 * n; at++) {
                int row = at / 20;
                sink.entry(row, 2 * (int) (draws.uniform() * n / 2) + (row + 1) % 2, 0.5 + draws.uniform());
            }
        });
        assertTrue(PerronRoot.of(n, i -> true, halves::multiply).isEmpty());
        double root =
                PerronRoot.ofPeriodic(n, 20L * n, i -> true, halves::multiply).orElseThrow();
        assertEquals(root, SpectralRadius.of(halves), 1e-12 * root);
        assertEquals(root, Arnoldi.spectralRadius(n, halves::multiply), 1e-8 * root);
    }

    @Test
    void normsBoundTheRadiusFromAbove() {
        for (long seed = 1; seed <= 3; seed++) {
            DMatrixRMaj matrix = gaussian(80, seed);
            double radius = SpectralRadius.of(matrix);
            assertTrue(SpectralRadius.atMost(sparse(matrix)) >= radius);
            CommonOps_DDRM.abs(matrix);
            radius = SpectralRadius.of(matrix);
            assertEquals(radius, SpectralRadius.atMost(sparse(matrix)), 1e-3 * radius);
            assertTrue(SpectralRadius.atMost(sparse(matrix)) >= radius);
        }
        assertEquals(0, SpectralRadius.atMost(sparse(new DMatrixRMaj(3, 3))));
        assertEquals(3, SpectralRadius.atMost(sparse(shift(300))), 1e-7);
    }

    /** Known from a run to the end: the same wiring, with all products that it takes. */
    @Test
    void anEstimateSaysHowFarOffItIs() {
        int n = 4_000;
        SparseMatrix wiring = SparseMatrix.of(n, 20L * n, sink -> {
            Draws draws = new Draws(Seed.of(2));
            for (int at = 0; at < 20 * n; at++) {
                sink.entry(at / 20, (int) (draws.uniform() * n), draws.gaussian() / Math.sqrt(20));
            }
        });
        Arnoldi.Found few = Arnoldi.find(n, wiring::multiply, 120, Seed.of(1), Arnoldi.BASIS);
        assertFalse(few.isConverged());
        double known = SpectralRadius.of(wiring);
        assertEquals(known, few.modulus(), few.residual());
        assertEquals(known, SpectralRadius.estimate(wiring).value(), 1e-9 * known);
    }

    /** A rotation of neighbours and a reflection of all: eigenvalues on a circle, of more units than are ever squared. */
    @Test
    void aLargeOrthogonalMatrixHasItsNorm() {
        int n = 2_600;
        double[] v = new double[n];
        new Draws(Seed.of(3)).fillUniform(v, Math.sqrt(3.0 / n));
        double squares = Arrays.stream(v).map(x -> x * x).sum();
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // I - 2 v v' / v'v, its rows moved by one.
                int row = (i + 1) % n;
                matrix.set(row, j, 3 * ((i == j ? 1 : 0) - 2 * v[i] * v[j] / squares));
            }
        }
        assertEquals(3, SpectralRadius.of(matrix), 1e-12);
        matrix.add(0, 0, 1e-3);
        DMatrixRMaj moved = matrix;
        assertTrue(Normal.radius(
                        n,
                        (x, y) -> TallProducts.multiply(moved, x, y),
                        (x, y) -> TallProducts.multiply(CommonOps_DDRM.transpose(moved, null), x, y))
                .isEmpty());
    }
}
