package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.numbers.gamma.Erf;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 16", "12, 5, 16", "13, 7, 32", "30, 41, 48", "25, 100, 64"})
    void aProductIsTheSumOfProductsAndHasTheBitsOfPlainLoops(int rows, int depth, int width) {
        Draws draws = new Draws(Seed.of(rows));
        double[] a = new double[rows * depth];
        for (int i = 0; i < a.length; i++) {
            a[i] = draws.gaussian();
        }
        float[] b = new float[depth * width];
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) draws.gaussian();
        }
        PackedMatrix packed = PackedMatrix.of(a, rows, depth);
        float[] c = new float[packed.resultLength(width)];
        packed.multiply(b, c, width, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                double sum = 0;
                float chain = 0;
                for (int p = 0; p < depth; p++) {
                    sum += a[i * depth + p] * b[p * width + j];
                    chain = Math.fma((float) a[i * depth + p], b[p * width + j], chain);
                }
                assertEquals(sum, c[i * width + j], 1e-5 * Math.sqrt(depth) * 3);
                assertEquals(chain, c[i * width + j]);
            }
        }
        float[] panel = new float[PackedMatrix.PANEL * width];
        float[] firstRows = new float[PackedMatrix.PANEL * depth];
        for (int p = 0; p < depth; p++) {
            for (int i = 0; i < Math.min(rows, PackedMatrix.PANEL); i++) {
                firstRows[p * PackedMatrix.PANEL + i] = (float) a[i * depth + p];
            }
        }
        PackedMatrix.plain(firstRows, 0, b, panel, 0, depth, width);
        assertArrayEquals(java.util.Arrays.copyOf(c, panel.length), panel);
    }

    @Test
    void theTransposeIsPackedFromTheFirstColumns() {
        float[] values = {1, 2, 3, 4, 5, 6}; // 2 rows of 3
        PackedMatrix packed = PackedMatrix.transposed(values, 3, 2, 2); // [1 4; 2 5]
        float[] unit = new float[2 * 16];
        unit[0] = 1;
        unit[16 + 1] = 1;
        float[] c = new float[packed.resultLength(16)];
        packed.multiply(unit, c, 16, 2);
        assertArrayEquals(new float[] {1, 4}, new float[] {c[0], c[1]});
        assertArrayEquals(new float[] {2, 5}, new float[] {c[16], c[17]});
    }

    @Test
    void oddRationalsAreWithinFourInTenMillionOfTheirFunctions() {
        double worst = 0;
        for (double x = -12; x <= 12; x += 1e-4) {
            double tanh = Math.tanh((float) x);
            double erf = Erf.value(Math.sqrt(Math.PI) / 2 * (float) x);
            worst = Math.max(worst, Math.abs(OddRational.TANH.apply((float) x) / tanh - 1));
            worst = Math.max(worst, Math.abs(OddRational.SCALED_ERF.apply((float) x) / erf - 1));
        }
        assertTrue(worst < 4e-7, "relative error " + worst);
        assertEquals(1, OddRational.TANH.apply(1e30f), 2e-7);
        assertEquals(-1, OddRational.SCALED_ERF.apply(-1e30f), 2e-7);
        assertEquals(1e-20f, OddRational.TANH.apply(1e-20f));
    }

    @Test
    void manyNumbersAtOnceHaveTheBitsOfSingleOnes() {
        float[] x = new float[1003];
        Draws draws = new Draws(Seed.of(5));
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (4 * draws.gaussian());
        }
        for (OddRational f : new OddRational[] {OddRational.TANH, OddRational.SCALED_ERF}) {
            float[] y = new float[x.length];
            f.apply(x, y);
            for (int i = 0; i < x.length; i++) {
                assertEquals(f.apply(x[i]), y[i]);
            }
        }
    }
}
