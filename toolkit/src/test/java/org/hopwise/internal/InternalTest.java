package org.hopwise.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.array.HyperbolicTangent;
import org.hopwise.internal.array.Products;
import org.hopwise.internal.linear.LinearAlgebra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternalTest {

    @Test
    void theFastHyperbolicTangentAgreesWithTheLibraryOne() {
        for (double x = -25; x <= 25; x += 1e-3) {
            double exact = StrictMath.tanh(x);
            assertEquals(exact, HyperbolicTangent.of(x), 1e-15 * Math.abs(exact), "tanh " + x);
        }
        assertEquals(1e-300, HyperbolicTangent.of(1e-300));
        assertEquals(1, HyperbolicTangent.of(1e4));
        assertEquals(-1, HyperbolicTangent.of(Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "4,8,4", "7,5,9", "13,6,3"})
    void fastProductsAgreeWithTheLibrary(int m, int k, int n) {
        DMatrixRMaj a = drawn(m, k, 1);
        DMatrixRMaj b = drawn(k, n, 2);
        DMatrixRMaj c = drawn(m, n, 3);
        DMatrixRMaj product = CommonOps_DDRM.mult(a, b, null);
        double[] sum = new double[m * n];
        Products.addProduct(a.data, 0, b.data, sum, 0, m, k, n);
        assertArrayEquals(product.data, sum, 1e-13);
        double[] transposed = new double[k * n];
        Products.addTransposedProduct(a.data, 0, c.data, 0, transposed, m, k, n);
        assertArrayEquals(CommonOps_DDRM.multTransA(a, c, null).data, transposed, 1e-13);
    }

    /** Runs with the Vector API in this JVM, so this compares it with plain loops. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "4,8,16", "7,5,9", "13,6,3", "64,32,32", "9,40,37"})
    void vectorsAndPlainLoopsGiveTheSameBits(int m, int k, int n) {
        org.junit.jupiter.api.Assertions.assertTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        double[] a = drawn(m, k, 1).data;
        double[] b = drawn(k, n, 2).data;
        double[] fast = drawn(m, n, 3).data;
        double[] plain = fast.clone();
        Products.addProduct(a, 0, b, fast, 0, m, k, n);
        Products.add(a, 0, k, 1, b, 0, plain, 0, m, k, n);
        assertArrayEquals(plain, fast);
        double[] c = drawn(m, n, 4).data;
        double[] fastTransposed = new double[k * n];
        double[] plainTransposed = new double[k * n];
        Products.addTransposedProduct(a, 0, c, 0, fastTransposed, m, k, n);
        Products.add(a, 0, 1, k, c, 0, plainTransposed, 0, k, m, n);
        assertArrayEquals(plainTransposed, fastTransposed);
    }

    private static DMatrixRMaj drawn(int rows, int columns, long seed) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        new Draws(Seed.of(seed)).fillUniform(matrix.data, 1);
        return matrix;
    }

    @Test
    void theSpectralRadiusOfARotationIsItsGrowth() {
        DMatrixRMaj spiral = new DMatrixRMaj(new double[][] {{0, -3}, {3, 0}});
        assertEquals(3, LinearAlgebra.spectralRadius(spiral), 1e-14);
    }

    /** Its characteristic polynomial is x^4 - 5 x^2 + 8, so all moduli are 8^(1/4); EJML's steps go round in circles on it. */
    @Test
    void theSpectralRadiusIsFoundWhereRealStepsDoNotConverge() {
        DMatrixRMaj stubborn =
                new DMatrixRMaj(new double[][] {{0, 1, 1, -1}, {1, 0, 1, 1}, {1, 1, -1, 1}, {-1, 1, -1, 1}});
        assertFalse(DecompositionFactory_DDRM.eig(4, false).decompose(stubborn.copy()));
        assertEquals(Math.pow(8, 0.25), LinearAlgebra.spectralRadius(stubborn), 1e-14);
    }

    @Test
    void gaussianDrawsHaveTheirMoments() {
        Draws draws = new Draws(Seed.of(6));
        double sum = 0;
        double squares = 0;
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            double x = draws.gaussian();
            sum += x;
            squares += x * x;
        }
        assertEquals(0, sum / count, 0.01);
        assertEquals(1, squares / count, 0.015);
    }

    @Test
    void firstDrawsOfAKnownSeedStayTheSameForEver() {
        Draws draws = new Draws(Seed.of(1).named("weights").child(2));
        double[] drawn = {draws.uniform(), draws.gaussian(), draws.uniform()};
        assertArrayEquals(PINNED, drawn);
    }

    private static final double[] PINNED = {0.678778008358851, 1.4228813054730414, 0.544753334108057};
}
