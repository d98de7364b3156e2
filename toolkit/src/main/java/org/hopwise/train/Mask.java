package org.hopwise.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.hopwise.internal.engine.Parameters;
import org.hopwise.internal.engine.Reals;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Weights;

/** The weights that are held at zero: positions in the arrays of {@link Parameters}, one list an array. */
final class Mask implements Serializable {

    /** Inputs, hidden units and outputs; empty where nothing is held, which fits every network. */
    private final int[] sizes;

    private final int[][] held;

    /** The three matrices that the mask came from, source x target, each if one of its weights is negative; else nothing. */
    private final double[][] signed;

    private Mask(int[] sizes, int[][] held, double[][] signed) {
        this.sizes = sizes;
        this.held = held;
        this.signed = signed;
    }

    /** Holds nothing. */
    static Mask none() {
        return new Mask(new int[0], new int[0][], new double[3][0]);
    }

    /** Holds the zeros of these weights. */
    static Mask of(Weights weights) {
        Parameters p = Parameters.of(weights, Precision.DOUBLE.reals());
        return new Mask(
                sizes(weights),
                new int[][] {zeros(p.input), zeros(p.recurrent), zeros(p.output)},
                new double[][] {signed(p.input), signed(p.recurrent), signed(p.output)});
    }

    /** The values of a matrix with negative ones, which tell signs too. */
    private static double[] signed(Reals matrix) {
        double[] values = Parameters.doubles(matrix);
        return Arrays.stream(values).anyMatch(weight -> weight < 0) ? values : new double[0];
    }

    /** A mask with negative weights tells signs too; those must be the signs of Dale's law. */
    void requireAgreement(Dale dale, Weights network) {
        int hidden = network.hidden();
        int[] signs = dale.signs(hidden);
        double[] recurrent = signed[1];
        for (int at = 0; at < recurrent.length; at++) {
            int source = at / hidden;
            if (recurrent[at] * signs[source] < 0) {
                throw new IllegalArgumentException(
                        "mask has %s from hidden unit %d to %d, but the unit is %s; change its sign in the law, or use a mask of zeros and ones."
                                .formatted(
                                        recurrent[at],
                                        source,
                                        at % hidden,
                                        signs[source] > 0 ? "excitatory" : "inhibitory"));
            }
        }
        if (dale.positiveInputs()) {
            requirePositive(signed[0], hidden, "from input %d to hidden unit %d", "positiveInputs");
        }
        if (dale.excitatoryReadOut()) {
            requirePositive(signed[2], network.outputs(), "from hidden unit %d to output %d", "excitatoryReadOut");
        }
    }

    private static void requirePositive(double[] values, int targets, String way, String option) {
        for (int at = 0; at < values.length; at++) {
            if (values[at] < 0) {
                throw new IllegalArgumentException(
                        "mask has %s %s, but %s keeps such weights at 0 or above; leave the option out, or use a mask of zeros and ones."
                                .formatted(values[at], way.formatted(at / targets, at % targets), option));
            }
        }
    }

    private static int[] sizes(Weights weights) {
        return new int[] {weights.inputs(), weights.hidden(), weights.outputs()};
    }

    /** This, if it fits the network. */
    Mask requireFit(Weights network) {
        int[] needed = sizes(network);
        if (sizes.length > 0 && !Arrays.equals(sizes, needed)) {
            throw new IllegalArgumentException(
                    "mask has %d inputs, %d hidden units and %d outputs, the network %d, %d and %d; they must be the same."
                            .formatted(sizes[0], sizes[1], sizes[2], needed[0], needed[1], needed[2]));
        }
        return this;
    }

    private static int[] zeros(Reals values) {
        int[] zeros = new int[values.length()];
        int count = 0;
        for (int i = 0; i < values.length(); i++) {
            if (values.get(i) == 0) {
                zeros[count++] = i;
            }
        }
        return Arrays.copyOf(zeros, count);
    }

    /** Sets what is held to zero. Adam never moves a weight whose gradient was zero at every update. */
    void apply(Parameters p) {
        for (int a = 0; a < held.length; a++) {
            for (int i : held[a]) {
                p.arrays[a].set(i, 0);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && Arrays.equals(sizes, mask.sizes) && Arrays.deepEquals(held, mask.held);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + Arrays.deepHashCode(held);
    }

    /** How many weights are held in each matrix, with a checksum of their places, so that two masks can be told apart. */
    @Override
    public String toString() {
        if (held.length == 0) {
            return "none";
        }
        CRC32 places = new CRC32();
        for (int[] array : held) {
            for (int i : array) {
                places.update(i);
                places.update(i >>> 8);
                places.update(i >>> 16);
            }
            places.update(255);
        }
        return "%d input, %d recurrent, %d output weights held at 0 (places %08x)"
                .formatted(held[0].length, held[1].length, held[2].length, places.getValue());
    }
}
