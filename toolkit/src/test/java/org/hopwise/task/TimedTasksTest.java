package org.hopwise.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.sweep.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class TimedTasksTest {

    private static final JsonObject TASKS = Golden.read("time-course-tasks").getAsJsonObject("tasks");

    static List<Task> tasks() {
        return Tasks.overTime();
    }

    /** Writes one trial of known conditions. */
    private static TaskBatch written(String name, TaskShape shape, JsonObject conditions) {
        double[] inputs = new double[shape.steps() * shape.inputs()];
        double[] targets = new double[shape.reads() * shape.outputs()];
        double[] weights = new double[targets.length];
        TreeMap<String, double[]> kept = new TreeMap<>();
        Trial trial = new Trial(name, shape, 1, 0, inputs, targets, weights, kept);
        switch (name) {
            case "perceptual" -> TimedTasks.perceptual(trial, number(conditions, "coherence"));
            case "context" ->
                TimedTasks.context(trial, number(conditions, "motion"), number(conditions, "colour"), (int)
                        number(conditions, "context"));
            case "match" ->
                TimedTasks.match(trial, (int) number(conditions, "sample"), (int) number(conditions, "test"));
            case "gonogo" -> TimedTasks.gonogo(trial, (int) number(conditions, "go"));
            case "comparison" ->
                TimedTasks.comparison(trial, (int) number(conditions, "f1"), (int) number(conditions, "f2"));
            default -> {
                JsonArray channels = conditions.getAsJsonArray("pulses");
                for (int channel = 0; channel < channels.size(); channel++) {
                    List<Integer> times = new ArrayList<>();
                    List<Integer> signs = new ArrayList<>();
                    for (JsonElement pulse : channels.get(channel).getAsJsonArray()) {
                        times.add(pulse.getAsJsonArray().get(0).getAsInt());
                        signs.add(pulse.getAsJsonArray().get(1).getAsInt());
                    }
                    TimedTasks.flipflop(trial, channel, times, signs);
                }
            }
        }
        if (!name.equals("flipflop")) {
            conditions
                    .entrySet()
                    .forEach(entry -> assertEquals(entry.getValue().getAsDouble(), kept.get(entry.getKey())[0]));
        }
        return TaskBatch.of(shape, 1, inputs, targets, weights);
    }

    private static double number(JsonObject from, String name) {
        return from.get(name).getAsDouble();
    }

    /** Channels of runs [from, to, value] as steps x channels. */
    private static double[] unrolled(JsonArray channels, int steps) {
        double[] values = new double[steps * channels.size()];
        for (int channel = 0; channel < channels.size(); channel++) {
            for (JsonElement run : channels.get(channel).getAsJsonArray()) {
                JsonArray r = run.getAsJsonArray();
                for (int t = r.get(0).getAsInt(); t < r.get(1).getAsInt(); t++) {
                    values[t * channels.size() + channel] = r.get(2).getAsDouble();
                }
            }
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void trialsOfKnownConditionsAreExact(Task task) {
        JsonObject golden = TASKS.getAsJsonObject(task.name());
        TaskShape shape = task.shape();
        int steps = golden.get("steps").getAsInt();
        assertEquals(
                new TaskShape(
                        golden.get("inputs").getAsInt(), golden.get("outputs").getAsInt(), steps, steps),
                shape);
        assertEquals(task.name().equals("flipflop") ? Loss.SQUARES : Loss.CROSS_ENTROPY, task.loss());
        for (JsonElement element : golden.getAsJsonArray("trials")) {
            JsonObject trial = element.getAsJsonObject();
            TaskBatch batch = written(task.name(), shape, trial.getAsJsonObject("conditions"));
            double[] inputs = new double[steps * shape.inputs()];
            double[] targets = new double[steps * shape.outputs()];
            double[] weights = new double[steps * shape.outputs()];
            batch.copyInputs(inputs);
            batch.copyTargets(targets);
            batch.copyWeights(weights);
            assertArrayEquals(unrolled(trial.getAsJsonArray("inputs"), steps), inputs);
            assertArrayEquals(unrolled(trial.getAsJsonArray("targets"), steps), targets);
            assertArrayEquals(unrolled(trial.getAsJsonArray("weights"), steps), weights);
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aTrialIsTheSameInABatchOfAnySize(Task task) {
        TaskBatch few = task.batch(3, Seed.of(1));
        TaskBatch many = task.batch(40, Seed.of(1));
        for (int trial = 0; trial < 3; trial++) {
            for (int t = 0; t < task.shape().steps(); t++) {
                for (int i = 0; i < task.shape().inputs(); i++) {
                    assertEquals(many.input(t, trial, i), few.input(t, trial, i));
                }
                for (int o = 0; o < task.shape().outputs(); o++) {
                    assertEquals(many.target(t, trial, o), few.target(t, trial, o));
                    assertEquals(many.weight(t, trial, o), few.weight(t, trial, o));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void conditionsAreDrawnUniformly(Task task) {
        TaskBatch batch = task.batch(4000, Seed.of(2));
        batch.conditions().forEach((name, values) -> {
            TreeMap<Double, Integer> counts = new TreeMap<>();
            for (double value : values) {
                counts.merge(value, 1, Integer::sum);
            }
            double expected = 4000.0 / counts.size();
            counts.forEach((value, count) -> {
                // 18, 22, 26 of a frequency occur in one place of two pairs or less; all others are uniform.
                if (!name.startsWith("f")) {
                    assertEquals(expected, count, 5 * Math.sqrt(expected), name + " " + value);
                }
            });
        });
    }

    @Test
    void trialsOfOneKindAreTakenByTheirCondition() {
        TaskBatch batch = Tasks.gonogo().batch(30, Seed.of(3));
        TaskBatch going = batch.where("go", 1);
        for (int trial = 0; trial < going.trials(); trial++) {
            assertEquals(1, going.conditions().get("go")[trial]);
            assertEquals(1, going.input(7, trial, 2));
            assertEquals(1, going.target(39, trial, 1));
        }
        assertEquals(30, going.trials() + batch.where("go", 0).trials());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> batch.where("side", 0))
                .getMessage()
                .contains("this batch has [go]"));
        assertThrows(IllegalArgumentException.class, () -> batch.where("go", 2));
    }

    @Test
    void allTenOrderedPairsOfFrequenciesOccur() {
        var conditions = Tasks.comparison().batch(400, Seed.of(3)).conditions();
        Set<List<Double>> pairs = new HashSet<>();
        for (int trial = 0; trial < 400; trial++) {
            pairs.add(List.of(conditions.get("f1")[trial], conditions.get("f2")[trial]));
        }
        assertEquals(10, pairs.size());
    }

    @Test
    void gapsOfTheFlipFlopAreTenStepsAndAGeometricNumberOfMeanFourteen() {
        TaskBatch batch = Tasks.flipflop().batch(2000, Seed.of(4));
        double firsts = 0;
        int least = 100;
        int none = 0;
        for (int trial = 0; trial < 2000; trial++) {
            int second = 3;
            while (second < 100 && batch.input(second, trial, 1) == 0) {
                second++;
            }
            firsts += second == 100 ? 0 : second - 10;
            none += second == 100 ? 1 : 0;
            least = Math.min(least, second);
        }
        // A wait of w < 90 has the probability q^w (1 - q) with q = 14 / 15.
        double q = 14.0 / 15;
        double mean = 0;
        for (int w = 0; w < 90; w++) {
            mean += w * Math.pow(q, w) * (1 - q);
        }
        assertEquals(10, least);
        assertEquals(mean, firsts / 2000, 4 * 14 / Math.sqrt(2000));
        assertEquals(2000 * Math.pow(q, 90), none, 4 * Math.sqrt(2000 * Math.pow(q, 90)));
    }

    private static String refusal(TaskShape shape, Loss loss, java.util.function.Consumer<Trial> writing) {
        Task task = Task.of("mine", shape, loss, (trial, random) -> writing.accept(trial));
        return assertThrows(IllegalArgumentException.class, () -> task.batch(2, Seed.of(1)))
                .getMessage();
    }

    @Test
    void whatATrialCannotHoldIsRefusedWithChannelStepAndBound() {
        TaskShape shape = new TaskShape(2, 3, 20, 10);
        assertEquals(
                "task 'mine' writes input 2; inputs go from 0 to 1.",
                refusal(shape, Loss.SQUARES, trial -> trial.input(0, 5, 2, 1)));
        assertEquals(
                "task 'mine' writes input 1 from step 5 to 21; steps go from 0 to 20, the end not included.",
                refusal(shape, Loss.SQUARES, trial -> trial.input(5, 21, 1, 1)));
        assertEquals(
                "task 'mine' writes target 1 from step 9 to 12; steps go from 10 to 20, the end not included.",
                refusal(shape, Loss.SQUARES, trial -> trial.target(9, 12, 1, 1)));
        assertEquals(
                "task 'mine' writes NaN to target 1 from step 12 on; it must be finite.",
                refusal(shape, Loss.SQUARES, trial -> trial.target(12, 13, 1, Double.NaN)));
        assertEquals(
                "task 'mine' gives target 1 weight -2.0 from step 12 on; weights are finite and at least 0.",
                refusal(shape, Loss.SQUARES, trial -> trial.target(12, 13, 1, 1, -2)));
        assertEquals(
                "task 'mine' writes choice 3; outputs go from 0 to 2.",
                refusal(shape, Loss.CROSS_ENTROPY, trial -> trial.choice(12, 13, 3)));
        assertTrue(refusal(shape, Loss.SQUARES, trial -> trial.input(0, 5, 0, 1))
                .startsWith("task 'mine' writes weights that are 0 at every step, trial and output; give some"));
    }

    @Test
    void crossEntropyWantsSharesOfOneAndOneWeightAMoment() {
        TaskShape shape = new TaskShape(2, 2, 20, 10);
        String shares = refusal(shape, Loss.CROSS_ENTROPY, trial -> {
            trial.target(12, 14, 0, 1);
            trial.target(12, 14, 1, 1);
        });
        assertTrue(shares.contains("add up to 2.0 at step 12, trial 0"), shares);
        String one = refusal(shape, Loss.CROSS_ENTROPY, trial -> trial.target(12, 14, 0, 1));
        assertTrue(one.contains("weighs outputs at step 12, trial 0 by 1.0 and 0.0"), one);
    }

    @Test
    void targetsOfAnotherShapeAreRefused() {
        var inputs = Nd4j.zeros(6, 2, 3);
        var targets = Nd4j.zeros(4, 2, 1);
        String trials = assertThrows(
                        IllegalArgumentException.class, () -> TaskBatch.of(inputs, Nd4j.zeros(4, 3, 1), targets))
                .getMessage();
        assertTrue(trials.startsWith("targets are [4, 3, 1] and inputs [6, 2, 3]"), trials);
        String weights = assertThrows(
                        IllegalArgumentException.class, () -> TaskBatch.of(inputs, targets, Nd4j.ones(4, 2, 2)))
                .getMessage();
        assertTrue(weights.startsWith("weights are [4, 2, 2] and targets [4, 2, 1]"), weights);
        String none = assertThrows(IllegalArgumentException.class, () -> TaskBatch.of(inputs, targets, targets))
                .getMessage();
        assertEquals("weights are 0 at every step, trial and output; give some target a weight above 0.", none);
        String negative = assertThrows(
                        IllegalArgumentException.class,
                        () -> TaskBatch.of(inputs, targets, Nd4j.ones(4, 2, 1).neg()))
                .getMessage();
        assertEquals("weights have -1.0 at step 2, trial 0, output 0; weights are at least 0.", negative);
    }

    @ParameterizedTest
    @ValueSource(strings = {"perceptual", "flipflop"})
    void aFixedSetKeepsTargetsWeightsAndConditionsTogether(String name) {
        Task task = Tasks.overTime().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        Task fixed = task.fixed(4, Seed.of(5));
        TaskBatch set = task.batch(4, Seed.of(5).named("fixed set"));
        TaskBatch drawn = fixed.batch(9, Seed.of(6));
        assertEquals(task.loss(), fixed.loss());
        Set<String> originals = new HashSet<>();
        for (int trial = 0; trial < 4; trial++) {
            originals.add(text(set, trial));
        }
        for (int trial = 0; trial < 9; trial++) {
            assertTrue(originals.contains(text(drawn, trial)), "trial " + trial);
        }
        float[] inputs = new float[task.shape().steps() * 9 * task.shape().inputs()];
        float[] targets = new float[task.shape().steps() * 9 * task.shape().outputs()];
        float[] weights = targets.clone();
        float[] expected = targets.clone();
        fixed.draw(9, Seed.of(6), inputs, targets, weights);
        drawn.copyTargets(expected);
        assertArrayEquals(expected, targets);
        drawn.copyWeights(expected);
        assertArrayEquals(expected, weights);
    }

    private static String text(TaskBatch batch, int trial) {
        StringBuilder text = new StringBuilder();
        batch.conditions().forEach((name, values) -> text.append(values[trial]).append(' '));
        for (int t = 0; t < batch.shape().steps(); t++) {
            for (int o = 0; o < batch.shape().outputs(); o++) {
                text.append(batch.target(t, trial, o)).append(batch.weight(t, trial, o));
            }
            text.append(batch.input(t, trial, 1));
        }
        return text.toString();
    }

    @Test
    void aTaskInFiveLinesIsALambda() {
        Task recall = Task.of("recall", new TaskShape(1, 1, 50, 50), (trial, random) -> {
            double sign = random.nextBoolean() ? 1 : -1;
            trial.input(0, 10, 0, sign);
            trial.target(40, 50, 0, sign);
            trial.condition("sign", sign);
        });
        TaskBatch batch = recall.batch(64, Seed.of(1));
        Set<Double> signs = new HashSet<>();
        for (int trial = 0; trial < 64; trial++) {
            double sign = batch.conditions().get("sign")[trial];
            signs.add(sign);
            assertEquals(sign, batch.input(9, trial, 0));
            assertEquals(0, batch.input(10, trial, 0));
            assertEquals(0, batch.weight(39, trial, 0));
            assertEquals(1, batch.weight(40, trial, 0));
            assertEquals(sign, batch.target(49, trial, 0));
        }
        assertEquals(Set.of(1.0, -1.0), signs);
        assertEquals("recall (1 input, 1 output, 50 steps, read at the last 50, squares)", recall.toString());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aStandardTaskIsKnownByItsNameAlsoInAKeptSweep(Task task, @TempDir Path folder) {
        Task again = Tasks.overTime().stream()
                .filter(other -> other.name().equals(task.name()))
                .findFirst()
                .orElseThrow();
        assertEquals(task, again);
        assertEquals(task.hashCode(), again.hashCode());
        assertNotEquals(task, Task.of(task.name(), task.shape(), task.loss(), (trial, random) -> {}));
        Sweep sweep = Sweep.over("task", List.of(task)).in(folder);
        Table first = sweep.run(point -> Table.create(DoubleColumn.create("x", 1)));
        Table kept = Sweep.over("task", List.of(again)).in(folder).run(point -> {
            throw new IllegalStateException("the run was kept");
        });
        assertEquals(first.toString(), kept.toString());
    }
}
