package org.hopwise.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HierarchicalTaskTest {

    private static final int TRIALS = 40_000;

    static java.util.List<HierarchicalTask> allTasks() {
        return Tasks.all();
    }

    private static double[] column(INDArray targets, int output) {
        return targets.getColumn(output).dup().toDoubleVector();
    }

    private static double moment(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }

    @ParameterizedTest
    @MethodSource("allTasks")
    void targetsHaveMeanZeroAndUnitVariance(Task task) {
        double[] y = column(task.batch(TRIALS, Seed.of(1)).targets(), 9);
        double[] ones = new double[y.length];
        java.util.Arrays.fill(ones, 1);
        assertEquals(0, moment(y, ones), 0.03, "mean, whose standard error is 0.005");
        assertEquals(1, moment(y, y), 0.04, "variance, whose standard error is about 0.007");
    }

    static java.util.List<HierarchicalTask> linearTasks() {
        return Tasks.all().stream()
                .filter(task -> !task.name().equals("multiplication"))
                .toList();
    }

    /** For Gaussian inputs the optimal linear map is E[x y] / E[x^2], so drawn trials must show the map hop by hop. */
    @ParameterizedTest
    @MethodSource("linearTasks")
    void theOptimalMapIsTheRegressionOfTargetsOnInputs(HierarchicalTask task) {
        int steps = 5;
        int units = 8;
        HierarchicalTask small = task.size(units, 4).steps(steps);
        TaskBatch batch = small.batch(TRIALS, Seed.of(2));
        double[] x = new double[steps * TRIALS * units];
        double[] y = new double[TRIALS * units];
        batch.copyInputs(x);
        batch.copyTargets(y);
        for (int k = 2; k <= steps + 1; k++) {
            INDArray map = small.optimalMap(k);
            int first = (steps - (k - 2) - 1) * TRIALS * units;
            for (int from = 0; from < units; from++) {
                for (int to = 0; to < units; to++) {
                    double product = 0;
                    double square = 0;
                    for (int trial = 0; trial < TRIALS; trial++) {
                        double value = x[first + trial * units + from];
                        product += value * y[trial * units + to];
                        square += value * value;
                    }
                    double slope = product / square;
                    assertEquals(map.getDouble(from, to), slope, 0.025, "hop %d, %d to %d".formatted(k, from, to));
                }
            }
        }
    }

    @Test
    void theGainsAreThoseOfTheSpecification() {
        assertEquals(1 / Math.sqrt(80), Tasks.averaging().optimalMap().getDouble(0, 7), 1e-15);
        assertEquals(1 / Math.sqrt(40), Tasks.onOff().optimalMap().getDouble(0, 7), 1e-15);
        assertEquals(0.25, Tasks.sparse().optimalMap().getDouble(0, 7), 1e-15);
        INDArray subtraction = Tasks.subtraction().optimalMap();
        assertEquals(1 / Math.sqrt(160), subtraction.getDouble(9, 8), 1e-15);
        assertEquals(-1 / Math.sqrt(160), subtraction.getDouble(0, 8), 1e-15);
        assertEquals(0, subtraction.getDouble(16, 8));
    }

    @Test
    void theProductTaskHasTheMeanJacobianAsItsMap() {
        // E[A'] = 1/2, dA/dx = 1 / 80, divided by c = sqrt(v^2 + v/2), v = 1/12 + 0.25/80.
        double v = 1.0 / 12 + 0.25 / 80;
        double expected = 0.5 / 80 / Math.sqrt(v * v + v / 2);
        INDArray map = Tasks.multiplication().optimalMap();
        assertEquals(expected, map.getDouble(0, 0), 1e-15);
        assertEquals(expected, map.getDouble(8, 0), 1e-15);
        assertEquals(0, map.getDouble(16, 0));
    }

    @Test
    void signalStandsOnTheHopsOfTheSpecification() {
        assertArrayEquals(new int[] {2, 4, 6, 8, 10}, Tasks.onOff().signalHops());
        assertArrayEquals(new int[] {4, 9}, Tasks.sparse().signalHops());
        assertArrayEquals(
                new int[] {2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, Tasks.averaging().signalHops());
    }

    @Test
    void theLastStepIsReadAtHopTwo() {
        assertArrayEquals(
                new int[] {2, 11}, Tasks.averaging().signalSteps(1, 10).signalHops());
    }

    @Test
    void aHopWithoutSignalHasAnEmptyOptimalMap() {
        assertEquals(0, Tasks.onOff().optimalMap(3).norm2Number().doubleValue());
        Golden.assertClose(Tasks.onOff().optimalMap(), Tasks.onOff().optimalMap(4), "signal hop");
    }

    @Test
    void silentStepsCarryNothing() {
        INDArray inputs = Tasks.onOff().noise(0).batch(3, Seed.of(1)).inputs();
        // Hop 3 is the last step but one, step index 8.
        assertEquals(0, inputs.slice(8).norm2Number().doubleValue());
        assertTrue(inputs.slice(9).norm2Number().doubleValue() > 1);
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        TaskBatch one = Tasks.sparse().batch(5, Seed.of(3));
        TaskBatch two = Tasks.sparse().batch(5, Seed.of(3));
        assertEquals(one.inputs(), two.inputs());
        assertEquals(one.targets(), two.targets());
    }

    @Test
    void aPairingOfTheUsersDecidesWhichModulesAreCombined() {
        HierarchicalTask task = Tasks.addition().siblings(2, 3, 0, 1);
        assertTrue(task.optimalMap().getDouble(16, 0) > 0);
        assertEquals(0, task.optimalMap().getDouble(8, 0));
    }

    @Test
    void settingsReturnCopies() {
        HierarchicalTask task = Tasks.averaging();
        HierarchicalTask other = task.size(12, 3).steps(4).noise(0.5).named("mine");
        assertEquals(new TaskShape(32, 32, 10), task.shape());
        assertEquals(new TaskShape(12, 12, 4), other.shape());
        assertEquals("mine", other.name());
    }

    @Test
    void badSizesAreRefusedWithTheRemedy() {
        assertMessage(
                "units is 30, which modules = 4 does not divide; use a multiple of 4.",
                () -> Tasks.averaging().size(30, 4));
        assertMessage(
                "modules is 0; it must be at least 1.", () -> Tasks.averaging().size(32, 0));
        assertMessage(
                "steps is -1; it must be at least 1.", () -> Tasks.averaging().steps(-1));
        assertMessage(
                "signal step is 11; it must be from 1 to 10.",
                () -> Tasks.averaging().signalSteps(11));
        assertMessage(
                "trials is 0; it must be at least 1.", () -> Tasks.averaging().batch(0, Seed.of(1)));
        assertMessage(
                "module 0 names 1 as its sibling and module 1 names 2; siblings must name each other.",
                () -> Tasks.addition().siblings(1, 2, 1, 3));
    }

    @Test
    void aTaskOfPairsRefusesAnOddNumberOfModules() {
        HierarchicalTask odd = Tasks.addition().size(12, 3);
        assertThrows(IllegalStateException.class, () -> odd.batch(1, Seed.of(1)));
        assertEquals(1, Tasks.averaging().size(12, 3).batch(1, Seed.of(1)).trials());
    }

    @Test
    void aTaskWithoutAnySignalIsRefused() {
        HierarchicalTask silent = Tasks.sparse().steps(2);
        assertThrows(IllegalStateException.class, () -> silent.batch(1, Seed.of(1)));
    }

    @Test
    void aBatchFromArraysMustFitTogether() {
        INDArray inputs = Nd4j.zeros(3, 4, 2);
        assertThrows(IllegalArgumentException.class, () -> TaskBatch.of(inputs, Nd4j.zeros(5, 1)));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void everySettingShowsInTheText() {
        HierarchicalTask task = HierarchicalTask.linear("sum", 1, 1);
        List<HierarchicalTask> others = List.of(
                task.named("other"),
                task.size(64, 4),
                task.size(32, 8),
                task.steps(9),
                task.siblings(2, 3, 0, 1),
                task.signalEvery(2, 0),
                task.signalEvery(2, 1),
                task.signalSteps(1, 3),
                task.noise(0.5),
                HierarchicalTask.linear("sum", 1, -1),
                HierarchicalTask.linear("sum", 2, 1),
                HierarchicalTask.product("sum"));
        Set<String> texts = new HashSet<>(Set.of(task.toString()));
        others.forEach(other -> assertTrue(texts.add(other.toString()), other.toString()));
        assertEquals(
                "on-off (linear, own 1.0, sibling 0.0, units 32, modules 4, siblings neighbours, steps 10, signal at hops 0 modulo 2, noise 1.0)",
                Tasks.onOff().toString());
    }
}
