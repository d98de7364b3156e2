package org.hopwise.task;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The trials of the six tasks with answers over time. Choice tasks: input 0 is the fixation cue, 1 before the go signal;
 * output 0 is fixation, to be chosen until then; then five steps that do not count, and the answer counts five times.
 */
final class TimedTasks {

    private static final double[] COHERENCES = {0.032, 0.064, 0.128, 0.256, 0.512};
    private static final double[] CONTEXT_COHERENCES = {0.064, 0.128, 0.256, 0.512};
    private static final int[][] PAIRS = {{18, 10}, {22, 14}, {26, 18}, {30, 22}, {34, 26}};
    /** Steps between the go signal, or a pulse, and the first answer that counts. */
    private static final int GRACE = 5;

    private static final double ANSWER_WEIGHT = 5;
    private static final int CHANNELS = 3;
    private static final int PULSE = 3;
    private static final int LEAST_GAP = 10;
    private static final double MEAN_WAIT = 14;

    private TimedTasks() {}

    static Task perceptual() {
        return choice("perceptual", 3, 3, 65, (trial, random) -> perceptual(trial, signed(COHERENCES, random)));
    }

    static void perceptual(Trial trial, double coherence) {
        trial.condition("coherence", coherence);
        evidence(trial, 1, coherence);
        answer(trial, 65, 50, coherence > 0 ? 2 : 1);
    }

    static Task context() {
        return choice(
                "context",
                7,
                3,
                65,
                (trial, random) -> context(
                        trial,
                        signed(CONTEXT_COHERENCES, random),
                        signed(CONTEXT_COHERENCES, random),
                        random.nextInt(2)));
    }

    static void context(Trial trial, double motion, double colour, int context) {
        trial.condition("motion", motion);
        trial.condition("colour", colour);
        trial.condition("context", context);
        evidence(trial, 1, motion);
        evidence(trial, 3, colour);
        trial.input(0, 50, 5 + context, 1);
        answer(trial, 65, 50, (context == 0 ? motion : colour) > 0 ? 2 : 1);
    }

    static Task match() {
        return choice("match", 3, 3, 60, (trial, random) -> match(trial, random.nextInt(2), random.nextInt(2)));
    }

    static void match(Trial trial, int sample, int test) {
        trial.condition("sample", sample);
        trial.condition("test", test);
        trial.input(5, 15, 1 + sample, 1);
        trial.input(35, 45, 1 + test, 1);
        answer(trial, 60, 45, sample == test ? 1 : 2);
    }

    static Task gonogo() {
        return choice("gonogo", 3, 2, 40, (trial, random) -> gonogo(trial, random.nextInt(2)));
    }

    static void gonogo(Trial trial, int go) {
        trial.condition("go", go);
        trial.input(5, 15, 1 + go, 1);
        answer(trial, 40, 25, go);
    }

    static Task comparison() {
        return choice("comparison", 3, 3, 60, (trial, random) -> {
            int[] pair = PAIRS[random.nextInt(PAIRS.length)];
            int first = random.nextInt(2);
            comparison(trial, pair[first], pair[1 - first]);
        });
    }

    static void comparison(Trial trial, int f1, int f2) {
        trial.condition("f1", f1);
        trial.condition("f2", f2);
        frequency(trial, 5, 15, f1);
        frequency(trial, 35, 45, f2);
        answer(trial, 60, 45, f1 > f2 ? 1 : 2);
    }

    /** One channel rises with the frequency, the other falls. */
    private static void frequency(Trial trial, int from, int to, int frequency) {
        trial.input(from, to, 1, 0.4 + 0.8 * (frequency - 10) / 24);
        trial.input(from, to, 2, 0.4 + 0.8 * (34 - frequency) / 24);
    }

    static Task flipflop() {
        TaskShape shape = new TaskShape(CHANNELS, CHANNELS, 100, 100);
        return new StandardTask(new WrittenTask("flipflop", shape, Loss.SQUARES, (trial, random) -> {
            for (int channel = 0; channel < CHANNELS; channel++) {
                List<Integer> times = new ArrayList<>();
                List<Integer> signs = new ArrayList<>();
                for (int t = 0; t < 100; t += LEAST_GAP + wait(random)) {
                    times.add(t);
                    signs.add(random.nextBoolean() ? 1 : -1);
                }
                flipflop(trial, channel, times, signs);
            }
        }));
    }

    /** Geometric from 0 on, by the inverse of its distribution. */
    private static int wait(RandomGenerator random) {
        double stays = MEAN_WAIT / (MEAN_WAIT + 1);
        return (int) (StrictMath.log(1 - random.nextDouble()) / StrictMath.log(stays));
    }

    static void flipflop(Trial trial, int channel, List<Integer> times, List<Integer> signs) {
        for (int pulse = 0; pulse < times.size(); pulse++) {
            int begin = times.get(pulse);
            int next = pulse + 1 < times.size() ? times.get(pulse + 1) : 100;
            int counted = Math.min(begin + GRACE, next);
            trial.input(begin, Math.min(begin + PULSE, 100), channel, signs.get(pulse));
            trial.target(begin, counted, channel, signs.get(pulse), 0);
            trial.target(counted, next, channel, signs.get(pulse));
        }
    }

    private static Task choice(String name, int inputs, int outputs, int steps, Trial.Writer writer) {
        TaskShape shape = new TaskShape(inputs, outputs, steps, steps);
        return new StandardTask(new WrittenTask(name, shape, Loss.CROSS_ENTROPY, writer));
    }

    private static double signed(double[] sizes, RandomGenerator random) {
        double size = sizes[random.nextInt(sizes.length)];
        return random.nextBoolean() ? size : -size;
    }

    private static void evidence(Trial trial, int channel, double coherence) {
        trial.input(10, 50, channel, (1 - coherence) / 2);
        trial.input(10, 50, channel + 1, (1 + coherence) / 2);
    }

    private static void answer(Trial trial, int steps, int go, int output) {
        trial.input(0, go, 0, 1);
        trial.choice(0, go, 0);
        trial.choice(go, go + GRACE, output, 0);
        trial.choice(go + GRACE, steps, output, ANSWER_WEIGHT);
    }
}
