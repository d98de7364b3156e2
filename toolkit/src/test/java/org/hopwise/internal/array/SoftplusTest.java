package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SoftplusTest {

    private static final double ULPS = 2.5;

    private static double exact(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double ulps(float found, double exact) {
        return Math.abs(found - exact) / Math.ulp((float) exact);
    }

    @Test
    void valuesAreWithinTwoAndAHalfUnitsOfTheLastPlace() {
        double worst = 0;
        for (float x = -87; x <= 40; x += 1e-3f) {
            worst = Math.max(worst, ulps(Softplus.of(x), exact(x)));
        }
        assertTrue(worst < ULPS, "worst " + worst);
        assertEquals(StrictMath.log(2), Softplus.of(0), 1e-7);
    }

    @Test
    void slopesAreAccurateRelativeToThemselves() {
        double worst = 0;
        for (float state = 1e-30f; state < 120; state *= 1.001f) {
            worst = Math.max(worst, ulps(Softplus.slope(state), -StrictMath.expm1(-state)));
        }
        assertTrue(worst < ULPS, "worst " + worst);
        assertTrue(Softplus.slope(0) == 0);
    }

    @Test
    void farOutTheFunctionIsItsOwnLimit() {
        assertEquals(0, Softplus.of(-88));
        assertEquals(0, Softplus.of(Float.NEGATIVE_INFINITY));
        assertEquals(1e30f, Softplus.of(1e30f));
        assertEquals(Float.POSITIVE_INFINITY, Softplus.of(Float.POSITIVE_INFINITY));
        assertEquals(1, Softplus.slope(Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(Softplus.of(Float.NaN)));
        assertTrue(Float.isNaN(Softplus.slope(Float.NaN)));
    }

    @Test
    void vectorsAndPlainLoopsGiveTheSameBits() {
        int length = 30_011;
        float[] x = new float[length];
        float[] gradient = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = i % 997 == 0 ? Float.NaN : (i - 15_000) * 0.00731f;
            gradient[i] = 1 - i * 1e-4f;
        }
        x[1] = Float.NEGATIVE_INFINITY;
        x[2] = Float.POSITIVE_INFINITY;
        float[] plain = x.clone();
        float[] slopes = gradient.clone();
        for (int i = 3; i < length - 2; i++) {
            plain[i] = Softplus.of(x[i]);
            slopes[i] *= Softplus.slope(plain[i]);
        }
        Softplus.apply(x, 3, length - 2);
        assertArrayEquals(plain, x);
        Softplus.timesSlope(gradient, x, 3, length - 2);
        assertArrayEquals(slopes, gradient);
    }
}
