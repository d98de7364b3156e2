package org.hopwise.rnn;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.array.Draws;

/**
 * Damage to the three weight matrices. Weights are numbered input, recurrent, output, each row by row; a fraction of them
 * is rounded to whole weights.
 */
final class Perturbations {

    private Perturbations() {}

    static Matrices pruned(Matrices m, double fraction) {
        double[] all = values(m);
        int[] smallestFirst = IntStream.range(0, all.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(all[i])))
                .mapToInt(i -> i)
                .toArray();
        return without(m, smallestFirst, count(fraction, all.length));
    }

    static Matrices deleted(Matrices m, double fraction, Seed seed) {
        int[] shuffled = IntStream.range(0, values(m).length).toArray();
        int count = count(fraction, shuffled.length);
        Draws draws = new Draws(seed.named("deletion"));
        for (int i = 0; i < count; i++) {
            int other = i + draws.below(shuffled.length - i);
            int drawn = shuffled[other];
            shuffled[other] = shuffled[i];
            shuffled[i] = drawn;
        }
        return without(m, shuffled, count);
    }

    static Matrices noisy(Matrices m, double relative, Seed seed) {
        Check.notNegative("relative", relative);
        Draws draws = new Draws(seed.named("weight noise"));
        for (DMatrixRMaj matrix : matrices(m)) {
            for (int i = 0; i < matrix.data.length; i++) {
                matrix.data[i] *= 1 + relative * draws.gaussian();
            }
        }
        return m;
    }

    private static List<DMatrixRMaj> matrices(Matrices m) {
        return List.of(m.input(), m.recurrent(), m.output());
    }

    private static double[] values(Matrices m) {
        return matrices(m).stream()
                .flatMapToDouble(matrix -> java.util.Arrays.stream(matrix.data))
                .toArray();
    }

    private static int count(double fraction, int all) {
        return (int) Math.round(Check.fraction("fraction", fraction) * all);
    }

    /** Sets the first {@code count} of the numbered weights to zero. */
    private static Matrices without(Matrices m, int[] numbers, int count) {
        int recurrent = m.input().data.length;
        int output = recurrent + m.recurrent().data.length;
        for (int i = 0; i < count; i++) {
            int number = numbers[i];
            if (number < recurrent) {
                m.input().data[number] = 0;
            } else if (number < output) {
                m.recurrent().data[number - recurrent] = 0;
            } else {
                m.output().data[number - output] = 0;
            }
        }
        return m;
    }
}
