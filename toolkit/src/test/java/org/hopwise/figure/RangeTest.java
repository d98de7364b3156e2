package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeTest {

    private static List<String> labels(Range range, double... values) {
        return DoubleStream.of(values).mapToObj(range::logarithmicLabel).toList();
    }

    @Test
    void farFromOneTheUnitIsAPowerOfTenInTheTitle() {
        Range range = Range.exactly(0, 4e6, false, false);
        assertEquals(4, range.high(), 1e-12);
        assertEquals("loss (\u00D710\u2076)", range.titled("loss"));
        assertEquals(
                "loss (\u00D710\u207B\u2074)",
                Range.exactly(0, 4e-4, false, false).titled("loss"));
        assertEquals("loss", Range.exactly(0, 0.4, false, false).titled("loss"));
    }

    @Test
    void aLogarithmicAxisOfManyDecadesIsLabelledByPowersOfTen() {
        assertEquals(
                List.of("10\u207B\u2076", " ", " ", "1", "10\u2074"),
                labels(Range.exactly(1e-7, 1e5, true, false), 1e-6, 2e-6, 5e-6, 1, 1e4));
    }

    @Test
    void aLogarithmicAxisWithinOneDecadeIsLabelledBetweenPowersToo() {
        assertEquals(List.of("3", "4"), labels(Range.exactly(2.1, 4.4, true, false), 3, 4));
        assertEquals(List.of("0.02", " ", "0.05"), labels(Range.exactly(0.01, 0.9, true, false), 0.02, 0.03, 0.05));
    }

    @Test
    void labelsOfALogarithmicAxisAreOfOneKind() {
        assertEquals(
                List.of(" ", "10\u207B\u2074", " ", " ", "10\u207B\u00B3"),
                labels(Range.exactly(4e-5, 2.6e-3, true, false), 5e-5, 1e-4, 2e-4, 5e-4, 1e-3));
        assertEquals(
                List.of("5\u00D710\u2074", " ", "10\u2075", "2\u00D710\u2075"),
                labels(Range.exactly(3e4, 4e5, true, false), 5e4, 6e4, 1e5, 2e5));
        assertEquals(
                List.of("0.001", "0.01", "10000"),
                List.of(
                        Range.exactly(8e-4, 0.2, true, false).logarithmicLabel(0.001),
                        Range.exactly(8e-4, 0.2, true, false).logarithmicLabel(0.01),
                        Range.exactly(1, 9e4, true, false).logarithmicLabel(10000)));
    }

    @Test
    void aNarrowLogarithmicAxisInPowersHasLabelsToo() {
        assertEquals(
                List.of("6\u00D710\u207B\u2075", "7\u00D710\u207B\u2075"),
                labels(Range.exactly(5.5e-5, 9e-5, true, false), 6e-5, 7e-5));
    }

    @Test
    void aLogarithmicAxisMayReachOverAllNumbersButTheLargest() {
        Range range = Range.around(1e-300, 1e300, true, false);
        assertEquals(0.5, range.place(1), 0.01);
        assertEquals(
                List.of("10\u207B\u00B2\u2070\u2070", " ", " ", "10\u00B2\u2070\u2070"),
                labels(range, 1e-200, 1e-150, 1e-101, 1e200));
        assertEquals(600, Range.exactly(1e-300, 1e300, true, false).decades(), 1e-9);
    }

    @Test
    void aConstantGetsARangeAroundIt() {
        assertEquals(0.5, Range.around(7, 7, false, false).place(7), 1e-12);
        assertEquals(0.5, Range.around(7, 7, true, false).place(7), 1e-12);
    }

    @Test
    void barsStartAtZero() {
        assertEquals(0, Range.fromZero(3, 5).place(0));
        assertEquals(1, Range.fromZero(-3, -1).place(0));
    }

    @Test
    void ofManyNumberedLabelsTheRoundOnesAreShown() {
        List<String> units =
                IntStream.rangeClosed(1, 32).mapToObj(Integer::toString).toList();
        assertEquals(
                List.of("5", "10", "15", "20", "25", "30"),
                Categories.across(units, 6, false).shown().stream()
                        .filter(label -> !label.isBlank())
                        .toList());
    }

    @Test
    void labelsThatDoNotFitSideBySideRise() {
        List<String> names = List.of("multiplication", "subtraction", "averaging");
        assertEquals(0, Categories.across(names, 120, true).rotation());
        assertEquals(45, Categories.across(names, 80, true).rotation());
        assertEquals(90, Categories.across(names, 40, true).rotation());
        assertEquals(names, Categories.across(names, 40, true).shown());
    }
}
