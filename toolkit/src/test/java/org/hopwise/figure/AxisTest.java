package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxisTest {

    private static List<String> labels(Axis axis) {
        return axis.ticks(200, false).stream().map(Axis.Tick::label).toList();
    }

    @Test
    void ticksHaveAsManyDecimalsAsTheirStep() {
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Axis.exactly(0, 1, false, false)));
    }

    @Test
    void integersHaveNoTicksBetweenThem() {
        assertEquals(List.of("2", "3", "4"), labels(Axis.exactly(2, 4, false, true)));
    }

    @Test
    void farFromOneLabelsArePowersOfTen() {
        assertEquals(
                List.of("0", "1\u00D710\u2076", "2\u00D710\u2076", "3\u00D710\u2076", "4\u00D710\u2076"),
                labels(Axis.exactly(0, 4e6, false, false)));
    }

    @Test
    void aLogarithmicAxisOfManyDecadesIsInOneNotation() {
        assertEquals(
                List.of("10\u207B\u2076", "10\u207B\u2074", "10\u207B\u00B2", "1", "10\u00B2", "10\u2074"),
                labels(Axis.exactly(1e-7, 1e5, true, false)));
    }

    @Test
    void aLogarithmicAxisWithinOneDecadeHasTicksToo() {
        assertTrue(labels(Axis.exactly(2.1, 4.4, true, false)).size() >= 2);
    }

    @Test
    void aConstantGetsARangeAroundIt() {
        Axis axis = Axis.around(7, 7, false, false);
        assertEquals(0.5, axis.fraction(7), 1e-12);
    }

    @Test
    void barsStartAtZero() {
        assertEquals(0, Axis.fromZero(3, 5).fraction(0));
        assertEquals(1, Axis.fromZero(-3, -1).fraction(0));
    }

    @Test
    void ofManyNumberedLabelsTheRoundOnesAreShown() {
        List<String> units =
                IntStream.rangeClosed(1, 32).mapToObj(Integer::toString).toList();
        assertEquals(
                List.of(4, 9, 14, 19, 24, 29),
                CategoryLabels.across(units, 6, 100).shown());
    }

    @Test
    void labelsThatDoNotFitSideBySideAreSlanted() {
        List<String> names = List.of("multiplication", "subtraction", "averaging");
        assertTrue(CategoryLabels.across(names, 40, 200).slanted());
        assertEquals(List.of(0, 1, 2), CategoryLabels.across(names, 40, 200).shown());
    }

    @Test
    void labelsThatFitOnSeveralLinesAreWrapped() {
        List<String> names = List.of("motor neurons", "sensory neurons");
        assertEquals(
                List.of("motor", "neurons"),
                CategoryLabels.across(names, 70, 200).lines().get(0));
    }
}
