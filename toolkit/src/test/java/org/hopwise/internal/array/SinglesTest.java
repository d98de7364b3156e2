package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.hopwise.internal.engine.DoubleReals;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.SingleReals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with the Vector API in this JVM, so that vectors can be compared with plain loops. */
class SinglesTest {

    private static float[] drawn(int length, long seed) {
        float[] values = new float[length];
        new Gaussians(Seed.of(seed)).fill(values, 0, length);
        return values;
    }

    private static SingleReals reals(float[] values) {
        SingleReals reals = new SingleReals(values.length);
        System.arraycopy(values, 0, reals.values(), 0, values.length);
        return reals;
    }

    private static Reals panels(Reals matrix, int k, int n) {
        Reals panels = matrix.zeros(matrix.panelsLength(k, n));
        panels.panels(matrix, k, n);
        return panels;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,37", "64,32", "3,100"})
    void panelsOfATransposeAreThoseOfTheTransposedMatrix(int k, int n) {
        float[] b = drawn(n * k, 1);
        float[] transposed = new float[k * n];
        for (int i = 0; i < k * n; i++) {
            transposed[i] = b[i % n * k + i / n];
        }
        SingleReals straight = (SingleReals) panels(reals(transposed), k, n);
        // What was there before must not show in what fills up the last panel.
        SingleReals turned = reals(drawn(straight.length(), 2));
        turned.transposedPanels(reals(b), k, n);
        assertArrayEquals(straight.values(), turned.values());
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1",
        "4,8,32",
        "7,5,9",
        "13,6,3",
        "64,32,32",
        "9,40,37",
        "3,6,16",
        "3,8,32",
        "5,9,64",
        "300,64,64",
        "40,70,16",
        "70,300,40",
        "5,300,64",
        "65,700,96",
        "14,260,300"
    })
    void productsByVectorsAndByPlainLoopsGiveTheSameBits(int m, int k, int n) {
        float[] a = drawn(m * k, 1);
        float[] b = drawn(k * n, 2);
        float[] start = drawn(m * n, 3);
        for (boolean added : new boolean[] {true, false}) {
            float[] plain = start.clone();
            PlainSingles.product(a, 0, k, 1, b, 0, plain, 0, m, k, n, added);
            SingleReals fast = reals(start);
            fast.product(0, reals(a), 0, panels(reals(b), k, n), m, k, n, added);
            assertArrayEquals(plain, fast.values());
        }
        float[] c = drawn(m * n, 4);
        float[] plain = drawn(k * n, 5);
        SingleReals fast = reals(plain);
        PlainSingles.product(a, 0, 1, k, c, 0, plain, 0, k, m, n, true);
        fast.addTransposedProduct(reals(a), 0, reals(c), 0, m, k, n);
        assertArrayEquals(plain, fast.values());
    }

    @ParameterizedTest
    @CsvSource({
        "64,8,64,64",
        "5,3,32,32",
        "7,0,9,20",
        "9,7,0,20",
        "13,250,300,37",
        "6,300,5,16",
        "10,20,30,270",
        "5,200,300,140"
    })
    void aProductOfFactorsSideBySideHasTheBitsOfOneAfterTheOther(int m, int k, int l, int n) {
        SingleReals a = reals(drawn(m * k, 1));
        SingleReals b = reals(drawn(m * l, 2));
        SingleReals upper = reals(drawn(k * n, 3));
        SingleReals lower = reals(drawn(l * n, 4));
        Reals both = upper.zeros(upper.panelsLength(k + l, n));
        both.panels(upper, k, lower, l, n);
        for (boolean added : new boolean[] {true, false}) {
            float[] plain = drawn(m * n, 5);
            SingleReals fast = reals(plain);
            PlainSingles.product(a.values(), 0, k, 1, upper.values(), 0, plain, 0, m, k, n, added);
            PlainSingles.product(b.values(), 0, l, 1, lower.values(), 0, plain, 0, m, l, n, true);
            fast.product(0, a, 0, k, b, 0, l, both, m, n, added);
            assertArrayEquals(plain, fast.values());
        }
        SingleReals turned = reals(drawn(both.length(), 6));
        turned.transposedPanels(transposed(upper, k, n), k, transposed(lower, l, n), l, n);
        assertArrayEquals(((SingleReals) both).values(), turned.values());
        DoubleReals exact = new DoubleReals(wide(upper).panelsLength(k + l, n));
        exact.transposedPanels(wide(transposed(upper, k, n)), k, wide(transposed(lower, l, n)), l, n);
        DoubleReals straight = new DoubleReals(wide(upper).panelsLength(k + l, n));
        straight.panels(wide(upper), k, wide(lower), l, n);
        assertArrayEquals(straight.values(), exact.values());
        DoubleReals product = new DoubleReals(m * n);
        product.product(0, wide(a), 0, k, wide(b), 0, l, straight, m, n, false);
        SingleReals rounded = new SingleReals(m * n);
        rounded.product(0, a, 0, k, b, 0, l, both, m, n, false);
        for (int i = 0; i < m * n; i++) {
            assertEquals(product.get(i), rounded.get(i), 1e-4);
        }
    }

