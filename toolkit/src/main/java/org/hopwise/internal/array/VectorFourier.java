package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link FourierLines} with the JDK's Vector API, a lane a line. A name such as {@code b2i} is the imaginary
 * part of number 2 of b. Twelve multiplications of a butterfly are fused with six additions.
 */
final class VectorFourier {

    private static final VectorSpecies<Double> SPECIES = VectorSparse.SPECIES;
    static final int LANES = SPECIES.length();
    /** Doubles from one number of the lines to the next. */
    private static final int NEXT = 2 * LANES;

    private VectorFourier() {}

    private static DoubleVector at(double[] z, int i) {
        return DoubleVector.fromArray(SPECIES, z, i);
    }

    private static DoubleVector all(double x) {
        return DoubleVector.broadcast(SPECIES, x);
    }

    /** One size of butterflies of four on the way there: sums of four numbers a quarter apart, then turned. */
    static void apart(double[] z, int z0, int quarter, double[] turns) {
        int one = quarter * NEXT;
        int two = 2 * one;
        int three = 3 * one;
        for (int j = 0; j < quarter; j++) {
            int a = z0 + j * NEXT;
            DoubleVector r0 = at(z, a);
            DoubleVector i0 = at(z, a + LANES);
            DoubleVector r2 = at(z, a + two);
            DoubleVector i2 = at(z, a + two + LANES);
            DoubleVector er = r0.add(r2);
            DoubleVector ei = i0.add(i2);
            DoubleVector fr = r0.sub(r2);
            DoubleVector fi = i0.sub(i2);
            DoubleVector r1 = at(z, a + one);
            DoubleVector i1 = at(z, a + one + LANES);
            DoubleVector r3 = at(z, a + three);
            DoubleVector i3 = at(z, a + three + LANES);
            DoubleVector gr = r1.add(r3);
            DoubleVector gi = i1.add(i3);
            DoubleVector hr = r1.sub(r3);
            DoubleVector hi = i1.sub(i3);
            er.add(gr).intoArray(z, a);
            ei.add(gi).intoArray(z, a + LANES);
            // e - g, f - i h, f + i h.
            int t = 6 * j;
            turned(fr.add(hi), fi.sub(hr), turns[t], turns[t + 1], z, a + one);
            turned(er.sub(gr), ei.sub(gi), turns[t + 2], turns[t + 3], z, a + two);
            turned(fr.sub(hi), fi.add(hr), turns[t + 4], turns[t + 5], z, a + three);
        }
    }

    private static void turned(DoubleVector re, DoubleVector im, double c, double s, double[] z, int at) {
        DoubleVector cos = all(c);
        DoubleVector sin = all(s);
        re.fma(cos, im.mul(sin).neg()).intoArray(z, at);
        im.fma(cos, re.mul(sin)).intoArray(z, at + LANES);
    }

    /** The way back: turned back, then the sums. */
    static void together(double[] z, int z0, int quarter, double[] turns) {
        int one = quarter * NEXT;
        int two = 2 * one;
        int three = 3 * one;
        for (int j = 0; j < quarter; j++) {
            int a = z0 + j * NEXT;
            int t = 6 * j;
            DoubleVector cos = all(turns[t]);
            DoubleVector sin = all(turns[t + 1]);
            DoubleVector re = at(z, a + one);
            DoubleVector im = at(z, a + one + LANES);
            DoubleVector r1 = re.fma(cos, im.mul(sin));
            DoubleVector i1 = im.fma(cos, re.mul(sin).neg());
            cos = all(turns[t + 4]);
            sin = all(turns[t + 5]);
            re = at(z, a + three);
            im = at(z, a + three + LANES);
            DoubleVector r3 = re.fma(cos, im.mul(sin));
            DoubleVector i3 = im.fma(cos, re.mul(sin).neg());
            DoubleVector gr = r1.add(r3);
            DoubleVector gi = i1.add(i3);
            DoubleVector hr = r1.sub(r3);
            DoubleVector hi = i1.sub(i3);
            cos = all(turns[t + 2]);
            sin = all(turns[t + 3]);
            re = at(z, a + two);
            im = at(z, a + two + LANES);
            DoubleVector r2 = re.fma(cos, im.mul(sin));
            DoubleVector i2 = im.fma(cos, re.mul(sin).neg());
            DoubleVector r0 = at(z, a);
            DoubleVector i0 = at(z, a + LANES);
            DoubleVector er = r0.add(r2);
            DoubleVector ei = i0.add(i2);
            DoubleVector fr = r0.sub(r2);
            DoubleVector fi = i0.sub(i2);
            // e + g, f + i h, e - g, f - i h.
            er.add(gr).intoArray(z, a);
            ei.add(gi).intoArray(z, a + LANES);
            fr.sub(hi).intoArray(z, a + one);
            fi.add(hr).intoArray(z, a + one + LANES);
            er.sub(gr).intoArray(z, a + two);
            ei.sub(gi).intoArray(z, a + two + LANES);
            fr.add(hi).intoArray(z, a + three);
            fi.sub(hr).intoArray(z, a + three + LANES);
        }
    }

