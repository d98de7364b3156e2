package org.hopwise.internal.array;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link OddRational} with the JDK's Vector API. Compiled apart from all other classes, so it uses none. */
final class VectorRational {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorRational() {}

    /** y = f(x) for whole vectors; returns how many numbers that were. */
    static int apply(float bound, float[] p, float[] q, float[] x, float[] y) {
        int end = x.length / LANES * LANES;
        for (int i = 0; i < end; i += LANES) {
            FloatVector z = FloatVector.fromArray(SPECIES, x, i).min(bound).max(-bound);
            FloatVector s = z.mul(z);
            FloatVector numerator = FloatVector.broadcast(SPECIES, p[5]);
            FloatVector denominator = FloatVector.broadcast(SPECIES, q[5]);
            numerator = numerator.fma(s, FloatVector.broadcast(SPECIES, p[4]));
            denominator = denominator.fma(s, FloatVector.broadcast(SPECIES, q[4]));
            numerator = numerator.fma(s, FloatVector.broadcast(SPECIES, p[3]));
            denominator = denominator.fma(s, FloatVector.broadcast(SPECIES, q[3]));
            numerator = numerator.fma(s, FloatVector.broadcast(SPECIES, p[2]));
            denominator = denominator.fma(s, FloatVector.broadcast(SPECIES, q[2]));
            numerator = numerator.fma(s, FloatVector.broadcast(SPECIES, p[1]));
            denominator = denominator.fma(s, FloatVector.broadcast(SPECIES, q[1]));
            numerator = numerator.fma(s, FloatVector.broadcast(SPECIES, p[0]));
            denominator = denominator.fma(s, FloatVector.broadcast(SPECIES, q[0]));
            z.mul(numerator).div(denominator).min(1).max(-1).intoArray(y, i);
        }
        return end;
    }
}
