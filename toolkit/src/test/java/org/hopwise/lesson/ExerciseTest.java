package org.hopwise.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.hopwise.Seed;
import org.hopwise.claim.Claim;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.network.HopProfile;
import org.hopwise.network.NullComparison;
import org.hopwise.network.Nulls;
import org.hopwise.network.Quantity;
import org.hopwise.stats.Comparison;
import org.hopwise.stats.Interval;
import org.hopwise.stats.NullTest;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ExerciseTest {

    @SuppressWarnings("ArrayRecordComponent") // Read only, and never compared.
    private record Try(String id, String hint, Object... answer) {
        @Override
        public String toString() {
            return id + " " + hint;
        }
    }

    private static Try right(String id, Object... answer) {
        return new Try(id, "", answer);
    }

    static Stream<Try> tries() {
        HierarchicalTask one = Tasks.averaging().size(8, 2).steps(8);
        HierarchicalTask hard = HierarchicalTask.linear("hard", 1, -1)
                .size(16, 4)
                .steps(8)
                .siblings(3, 2, 1, 0)
                .signalSteps(2, 7);
        NullComparison draws = draws();
        double ratio = draws.radius().mean() / draws.radius().observed();
        NullTest sixth = draws.test(Quantity.INFLUENCE, 6);
        double remains = sixth.observed() / sixth.mean() / Math.pow(ratio, 6);
        double[] p = {0.01, 0.02, 0.03, 0.04};
        double[] hochberg = {0.04, 0.04, 0.04, 0.04};
        return Stream.of(
                right("01.1", one.signalSteps(5)),
                new Try("01.1", "signal is at hop 2", one.signalSteps(8)),
                new Try("01.1", "signal is at 2 hops", one.signalSteps(5, 6)),
                new Try("01.1", "6 steps; keep 8", one.steps(6).signalSteps(3)),
                right("01.2", hard, 0.25, -0.25),
                new Try("01.2", "siblings(...) names", hard.siblings(1, 0, 3, 2), 0.25, -0.25),
                new Try("01.2", "Step t is read", hard.signalSteps(3, 8), 0.25, -0.25),
                new Try("01.2", "of both modules", hard, 1 / Math.sqrt(8), -1 / Math.sqrt(8)),
                right("02.1", 1e-2),
                new Try("02.1", "do not lead far", 1e-4),
                new Try("02.1", "overshoot", 1e-1),
                right("02.2", 1e-3),
                new Try("02.2", "too weak", 3e-4),
                new Try("02.2", "too strong", 1e-1),
                right("03.1", (Object) new double[][] {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}),
                new Try("03.1", "hops [3]", (Object) new double[][] {{0, 0, 0}, {1, 0, 0}, {0, 0, 0}}),
                new Try("03.1", "hops [3, 4, 5, 6]", (Object) new double[][] {{0, 0, 0}, {1, 1, 0}, {0, 0, 0}}),
                new Try("03.1", "2 weights were changed", (Object) new double[][] {{0, 0, 0}, {1, 0, 1}, {0, 1, 0}}),
                right("03.2", -2),
                new Try("03.2", "4 arrives", 2),
                new Try("03.2", "2 arrives", 0),
                right("03.3", 84.0),
                new Try("03.3", "first walk alone", 33.6),
                new Try("03.3", "is not the sum", 2.1),
                right("04.1", new double[] {0.04, 0.06, 0.06, 0.06}, hochberg),
                new Try("04.1", "Holm's are others", p, hochberg),
                new Try("04.1", "Benjamini", new double[] {0.04, 0.06, 0.06, 0.06}, p),
                right("04.2", 8),
                new Try("04.2", "these are four", 6),
                new Try("04.2", "fewer would do", 9),
                right("05.1", 240),
                new Try("05.1", "these are six", 100),
                new Try("05.1", "fewer would do", 400),
                right("05.2", draws, Math.pow(ratio, 6), remains),
                new Try("05.2", "that is one synapse", draws, ratio, remains),
                new Try("05.2", "by how much the walk grows", draws, Math.pow(ratio, -6), remains),
                new Try("05.2", "is not what remains", draws, Math.pow(ratio, 6), remains * Math.pow(ratio, 6)),
                right("06.1", 141),
                new Try("06.1", "Take fewer", 300),
                new Try("06.1", "Take more", 100),
                right("06.2", 9.562),
                new Try("06.2", "origin", 10.85),
                new Try("06.2", "what is q^2", 3.0),
                right("07.1", 0.8),
                new Try("07.1", "untrained networks pass", 0.6),
                new Try("07.1", "trained ones fail it too", 0.9999),
                right("07.2", claim(8, 1)),
                new Try("07.2", "not enough seeds", claim(6, 1)),
                new Try("07.2", "eight were to be fixed", claim(7, 1)),
                new Try("07.2", "subtracted from", claim(8, -1)),
                right("08.1", 35.84),
                right("08.1", 36),
                new Try("08.1", "How many bytes", 4.48),
                new Try("08.1", "numbers and no edges", 53.76),
                new Try("08.1", "another number", 35_840),
                right("08.2", 17.92, 1.2, false),
                new Try("08.2", "the block is of another size", 2.24, 1.2, false),
                new Try("08.2", "the edges take another size", 17.9, 0.8, false),
                new Try("08.2", "An array has", 17.9, 1.2, true),
                right("09.1", 9_994),
                new Try("09.1", "grows by 1 a step", 5_000),
                new Try("09.1", "not the fewest", 10_000),
                right("09.2", 4.0),
                right("10.1", 401L),
                new Try("10.1", "one of the two kinds", 190L),
                new Try("10.1", "those are the patterns", 1L << 20),
                new Try("10.1", "how many regions", 400L),
                right("10.2", new double[] {-8, 6.1, 6.2, 6.0}, 2),
                new Try("10.2", "more than your bounds ask for", new double[] {-8, 6.1, 6.2, 6.0}, 3),
                new Try("10.2", "still rise", new double[] {-8, 6.1, 6.2, 6.0}, 1),
                new Try("10.2", "of fits", new double[] {0, 1, 2, 3}, 4),
                new Try("09.2", "not in proportion", 8.0),
                new Try("09.2", "is not the ratio", 2.0),
                right("11.1", (WalkMeasure) hop -> hop % 2 == 0 ? 1 : 0),
                new Try("11.1", "hop 3 counts 1", WalkMeasure.powers()),
                new Try("11.1", "hop 2 counts 0", (WalkMeasure) hop -> hop % 2),
                right("11.2", ownClaim(8, -1)),
                new Try("11.2", "fewer than eight", ownClaim(5, -1)),
                new Try("11.2", "does not hold", ownClaim(8, 2)),
                right("12.1", Math.pow(0.8, 10), 4.4814),
                new Try("12.1", "the step before", -1.0, 5.0),
                new Try("12.1", "each step keeps", Math.pow(0.2, 10), 4.48),
                new Try("12.1", "of continuous time", 0.107, 5.0),
                new Try("12.1", "after 3 steps 0.512 is left", 0.107, 3.0),
                right("12.2", lags(), walks(true)),
                new Try("12.2", "in how many ways", lags(), walks(false)),
                new Try("12.2", "the sums agree", lags(), lags()),
                new Try("12.2", "leave lags", walks(true), walks(true)),
                new Try("12.2", "go from 0 to 19", new double[3], walks(true)));
    }

    /** A ring with far chords, of which two edges back and forth are heavy, and draws that take them apart. */
    private static NullComparison draws() {
        int units = 30;
        List<String> names =
                IntStream.range(0, units).mapToObj(Integer::toString).toList();
        int[] from = IntStream.range(0, 2 * units).map(edge -> edge % units).toArray();
        int[] to = IntStream.range(0, 2 * units)
                .map(edge -> (edge + (edge < units ? 1 : units - 1)) % units)
                .toArray();
        double[] weights = IntStream.range(0, 2 * units)
                .mapToDouble(edge -> edge == 0 || edge == units + 1 ? 4 : 1)
                .toArray();
        return HopProfile.of(Wiring.of(names, from, to, weights), names.subList(0, 10), names.subList(10, 20), 6)
                .against(Nulls.degree(), 20, Seed.of(1));
    }

    /** What the input of l steps ago does: leak 0.2, a synapse of 0.5 to itself. */
    private static double[] lags() {
        return IntStream.range(0, 20).mapToDouble(l -> 0.2 * Math.pow(0.9, l)).toArray();
    }

    /** The same by synapses, in all ways to wait or in one. */
    private static double[] walks(boolean allWays) {
        double[] walks = new double[20];
        for (int j = 0; j < 20; j++) {
            for (int l = j; l < 20; l++) {
                double ways = allWays ? CombinatoricsUtils.binomialCoefficientDouble(l, j) : 1;
                walks[j] += 0.2 * ways * Math.pow(0.8, l - j) * Math.pow(0.1, j);
            }
        }
        return walks;
    }

    /** Differences of two tasks, all of one sign. */
    private static Claim claim(int seeds, int sign) {
        Table runs = Table.create(
                StringColumn.create("penalty"),
                StringColumn.create("task"),
                IntColumn.create("seed"),
                DoubleColumn.create("share"));
        for (String task : List.of("on-off", "sparse")) {
            for (int seed = 0; seed < seeds; seed++) {
                for (String penalty : List.of("R-hop", "L1")) {
                    runs.stringColumn("penalty").append(penalty);
                    runs.stringColumn("task").append(task);
                    runs.intColumn("seed").append(seed);
                    runs.doubleColumn("share").append(penalty.equals("L1") ? 0.9 : 0.9 + sign * (0.05 + 0.001 * seed));
                }
            }
        }
        return Claim.of("c", "It is so.", "exercise")
                .above(Comparison.pairedTests(runs, "share", "penalty", "R-hop", "L1", "task"), 0);
    }

    private static Claim ownClaim(int seeds, double opposed) {
        return Claim.of("c", "It is so.", "exercise")
                .below("trained", new Interval(opposed, opposed - 0.1, opposed + 0.1, 0.95, seeds), -0.5)
                .above("untrained", new Interval(0, -0.1, 0.1, 0.95, seeds), opposed < 0 ? -0.5 : 5);
    }

    @ParameterizedTest
    @MethodSource("tries")
    void anAnswerIsRightOrGetsItsHint(Try tried) {
        Exercise said = Exercise.check(tried.id, tried.answer);
        assertEquals(tried.hint.isEmpty(), said.isRight(), said.toString());
        assertTrue(said.words().contains(tried.hint), said.toString());
        assertTrue(said.toString().startsWith(said.isRight() ? "Right: " : "Not yet: "), said.toString());
    }

    @Test
    void everyExerciseIsTriedRightAndTwiceWrong() {
        List<String> rights = new ArrayList<>();
        List<String> wrongs = new ArrayList<>();
        tries().forEach(tried -> (tried.hint.isEmpty() ? rights : wrongs).add(tried.id));
        Set<String> known = Exercise.checks().keySet();
        assertEquals(known, new TreeSet<>(rights));
        for (String id : known) {
            assertTrue(wrongs.stream().filter(id::equals).count() >= 2, id);
        }
    }

    @Test
    void anAnswerOfAnotherKindOrThatFailsIsNotYetRight() {
        assertTrue(Exercise.check("03.3", "84").words().contains("not of the kind"));
        assertTrue(Exercise.check("03.3").words().contains("not of the kind"));
        assertTrue(Exercise.check("02.1", -1.0).words().contains("cannot be tried"));
        assertFalse(Exercise.check("11.2", Claim.of("c", "It is so.", "x")).isRight());
    }

    @Test
    void aMatrixMayBeGivenAlone() {
        assertTrue(Exercise.check("03.1", (Object) new double[][] {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}})
                .isRight());
    }

    @Test
    void anUnknownExerciseIsRefusedWithTheKnownOnes() {
        String said = assertThrows(IllegalArgumentException.class, () -> Exercise.check("03.9"))
                .getMessage();
        assertTrue(said.startsWith("there is no exercise '03.9'; there are [01.1, 01.2, "), said);
    }

    @Test
    void theVerdictIsWordsAndColour() {
        Exercise right = Exercise.check("03.3", 84.0);
        assertTrue(right.html().contains("Right: exercise 03.3 is done.")
                && right.html().contains("#1f6f5c"));
        Exercise not = Exercise.check("03.2", Seed.of(1).value());
        assertTrue(not.html().contains("Not yet: ") && not.html().contains("#8a5a00"));
    }
}
