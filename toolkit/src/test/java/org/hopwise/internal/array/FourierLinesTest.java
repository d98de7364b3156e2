package org.hopwise.internal.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierLinesTest {

    private static final int LINES = FourierLines.LINES;

    private static double[] random(int count, int seed) {
        Draws draws = new Draws(Seed.of(seed));
        double[] values = new double[count];
        java.util.Arrays.setAll(values, i -> draws.gaussian());
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512})
    void everyLineIsTransformedAsItsDefinitionSays(int length) {
        FourierLines transform = new FourierLines(length);
        int at = 2 * LINES;
        double[] z = random(at + 2 * LINES * length, length);
        double[] before = z.clone();
        transform.forward(z, at);
        for (int line = 0; line < LINES; line++) {
            for (int k = 0; k < length; k++) {
                double re = 0;
                double im = 0;
                for (int x = 0; x < length; x++) {
                    double angle = -2 * Math.PI * (k * x % length) / length;
                    double a = before[at + 2 * LINES * x + line];
                    double b = before[at + 2 * LINES * x + line + LINES];
                    re += a * Math.cos(angle) - b * Math.sin(angle);
                    im += a * Math.sin(angle) + b * Math.cos(angle);
                }
                int place = at + 2 * LINES * transform.place(k) + line;
                assertEquals(re, z[place], 1e-12 * length, "wave " + k + " of line " + line);
                assertEquals(im, z[place + LINES], 1e-12 * length, "wave " + k + " of line " + line);
            }
        }
        transform.inverse(z, at);
        for (int i = 0; i < z.length; i++) {
            assertEquals(before[i] * (i < at ? 1 : length), z[i], 1e-13 * length);
        }
    }

    @Test
    void plainLoopsGiveTheBitsOfVectors() {
        assertTrue(Products.VECTORS, "tests run with the vector module");
        for (int size : new int[] {4, 8}) {
            for (boolean back : new boolean[] {false, true}) {
                double[] vectors = random(2 * LINES * size * 4, 1);
                double[] plain = vectors.clone();
                VectorFourier.ends(vectors, 0, size, 4, back);
                PlainFourier.ends(plain, 0, size, 4, back, LINES);
                assertArrayEquals(plain, vectors, size + (back ? " back" : " there"));
            }
        }
        double[] vectors = random(2 * LINES * 64, 2);
        double[] plain = vectors.clone();
        double[] turns = random(6 * 16, 3);
        VectorFourier.apart(vectors, 0, 16, turns);
        PlainFourier.apart(plain, 0, 16, turns, LINES);
        assertArrayEquals(plain, vectors);
        VectorFourier.together(vectors, 0, 16, turns);
        PlainFourier.together(plain, 0, 16, turns, LINES);
        assertArrayEquals(plain, vectors);
        double[] factors = random(2 * LINES * 64, 4);
        VectorFourier.multiply(vectors, 0, factors, 0, 64);
        PlainFourier.multiply(plain, 0, factors, 0, 64, LINES);
        assertArrayEquals(plain, vectors);
        assertEquals(64, VectorFourier.squash(vectors, 0, 64));
        assertEquals(64, PlainFourier.squash(plain, 0, 64, LINES));
        assertArrayEquals(plain, vectors);
    }

    @Test
    void squashingStopsAtANumberTooLargeToSquare() {
        double[] z = random(2 * LINES * 8, 5);
        z[2 * LINES * 3 + LINES - 1] = 1e200;
        double[] plain = z.clone();
        assertEquals(3, VectorFourier.squash(z, 0, 8));
        assertEquals(3, PlainFourier.squash(plain, 0, 8, LINES));
        assertArrayEquals(plain, z);
    }

    @Test
    void onlyPowersOfTwoAreKnown() {
        assertTrue(FourierLines.knows(8) && FourierLines.knows(1024));
        assertFalse(FourierLines.knows(4) || FourierLines.knows(12) || FourierLines.knows(1000));
    }
}
