package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ForkJoinPool;
import org.hopwise.Seed;
import org.hopwise.internal.engine.DoubleReals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoublePanelsTest {

    private static double[] gaussian(int length, long seed) {
        Draws draws = new Draws(Seed.of(seed));
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = draws.gaussian();
        }
        return values;
    }

    /** Whole tiles, edges below and beside them, blocks of the summed index, and sizes that need no panels. */
    @ParameterizedTest
    @CsvSource({"1, 256, 256", "48, 300, 251", "50, 600, 130", "7, 257, 263", "96, 256, 512", "5, 30, 20"})
    void productsHaveTheBitsOfPlainLoops(int m, int k, int n) {
        double[] a = gaussian(3 + m * k, 1);
        double[] b = gaussian(k * n, 2);
        double[] before = gaussian(2 + m * n, 3);
        DoubleReals factor = new DoubleReals(new DoubleReals(0).panelsLength(k, n));
        factor.panels(DoubleReals.wrap(b), k, n);
        double[] turned = new double[n * k];
        Products.transpose(b, k, n, turned);
        DoubleReals fromTurned = new DoubleReals(factor.length());
        fromTurned.transposedPanels(DoubleReals.wrap(turned), k, n);
        for (boolean added : new boolean[] {false, true}) {
            double[] known = before.clone();
            if (!added) {
                java.util.Arrays.fill(known, 2, known.length, 0);
            }
            Products.add(a, 3, k, 1, b, 0, known, 2, m, k, n);
            for (DoubleReals panels : new DoubleReals[] {factor, fromTurned}) {
                double[] c = before.clone();
                DoubleReals.wrap(c).product(2, DoubleReals.wrap(a), 3, panels, m, k, n, added);
                assertArrayEquals(known, c);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"600, 256, 256", "300, 251, 300", "31, 20, 13"})
    void transposedProductsHaveTheBitsOfPlainLoops(int m, int k, int n) {
        double[] a = gaussian(5 + m * k, 1);
        double[] b = gaussian(7 + m * n, 2);
        double[] known = gaussian(k * n, 3);
        double[] c = known.clone();
        Products.add(a, 5, 1, k, b, 7, known, 0, k, m, n);
        DoubleReals.wrap(c).addTransposedProduct(DoubleReals.wrap(a), 5, DoubleReals.wrap(b), 7, m, k, n);
        assertArrayEquals(known, c);
    }

    @Test
    void aSquareHasTheSameBitsOnOneAndTwoCores() throws Exception {
        int n = 290;
        double[] a = gaussian(n * n, 4);
        double[] known = new double[n * n];
        Products.add(a, 0, n, 1, a, 0, known, 0, n, n, n);
        double[] panels = new double[DoublePanels.length(n, n)];
        for (int threads = 1; threads <= 2; threads++) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                double[] square = gaussian(n * n, 5);
                pool.submit(() -> DoublePanels.square(a, n, panels, square)).get();
                assertArrayEquals(known, square);
            } finally {
                pool.shutdown();
            }
        }
        assertTrue(DoublePanels.gain(n, n) || !Products.VECTORS);
    }
}
