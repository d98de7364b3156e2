package org.hopwise.internal.array;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link Lanes} with the JDK's Vector API: one small method a loop, so that each is compiled well. */
final class VectorLanes {

    private static final VectorSpecies<Double> SPECIES = VectorSparse.SPECIES;
    private static final int LANES = VectorSparse.LANES;

    private VectorLanes() {}

    static void dots(
            double[] a, int a0, double[] b, int b0, int stride, int count, int width, double[] strands, int at) {
        for (int r = 0; r < count; r++) {
            for (int lane = 0; lane < Lanes.LANES; lane += LANES) {
                dot(a, a0 + lane, b, b0 + r * stride + lane, width - lane, strands, at + r * Lanes.LANES + lane);
            }
        }
    }

    private static void dot(double[] a, int a0, double[] b, int b0, int width, double[] strands, int at) {
        DoubleVector sum = DoubleVector.fromArray(SPECIES, strands, at);
        for (int k = 0; k < width; k += Lanes.LANES) {
            sum = DoubleVector.fromArray(SPECIES, a, a0 + k).fma(DoubleVector.fromArray(SPECIES, b, b0 + k), sum);
        }
        sum.intoArray(strands, at);
    }

    static void relu(double[] x, int x0, double shift, double[] out, int o0, int width) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int k = 0; k < width; k += LANES) {
            DoubleVector.fromArray(SPECIES, x, x0 + k).add(shift).max(zero).intoArray(out, o0 + k);
        }
    }

    static void gate(double[] value, int v0, double[] x, int x0, double shift, double[] out, int o0, int width) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int k = 0; k < width; k += LANES) {
            var open = DoubleVector.fromArray(SPECIES, x, x0 + k).add(shift).compare(VectorOperators.GT, 0);
            zero.blend(DoubleVector.fromArray(SPECIES, value, v0 + k), open).intoArray(out, o0 + k);
        }
    }
}
