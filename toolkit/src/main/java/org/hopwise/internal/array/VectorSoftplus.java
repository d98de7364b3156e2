package org.hopwise.internal.array;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link Softplus} with the JDK's Vector API. Compiled apart from all other classes, so it uses none. Each loop
 * is one method, since long methods are not compiled into their callers and vectors handed over become objects.
 */
final class VectorSoftplus {

    /** Below this e^x is no normal number any more. */
    static final float LEAST = -87.33f;

    static final float PER_LN2 = 1.4426950408889634f;
    /** Added and taken away again it rounds to whole numbers, whose lowest bits are then those of the sum. */
    static final float ROUNDS = 0x1.8p23f;
    /** ln 2 in two parts, of which the first has few bits. */
    static final float LN2_HIGH = 0x1.63p-1f;

    static final float LN2_LOW = -2.1219444e-4f;
    static final int ONE = 0x3f800000;
    /** e^x = 1 + x + x^2 (E0 + E1 x + ...), |x| up to ln(2) / 2: relative error 6e-9. */
    static final float E0 = 1f / 2;

    static final float E1 = 1f / 6;
    static final float E2 = 1f / 24;
    static final float E3 = 1f / 120;
    static final float E4 = 1f / 720;
    static final float E5 = 1f / 5040;
    /** log((1 + s) / (1 - s)) = 2 s (1 + s^2 (A0 + A1 s^2 + ...)), s up to 1/3: relative error 2e-9. */
    static final float A0 = 1f / 3;

    static final float A1 = 1f / 5;
    static final float A2 = 1f / 7;
    static final float A3 = 1f / 9;
    static final float A4 = 1f / 11;
    static final float A5 = 1f / 13;
    static final float A6 = 1f / 15;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorSoftplus() {}

    /** x = log(1 + e^x) for whole vectors; returns where the rest begins. */
    static int apply(float[] x, int begin, int end) {
        int i = begin;
        for (; i + LANES <= end; i += LANES) {
            FloatVector z = FloatVector.fromArray(SPECIES, x, i);
            FloatVector y = z.abs().neg();
            FloatVector sum = y.fma(FloatVector.broadcast(SPECIES, PER_LN2), FloatVector.broadcast(SPECIES, ROUNDS));
            FloatVector k = sum.sub(ROUNDS);
            FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), y);
            r = k.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
            FloatVector q = FloatVector.broadcast(SPECIES, E5).fma(r, FloatVector.broadcast(SPECIES, E4));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E0));
            q = r.mul(r).fma(q, r);
            IntVector bits =
                    sum.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE);
            FloatVector scale = bits.reinterpretAsFloats();
            FloatVector t = scale.fma(q, scale).blend(0f, y.compare(VectorOperators.LT, LEAST));
            FloatVector s = t.div(t.add(2f));
            FloatVector ss = s.mul(s);
            FloatVector a = FloatVector.broadcast(SPECIES, A6).fma(ss, FloatVector.broadcast(SPECIES, A5));
            a = a.fma(ss, FloatVector.broadcast(SPECIES, A4));
            a = a.fma(ss, FloatVector.broadcast(SPECIES, A3));
            a = a.fma(ss, FloatVector.broadcast(SPECIES, A2));
            a = a.fma(ss, FloatVector.broadcast(SPECIES, A1));
            a = a.fma(ss, FloatVector.broadcast(SPECIES, A0));
            FloatVector twice = s.add(s);
            z.max(0f).add(twice.mul(ss).fma(a, twice)).intoArray(x, i);
        }
        return i;
    }

    /** g = g (1 - e^-r) for whole vectors; returns where the rest begins. */
    static int timesSlope(float[] g, float[] states, int begin, int end) {
        int i = begin;
        for (; i + LANES <= end; i += LANES) {
            FloatVector y = FloatVector.fromArray(SPECIES, states, i).neg();
            FloatVector sum = y.fma(FloatVector.broadcast(SPECIES, PER_LN2), FloatVector.broadcast(SPECIES, ROUNDS));
            FloatVector k = sum.sub(ROUNDS);
            FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), y);
            r = k.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
            FloatVector q = FloatVector.broadcast(SPECIES, E5).fma(r, FloatVector.broadcast(SPECIES, E4));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E3));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E2));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E1));
            q = q.fma(r, FloatVector.broadcast(SPECIES, E0));
            q = r.mul(r).fma(q, r);
            IntVector bits =
                    sum.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE);
            FloatVector scale = bits.reinterpretAsFloats();
            FloatVector slope = scale.fma(q, scale.sub(1f)).neg().blend(1f, y.compare(VectorOperators.LT, LEAST));
            FloatVector.fromArray(SPECIES, g, i).mul(slope).intoArray(g, i);
        }
        return i;
    }
}
