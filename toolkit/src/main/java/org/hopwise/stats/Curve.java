package org.hopwise.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values over x with straight lines between; values of equal x are averaged. */
final class Curve {

    private final TreeMap<Double, List<Double>> points = new TreeMap<>();

    /** One more point; none if either number is missing. */
    void add(double x, double value) {
        if (Double.isFinite(x) && !Double.isNaN(value)) {
            points.computeIfAbsent(x, unused -> new ArrayList<>()).add(value);
        }
    }

    /**
     * Two curves over the stretch of x where both have lines.
     *
     * @param one the mean of the first there: the exact integral, divided by the length; NaN without a stretch
     * @param other the same of the second
     * @param overlap the stretch as a share of what either curve reaches; 0 if it is a point or less
     * @param gap the longest line in use, as a share of what either reaches; 0 without a stretch
     */
    record Stretch(double one, double other, double overlap, double gap) {}

    /** Compares two curves; lines longer than {@code largestGap} of all that either reaches count as no line. */
    static Stretch compare(Curve one, Curve other, double largestGap) {
        if (one.points.isEmpty() || other.points.isEmpty()) {
            return new Stretch(Double.NaN, Double.NaN, 0, 0);
        }
        double reached = Math.max(one.points.lastKey(), other.points.lastKey())
                - Math.min(one.points.firstKey(), other.points.firstKey());
        double end = Math.min(one.points.lastKey(), other.points.lastKey());
        double x = Math.max(one.points.firstKey(), other.points.firstKey());
        double length = 0;
        double first = 0;
        double second = 0;
        double gap = 0;
        while (x < end) {
            double to = Math.min(end, Math.min(one.after(x), other.after(x)));
            double longest = Math.max(one.line(x), other.line(x)) / reached;
            if (longest <= largestGap) {
                length += to - x;
                first += (one.at(x) + one.at(to)) / 2 * (to - x);
                second += (other.at(x) + other.at(to)) / 2 * (to - x);
                gap = Math.max(gap, longest);
            }
            x = to;
        }
        return length > 0
                ? new Stretch(first / length, second / length, length / reached, gap)
                : new Stretch(Double.NaN, Double.NaN, 0, 0);
    }

    /** The next point beyond an x. */
    private double after(double x) {
        Double next = points.higherKey(x);
        return next == null ? Double.POSITIVE_INFINITY : next;
    }

    /** The length of the line that starts at or before an x and ends beyond it. */
    private double line(double x) {
        return after(x) - points.floorKey(x);
    }

    /** The value at an x between the first and the last. */
    private double at(double x) {
        Map.Entry<Double, List<Double>> below = points.floorEntry(x);
        Map.Entry<Double, List<Double>> above = points.ceilingEntry(x);
        double low = mean(below.getValue());
        double width = above.getKey() - below.getKey();
        return width == 0 ? low : low + (x - below.getKey()) / width * (mean(above.getValue()) - low);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
