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

    /** The stretch of x that both curves reach, as a share of what either reaches; 0 if it is a point or less. */
    double overlap(Curve other) {
        if (points.isEmpty() || other.points.isEmpty()) {
            return 0;
        }
        double reached = Math.max(points.lastKey(), other.points.lastKey())
                - Math.min(points.firstKey(), other.points.firstKey());
        double shared = end(other) - start(other);
        return shared > 0 ? shared / reached : 0;
    }

    /** The mean of this curve over the stretch that both reach: the exact integral, divided by the length. */
    double meanWithin(Curve other) {
        double start = start(other);
        double end = end(other);
        double area = 0;
        double x = start;
        while (x < end) {
            Double next = points.higherKey(x);
            double to = next == null ? end : Math.min(next, end);
            area += (at(x) + at(to)) / 2 * (to - x);
            x = to;
        }
        return area / (end - start);
    }

    private double start(Curve other) {
        return Math.max(points.firstKey(), other.points.firstKey());
    }

    private double end(Curve other) {
        return Math.min(points.lastKey(), other.points.lastKey());
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