    private static SingleReals transposed(SingleReals matrix, int rows, int columns) {
        SingleReals turned = new SingleReals(rows * columns);
        for (int i = 0; i < rows * columns; i++) {
            turned.set(i % columns * rows + i / columns, matrix.get(i));
        }
        return turned;
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "64", "300"})
    void leaksAndScaledAdditionsByVectorsAndByPlainLoopsGiveTheSameBits(int length) {
        float[] x = drawn(length + 5, 1);
        float[] kept = drawn(length, 2);
        float[] plain = x.clone();
        float[] state = kept.clone();
        float a = 0.2f;
        for (int i = 0; i < length; i++) {
            state[i] = (float) (1 - 0.2) * state[i] + a * plain[5 + i];
            plain[5 + i] = state[i];
        }
        SingleReals fast = reals(x);
        SingleReals alsoKept = reals(kept);
        fast.leak(5, alsoKept, 0.2);
        assertArrayEquals(plain, fast.values());
        assertArrayEquals(state, alsoKept.values());
        for (int i = 0; i < length; i++) {
            plain[5 + i] += a * kept[i];
        }
        Singles.add(a, kept, fast.values(), 5, length);
        assertArrayEquals(plain, fast.values());
    }

    @ParameterizedTest
    @CsvSource({"7,5,9", "33,40,37"})
    void productsAgreeWithDoublePrecision(int m, int k, int n) {
        SingleReals a = reals(drawn(m * k, 1));
        SingleReals b = reals(drawn(k * n, 2));
        SingleReals c = new SingleReals(m * n);
        c.product(0, a, 0, panels(b, k, n), m, k, n, false);
        DoubleReals exact = new DoubleReals(m * n);
        exact.product(0, wide(a), 0, wide(b), m, k, n, false);
        for (int i = 0; i < m * n; i++) {
            assertEquals(exact.get(i), c.get(i), 1e-5);
        }
    }

    private static DoubleReals wide(Reals reals) {
        double[] values = new double[reals.length()];
        Arrays.setAll(values, reals::get);
        return DoubleReals.wrap(values);
    }

    @ParameterizedTest
    @CsvSource({"1", "31", "64", "300", "1000"})
    void loopsByVectorsAndByPlainLoopsGiveTheSameBits(int length) {
        float[] x = drawn(length, 1);
        float[] y = drawn(length, 2);
        float[] sums = new float[VectorSingles.SUMS];
        PlainSingles.dot(x, 0, y, 0, 0, length, sums);
        assertEquals(PlainSingles.total(sums), reals(x).dot(reals(y)));
        Arrays.fill(sums, 0);
        PlainSingles.moduli(x, 0, 0, length, sums);
        assertEquals(PlainSingles.total(sums), reals(x).signs(1, 0, length));
        float[] plain = x.clone();
        PlainSingles.tanh(plain, 0, length);
        SingleReals activated = reals(x);
        activated.tanh(0, length);
        assertArrayEquals(plain, activated.values());
        for (int i = 0; i < length; i++) {
            x[i] = i % 5 == 0 ? Float.NaN : 6 * x[i];
        }
        float[] far = x.clone();
        PlainSingles.tanh(far, 0, length);
        SingleReals alsoFar = reals(x);
        alsoFar.tanh(0, length);
        assertArrayEquals(far, alsoFar.values());
        float[] rows = drawn(70 * length, 3);
        PlainSingles.addRows(rows, 0, rows.length, plain);
        activated.addRows(reals(rows));
        assertArrayEquals(plain, activated.values());
    }

    @Test
    void theHyperbolicTangentIsWithinItsStatedErrorOfTheExactOne() {
        for (float x = -12; x <= 12; x += 1e-4f) {
            double exact = StrictMath.tanh(x);
            assertEquals(exact, PlainSingles.tanh(x), 4e-7 * Math.abs(exact), "tanh " + x);
            assertTrue(Math.abs(PlainSingles.tanh(x)) <= 1, "tanh " + x);
        }
        assertEquals(1e-30f, PlainSingles.tanh(1e-30f));
        assertEquals(1, PlainSingles.tanh(Float.POSITIVE_INFINITY), 1e-7);
        assertTrue(Float.isNaN(PlainSingles.tanh(Float.NaN)));
    }

    /** Values are cut off before and after the quotient in some vectors and not in others. */
    @Test
    void theHyperbolicTangentByVectorsIsThatByPlainLoopsEverywhere() {
        float[] x = new float[240_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 120_000) * 1e-4f;
        }
        SingleReals fast = reals(x);
        fast.tanh(0, x.length);
        PlainSingles.tanh(x, 0, x.length);
        assertArrayEquals(x, fast.values());
    }

    @Test
    void theSignIsExact() {
        float[] values = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-38f, -3, Float.MAX_VALUE, -1e30f};
        for (float value : values) {
            assertEquals(Math.signum(value), PlainSingles.sign(value), "sign of " + value);
        }
    }

    @Test
    void gaussiansByVectorsAndByPlainLoopsGiveTheSameBits() {
        float[] fast = new float[5000];
        float[] plain = new float[5000];
        Gaussians vectors = new Gaussians(Seed.of(3), true);
        Gaussians loops = new Gaussians(Seed.of(3), false);
        for (int fill = 0; fill < 3; fill++) {
            vectors.fill(fast, 7, 4901);
            loops.fill(plain, 7, 4901);
            assertArrayEquals(plain, fast);
        }
    }

    @Test
    void gaussiansHaveTheirMomentsTailsAndNoCorrelation() {
        int count = 4_000_000;
        float[] x = drawn(count, 6);
        double[] moments = new double[5];
        int[] beyond = new int[5];
        double neighbours = 0;
        double pairs = 0;
        for (int i = 0; i < count; i++) {
            double power = 1;
            for (int k = 0; k < 5; k++, power *= x[i]) {
                moments[k] += power / count;
            }
            for (int k = 1; k < 5; k++) {
                beyond[k] += Math.abs(x[i]) > k ? 1 : 0;
            }
            neighbours += i > 0 ? x[i] * x[i - 1] / (double) count : 0;
            pairs += i >= 32 ? x[i] * x[i] * x[i - 32] * x[i - 32] / (double) count : 0;
        }
        double error = 4 / Math.sqrt(count);
        assertEquals(0, moments[1], error);
        assertEquals(1, moments[2], Math.sqrt(2) * error);
        assertEquals(0, moments[3], Math.sqrt(15) * error);
        assertEquals(3, moments[4], Math.sqrt(96) * error);
        assertEquals(0, neighbours, error);
        assertEquals(1, pairs, Math.sqrt(8) * error);
        double[] tails = {1, 0.3173105, 0.0455003, 0.0026998, 6.3342e-5};
        for (int k = 1; k < 5; k++) {
            assertEquals(tails[k] * count, beyond[k], 4 * Math.sqrt(tails[k] * count), "beyond " + k);
        }
    }

    @Test
    void firstGaussiansOfAKnownSeedStayTheSameForEver() {
        assertArrayEquals(PINNED, drawn(3, 1));
    }

    private static final float[] PINNED = {-0.6592415f, 0.5056636f, 1.1693838f};
}
