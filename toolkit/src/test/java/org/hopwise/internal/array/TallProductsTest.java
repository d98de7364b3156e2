package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TallProductsTest {

    private static DMatrixRMaj drawn(int rows, int columns, long seed) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        new Draws(Seed.of(seed)).fillUniform(matrix.data, 1);
        return matrix;
    }

    /** With repeated places, so that entries add up. */
    private static SparseMatrix.Source entries(int size, int count) {
        return sink -> {
            Draws draws = new Draws(Seed.of(7));
            for (int i = 0; i < count; i++) {
                sink.entry(draws.below(size), draws.below(size), draws.gaussian());
            }
        };
    }

    private static DMatrixRMaj dense(int size, int count) {
        DMatrixRMaj dense = new DMatrixRMaj(size, size);
        entries(size, count).send(dense::add);
        return dense;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "7,7,3", "13,6,8", "25,40,32", "64,33,45", "9,9,100"})
    void aTallProductIsTheProductOfTheLibrary(int rows, int depth, int columns) {
        DMatrixRMaj a = drawn(rows, depth, 1);
        DMatrixRMaj x = drawn(depth, columns, 2);
        DMatrixRMaj product = TallProducts.product(a, TallMatrix.of(x)).transposed();
        assertArrayEquals(CommonOps_DDRM.transpose(CommonOps_DDRM.mult(a, x, null), null).data, product.data, 1e-13);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 24, 32, 61})
    void vectorsAndPlainLoopsGiveTheSameBits(int columns) {
        DMatrixRMaj a = drawn(45, 37, 1);
        TallMatrix x = TallMatrix.of(drawn(37, columns, 2));
        TallMatrix fast = new TallMatrix(45, columns);
        TallMatrix plain = new TallMatrix(45, columns);
        TallProducts.rows(a, x, fast, 0, 45, true);
        TallProducts.rows(a, x, plain, 0, 45, false);
        assertArrayEquals(plain.data, fast.data);
        SparseMatrix sparse = SparseMatrix.of(37, 300, entries(37, 300));
        TallMatrix sparseFast = new TallMatrix(37, columns);
        TallMatrix sparsePlain = new TallMatrix(37, columns);
        sparse.rows(x, sparseFast, 0, 37, true);
        sparse.rows(x, sparsePlain, 0, 37, false);
        assertArrayEquals(sparsePlain.data, sparseFast.data);
    }

    @ParameterizedTest
    @CsvSource({"30,200", "30,0", "1000,40000"})
    void aSparseProductIsThatOfTheDenseMatrix(int size, int count) {
        SparseMatrix sparse = SparseMatrix.of(size, count, entries(size, count));
        DMatrixRMaj dense = dense(size, count);
        TallMatrix x = TallMatrix.of(drawn(size, 11, 3));
        TallMatrix y = new TallMatrix(size, 11);
        sparse.multiply(x, y);
        assertArrayEquals(TallProducts.product(dense, x).data, y.data, 1e-11);
        double[] vector = drawn(size, 1, 4).data;
        double[] result = new double[size];
        double[] known = new double[size];
        sparse.multiply(vector, result);
        TallProducts.multiply(dense, vector, known);
        assertArrayEquals(known, result, 1e-11);
        assertArrayEquals(CommonOps_DDRM.mult(dense, DMatrixRMaj.wrap(size, 1, vector), null).data, known, 1e-11);
    }

    /** 40,000 units of degree 30 have three bands of columns. */
    @Test
    void bandsThreadsAndVectorsChangeNoBit() throws Exception {
        int size = 40_000;
        SparseMatrix sparse = SparseMatrix.of(size, 30L * size, entries(size, 30 * size));
        assertEquals(3, sparse.bands());
        TallMatrix x = TallMatrix.of(drawn(size, 9, 3));
        TallMatrix plain = new TallMatrix(size, 9);
        sparse.rows(x, plain, 0, size, false);
        double[] first = null;
        for (int threads = 1; threads <= 3; threads++) {
            TallMatrix y = new TallMatrix(size, 9);
            double[] vector = new double[size];
            ForkJoinPool pool = new ForkJoinPool(threads);
            pool.submit(() -> {
                        sparse.multiply(x, y);
                        sparse.multiply(drawn(size, 1, 4).data, vector);
                    })
                    .get();
            pool.shutdown();
            assertArrayEquals(plain.data, y.data);
            first = first == null ? vector : first;
            assertArrayEquals(first, vector);
        }
    }

    @Test
    void bandAfterBandGivesTheBitsOfTheWhole() {
        int size = 40_000;
        SparseMatrix sparse = SparseMatrix.of(size, 30L * size, entries(size, 30 * size));
        TallMatrix x = TallMatrix.of(drawn(size, 9, 3));
        TallMatrix known = new TallMatrix(size, 9);
        sparse.multiply(x, known);
        TallMatrix y = new TallMatrix(size, 9);
        int width = SparseMatrix.bandWidth(size, 30L * size);
        for (int band = 0; band < sparse.bands(); band++) {
            int first = band * width;
            int last = Math.min(first + width, size);
            TallMatrix part = new TallMatrix(last - first, 9);
            part.setRows(Arrays.copyOfRange(x.rowByRow(), first * 9, last * 9));
            sparse.multiply(band, part, y);
        }
        assertArrayEquals(known.data, y.data);
    }

    @Test
    void someRowsGiveTheBitsOfTheWhole() {
        int size = 40_000;
        long all = 30L * size;
        SparseMatrix.Source source = entries(size, 30 * size);
        SparseMatrix whole = SparseMatrix.of(size, all, source);
        TallMatrix x = TallMatrix.of(drawn(size, 3, 3));
        TallMatrix known = new TallMatrix(size, 3);
        whole.multiply(x, known);
        int first = 11_111;
        int end = 11_444;
        SparseMatrix.Source some = sink -> source.send((row, column, value) -> {
            if (row >= first && row < end) {
                sink.entry(row - first, column, value);
            }
        });
        long[] entries = new long[1];
        some.send((row, column, value) -> entries[0]++);
        SparseMatrix piece = SparseMatrix.rows(end - first, size, all, entries[0], some);
        assertEquals(whole.bands(), piece.bands());
        TallMatrix y = new TallMatrix(end - first, 3);
        piece.multiply(x, y);
        assertArrayEquals(Arrays.copyOfRange(known.rowByRow(), first * 3, end * 3), y.rowByRow());
    }

    @Test
    void denseProductsHaveTheSameBitsOnAnyNumberOfThreads() throws Exception {
        DMatrixRMaj a = drawn(701, 701, 1);
        TallMatrix x = TallMatrix.of(drawn(701, 32, 2));
        TallMatrix plain = new TallMatrix(701, 32);
        TallProducts.rows(a, x, plain, 0, 701, false);
        for (int threads = 1; threads <= 3; threads++) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            TallMatrix y = pool.submit(() -> TallProducts.product(a, x)).get();
            pool.shutdown();
            assertArrayEquals(plain.data, y.data);
        }
    }
}