    /** Whole transforms of four or eight numbers. */
    static void ends(double[] z, int z0, int size, int count, boolean back) {
        for (int i = 0; i < count; i++) {
            int a = z0 + i * size * NEXT;
            if (size == 4) {
                four(z, a, back);
            } else if (back) {
                four(z, a, true);
                four(z, a + 4 * NEXT, true);
                eightTogether(z, a);
            } else {
                eightApart(z, a);
                four(z, a, false);
                four(z, a + 4 * NEXT, false);
            }
        }
    }

    /** One transform of four numbers, there or back, which exchanges numbers 1 and 3 of the result. */
    private static void four(double[] z, int a, boolean back) {
        int first = a + (back ? 3 : 1) * NEXT;
        int third = a + (back ? 1 : 3) * NEXT;
        DoubleVector r0 = at(z, a);
        DoubleVector i0 = at(z, a + LANES);
        DoubleVector r1 = at(z, a + NEXT);
        DoubleVector i1 = at(z, a + NEXT + LANES);
        DoubleVector r2 = at(z, a + 2 * NEXT);
        DoubleVector i2 = at(z, a + 2 * NEXT + LANES);
        DoubleVector r3 = at(z, a + 3 * NEXT);
        DoubleVector i3 = at(z, a + 3 * NEXT + LANES);
        DoubleVector er = r0.add(r2);
        DoubleVector ei = i0.add(i2);
        DoubleVector fr = r0.sub(r2);
        DoubleVector fi = i0.sub(i2);
        DoubleVector gr = r1.add(r3);
        DoubleVector gi = i1.add(i3);
        DoubleVector hr = r1.sub(r3);
        DoubleVector hi = i1.sub(i3);
        er.add(gr).intoArray(z, a);
        ei.add(gi).intoArray(z, a + LANES);
        fr.add(hi).intoArray(z, first);
        fi.sub(hr).intoArray(z, first + LANES);
        er.sub(gr).intoArray(z, a + 2 * NEXT);
        ei.sub(gi).intoArray(z, a + 2 * NEXT + LANES);
        fr.sub(hi).intoArray(z, third);
        fi.add(hr).intoArray(z, third + LANES);
    }

    /** Sums of numbers four apart, and their differences turned by 0 to 3 eighths. */
    private static void eightApart(double[] z, int a) {
        int b = a + 4 * NEXT;
        for (int j = 0; j < 4; j++) {
            DoubleVector ar = at(z, a + j * NEXT);
            DoubleVector ai = at(z, a + j * NEXT + LANES);
            DoubleVector br = at(z, b + j * NEXT);
            DoubleVector bi = at(z, b + j * NEXT + LANES);
            ar.add(br).intoArray(z, a + j * NEXT);
            ai.add(bi).intoArray(z, a + j * NEXT + LANES);
            turned(ar.sub(br), ai.sub(bi), PlainFourier.COS_EIGHTH[j], PlainFourier.SIN_EIGHTH[j], z, b + j * NEXT);
        }
    }

    private static void eightTogether(double[] z, int a) {
        int b = a + 4 * NEXT;
        for (int j = 0; j < 4; j++) {
            DoubleVector cos = all(PlainFourier.COS_EIGHTH[j]);
            DoubleVector sin = all(PlainFourier.SIN_EIGHTH[j]);
            DoubleVector ar = at(z, a + j * NEXT);
            DoubleVector ai = at(z, a + j * NEXT + LANES);
            DoubleVector re = at(z, b + j * NEXT);
            DoubleVector im = at(z, b + j * NEXT + LANES);
            DoubleVector br = re.fma(cos, im.mul(sin));
            DoubleVector bi = im.fma(cos, re.mul(sin).neg());
            ar.add(br).intoArray(z, a + j * NEXT);
            ai.add(bi).intoArray(z, a + j * NEXT + LANES);
            ar.sub(br).intoArray(z, b + j * NEXT);
            ai.sub(bi).intoArray(z, b + j * NEXT + LANES);
        }
    }

    static void multiply(double[] z, int z0, double[] factors, int f0, int count) {
        for (int i = 0; i < count * NEXT; i += NEXT) {
            DoubleVector re = at(z, z0 + i);
            DoubleVector im = at(z, z0 + i + LANES);
            DoubleVector c = at(factors, f0 + i);
            DoubleVector s = at(factors, f0 + i + LANES);
            c.mul(re).sub(s.mul(im)).intoArray(z, z0 + i);
            c.mul(im).add(s.mul(re)).intoArray(z, z0 + i + LANES);
        }
    }

    static int squash(double[] z, int z0, int count) {
        for (int i = 0; i < count; i++) {
            DoubleVector re = at(z, z0 + i * NEXT);
            DoubleVector im = at(z, z0 + i * NEXT + LANES);
            DoubleVector square = re.mul(re).add(1).add(im.mul(im));
            if (!square.compare(VectorOperators.LE, Double.MAX_VALUE).allTrue()) {
                return i;
            }
            DoubleVector size = square.sqrt();
            re.div(size).intoArray(z, z0 + i * NEXT);
            im.div(size).intoArray(z, z0 + i * NEXT + LANES);
        }
        return count;
    }
}
