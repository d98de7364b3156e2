package org.hopwise.internal.array;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop of {@link Gaussians} with the JDK's Vector API: a vector of strands at a time. Compiled apart from all other
 * classes, so it uses none.
 */
final class VectorGaussians {

    static final int STRANDS = 32;

    /** log(1 + f) = f times a polynomial, for 1 + f from sqrt(1/2) to sqrt(2): relative error 3e-8. */
    static final float L0 = 1.0f;

    static final float L1 = -0.49999988f;
    static final float L2 = 0.33334187f;
    static final float L3 = -0.25002074f;
    static final float L4 = 0.19956833f;
    static final float L5 = -0.16562393f;
    static final float L6 = 0.14952266f;
    static final float L7 = -0.14366844f;
    static final float L8 = 0.08722357f;
    static final float LN2 = 0.6931472f;
    /** sin(pi w / 4) = w times a polynomial of w^2, |w| up to 1: relative error 4e-9. */
    static final float S0 = 0.7853982f;

    static final float S1 = -0.080745436f;
    static final float S2 = 0.002490001f;
    static final float S3 = -3.5950452e-05f;
    /** cos(pi w / 4), a polynomial of w^2: relative error 4e-8. */
    static final float C0 = 0.99999994f;

    static final float C1 = -0.30842417f;
    static final float C2 = 0.015849683f;
    static final float C3 = -0.00031872783f;

    static final float PER_31_BITS = 0x1p-31f;
    static final float HALF_STEP = 0x1p-32f;
    /** The bits of sqrt(1/2). */
    static final int ROOT_HALF = 0x3f3504f3;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = SPECIES.vectorShape().withLanes(int.class);
    private static final int LANES = SPECIES.length();

    private VectorGaussians() {}

    /** Fills whole blocks of 2 {@link #STRANDS} words; {@code state} holds four words of every strand. */
    static void words(int[] state, int[] words, int blocks) {
        for (int strand = 0; strand < STRANDS; strand += LANES) {
            IntVector s0 = IntVector.fromArray(INTS, state, strand);
            IntVector s1 = IntVector.fromArray(INTS, state, strand + STRANDS);
            IntVector s2 = IntVector.fromArray(INTS, state, strand + 2 * STRANDS);
            IntVector s3 = IntVector.fromArray(INTS, state, strand + 3 * STRANDS);
            for (int row = 0; row < 2 * blocks; row++) {
                rotated(s0.add(s3), 7).add(s0).intoArray(words, row * STRANDS + strand);
                IntVector t = s1.lanewise(VectorOperators.LSHL, 9);
                s2 = s2.lanewise(VectorOperators.XOR, s0);
                s3 = s3.lanewise(VectorOperators.XOR, s1);
                s1 = s1.lanewise(VectorOperators.XOR, s2);
                s0 = s0.lanewise(VectorOperators.XOR, s3);
                s2 = s2.lanewise(VectorOperators.XOR, t);
                s3 = rotated(s3, 11);
            }
            s0.intoArray(state, strand);
            s1.intoArray(state, strand + STRANDS);
            s2.intoArray(state, strand + 2 * STRANDS);
            s3.intoArray(state, strand + 3 * STRANDS);
        }
    }

    /**
     * Turns blocks of words into Gaussian numbers; see {@link Gaussians}. One long method, because methods above 325
     * bytes of code are not compiled into their callers: deep in other methods the JIT gives up on vectors and makes an
     * object of each, and drawing takes twice as long.
     */
    static void transform(int[] words, float[] values, int at, int blocks) {
        for (int i = 0; i < blocks * STRANDS; i += LANES) {
            int from = 2 * i - i % STRANDS;
            FloatVector u = floats(IntVector.fromArray(INTS, words, from).lanewise(VectorOperators.LSHR, 1))
                    .fma(of(PER_31_BITS), of(HALF_STEP));
            IntVector raw = u.reinterpretAsInts();
            IntVector exponent = raw.sub(ROOT_HALF).lanewise(VectorOperators.ASHR, 23);
            FloatVector f = raw.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(1);
            FloatVector log = f.fma(of(L8), of(L7));
            log = log.fma(f, of(L6));
            log = log.fma(f, of(L5));
            log = log.fma(f, of(L4));
            log = log.fma(f, of(L3));
            log = log.fma(f, of(L2));
            log = log.fma(f, of(L1));
            log = log.fma(f, of(L0)).mul(f);
            FloatVector radius = floats(exponent).fma(of(LN2), log).mul(-2).lanewise(VectorOperators.SQRT);
            IntVector v = IntVector.fromArray(INTS, words, from + STRANDS);
            FloatVector w = floats(v.lanewise(VectorOperators.LSHL, 2)).mul(PER_31_BITS);
            FloatVector ww = w.mul(w);
            FloatVector c = ww.fma(of(C3), of(C2)).fma(ww, of(C1)).fma(ww, of(C0));
            FloatVector s =
                    ww.fma(of(S3), of(S2)).fma(ww, of(S1)).fma(ww, of(S0)).mul(w);
            IntVector sign = v.lanewise(VectorOperators.AND, 0x80000000);
            IntVector cosine = c.reinterpretAsInts().lanewise(VectorOperators.XOR, sign);
            IntVector sine = s.reinterpretAsInts();
            IntVector swap = v.lanewise(VectorOperators.LSHL, 1)
                    .lanewise(VectorOperators.ASHR, 31)
                    .lanewise(VectorOperators.AND, cosine.lanewise(VectorOperators.XOR, sine));
            radius.mul(cosine.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats())
                    .intoArray(values, at + from);
            radius.mul(sine.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats())
                    .intoArray(values, at + from + STRANDS);
        }
    }

    private static IntVector rotated(IntVector x, int by) {
        return x.lanewise(VectorOperators.LSHL, by)
                .lanewise(VectorOperators.OR, x.lanewise(VectorOperators.LSHR, 32 - by));
    }

    private static FloatVector floats(IntVector x) {
        return (FloatVector) x.convert(VectorOperators.I2F, 0);
    }

    private static FloatVector of(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }
}
