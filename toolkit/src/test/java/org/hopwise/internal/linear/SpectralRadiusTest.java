package org.hopwise.internal.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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
                        500));
        assertTrue(refusal.getMessage().contains("did not converge"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("relative residual"), refusal.getMessage());
    }
}
