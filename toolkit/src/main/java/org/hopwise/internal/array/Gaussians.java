package org.hopwise.internal.array;

import org.hopwise.Seed;

/**
 * Standard Gaussian numbers in single precision, many at a time: 32 strands of xoshiro128++ (Blackman and Vigna, 2021),
 * each with a state of its own from the seed, and the transformation of Box and Muller (1958). Two words of a strand give
 * two numbers: one word the radius sqrt(-2 log u) with u at least 2^-32, so that no number exceeds 6.7, the other the
 * angle, two bits of it the quadrant. Polynomials stand for logarithm, sine and cosine, so vectors and plain loops give
 * the same bits; errors are below 1e-6.
 */
public final class Gaussians {

    private static final int STRANDS = VectorGaussians.STRANDS;
    /** Numbers drawn at once: how they are asked for in multiples of this changes none. */
    public static final int BLOCK = 2 * STRANDS;
    /** Blocks at a time, so that their words stay in the first-level cache. */
    private static final int CHUNK = 32;

    /** Word i of strand s at i STRANDS + s. */
    private final int[] state = new int[4 * STRANDS];

    private final int[] words = new int[CHUNK * BLOCK];
    private final boolean vectors;

    public Gaussians(Seed seed) {
        this(seed, Products.VECTORS);
    }

    public Gaussians(Seed seed, boolean vectors) {
        this.vectors = vectors;
        for (int i = 0; i < state.length; i += 2) {
            long word = seed.child(i).value();
            state[i] = (int) word;
            state[i + 1] = (int) (word >>> 32);
        }
    }

    /** Fills the numbers from {@code begin} to {@code end}. What a last, broken block leaves over is thrown away. */
    public void fill(float[] values, int begin, int end) {
        int blocks = (end - begin) / BLOCK;
        fillBlocks(values, begin, blocks);
        int from = begin + blocks * BLOCK;
        if (from < end) {
            float[] last = new float[BLOCK];
            fillBlocks(last, 0, 1);
            System.arraycopy(last, 0, values, from, end - from);
        }
    }

    private void fillBlocks(float[] values, int at, int blocks) {
        for (int done = 0; done < blocks; done += CHUNK) {
            int chunk = Math.min(CHUNK, blocks - done);
            if (vectors) {
                VectorGaussians.words(state, words, chunk);
                VectorGaussians.transform(words, values, at + done * BLOCK, chunk);
            } else {
                plainWords(chunk);
                plainTransform(values, at + done * BLOCK, chunk);
            }
        }
    }

    private void plainWords(int blocks) {
        for (int row = 0; row < 2 * blocks; row++) {
            for (int strand = 0; strand < STRANDS; strand++) {
                words[row * STRANDS + strand] = next(strand);
            }
        }
    }

    private void plainTransform(float[] values, int at, int blocks) {
        for (int i = 0; i < blocks * STRANDS; i++) {
            int from = i / STRANDS * BLOCK + i % STRANDS;
            float radius = radius(words[from]);
            int v = words[from + STRANDS];
            float w = (v << 2) * VectorGaussians.PER_31_BITS;
            float ww = w * w;
            int cosine = Float.floatToRawIntBits(cosine(ww)) ^ (v & 0x80000000);
            int sine = Float.floatToRawIntBits(w * sine(ww));
            int swap = ((v << 1) >> 31) & (cosine ^ sine);
            values[at + from] = radius * Float.intBitsToFloat(cosine ^ swap);
            values[at + from + STRANDS] = radius * Float.intBitsToFloat(sine ^ swap);
        }
    }

    private int next(int strand) {
        int s0 = state[strand];
        int s1 = state[strand + STRANDS];
        int s2 = state[strand + 2 * STRANDS] ^ s0;
        int s3 = state[strand + 3 * STRANDS] ^ s1;
        int result = Integer.rotateLeft(s0 + state[strand + 3 * STRANDS], 7) + s0;
        state[strand] = s0 ^ s3;
        state[strand + STRANDS] = s1 ^ s2;
        state[strand + 2 * STRANDS] = s2 ^ (s1 << 9);
        state[strand + 3 * STRANDS] = Integer.rotateLeft(s3, 11);
        return result;
    }

    private static float radius(int bits) {
        float u = Math.fma((float) (bits >>> 1), VectorGaussians.PER_31_BITS, VectorGaussians.HALF_STEP);
        int raw = Float.floatToRawIntBits(u);
        int exponent = (raw - VectorGaussians.ROOT_HALF) >> 23;
        float f = Float.intBitsToFloat(raw - (exponent << 23)) - 1;
        float log = Math.fma(f, VectorGaussians.L8, VectorGaussians.L7);
        log = Math.fma(log, f, VectorGaussians.L6);
        log = Math.fma(log, f, VectorGaussians.L5);
        log = Math.fma(log, f, VectorGaussians.L4);
        log = Math.fma(log, f, VectorGaussians.L3);
        log = Math.fma(log, f, VectorGaussians.L2);
        log = Math.fma(log, f, VectorGaussians.L1);
        log = Math.fma(log, f, VectorGaussians.L0) * f;
        return (float) Math.sqrt(Math.fma((float) exponent, VectorGaussians.LN2, log) * -2);
    }

    private static float cosine(float ww) {
        float c = Math.fma(ww, VectorGaussians.C3, VectorGaussians.C2);
        return Math.fma(Math.fma(c, ww, VectorGaussians.C1), ww, VectorGaussians.C0);
    }

    private static float sine(float ww) {
        float s = Math.fma(ww, VectorGaussians.S3, VectorGaussians.S2);
        return Math.fma(Math.fma(s, ww, VectorGaussians.S1), ww, VectorGaussians.S0);
    }
}
