package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.hopwise.internal.Texts;

/** Units in layers and arrows between them. */
final class NetworkBody implements Body {

    private static final int MOST_LABELS = 12;
    private static final int MOST_UNITS = 64;
    private static final double RADIUS = 17;
    private static final double LOOP = 28;
    private static final double HEAD = 8;
    private static final Color POSITIVE = new Color(0xB2182B);
    private static final Color NEGATIVE = new Color(0x2166AC);
    private static final Color MARK = new Color(0xF6D55C);

    private final Spec spec;
    private final Map<String, Point2D.Double> places = new LinkedHashMap<>();
    private final Map<String, Integer> layers = new LinkedHashMap<>();
    private final double[] weights;
    private final double greatest;

    NetworkBody(Spec spec) {
        this.spec = spec;
        weights = Columns.numbers(spec.table, spec.value);
        double most = 0;
        for (double weight : weights) {
            most = Double.isNaN(weight) ? most : Math.max(most, Math.abs(weight));
        }
        greatest = most;
        for (int layer = 0; layer < spec.layers.size(); layer++) {
            for (String unit : spec.layers.get(layer)) {
                layers.put(unit, layer);
            }
        }
    }

    static void check(Spec spec) {
        if (spec.layers.size() < 2) {
            throw new IllegalArgumentException(
                    "there are %d layers; a drawing needs at least 2.".formatted(spec.layers.size()));
        }
        Set<String> units = new HashSet<>();
        for (List<String> layer : spec.layers) {
            for (String unit : layer) {
                if (!units.add(unit)) {
                    throw new IllegalArgumentException(
                            "unit '%s' stands twice in the layers; use it once.".formatted(unit));
                }
            }
        }
        if (units.size() > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "there are %d units; a drawing takes at most %d. Draw groups.".formatted(units.size(), MOST_UNITS));
        }
        for (int row = 0; row < spec.table.rowCount(); row++) {
            for (String column : List.of(spec.x, spec.y)) {
                String unit = Columns.label(spec.table, column, row);
                if (!units.contains(unit)) {
                    throw new IllegalArgumentException(
                            "edge %d has the unit '%s', which is in no layer; add it to one.".formatted(row, unit));
                }
            }
        }
        for (String unit : spec.walk) {
            if (!units.contains(unit)) {
                throw new IllegalArgumentException(
                        "walk passes '%s', which is no unit of this drawing.".formatted(unit));
            }
        }
    }

    /** The edges, up to twelve, for those who do not see the drawing. */
    static String words(Spec spec) {
        double[] weights = Columns.numbers(spec.table, spec.value);
        StringJoiner words = new StringJoiner("; ", "Edges: ", weights.length > MOST_LABELS ? "; and more." : ".");
        for (int row = 0; row < Math.min(MOST_LABELS, weights.length); row++) {
            String ends = Columns.label(spec.table, spec.x, row) + " to " + Columns.label(spec.table, spec.y, row);
            words.add(Double.isNaN(weights[row]) ? ends : ends + ": " + Texts.number(weights[row]));
        }
        return weights.length == 0 ? "No edges." : words.toString();
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        place(area);
        boolean isLabelled = spec.table.rowCount() <= MOST_LABELS;
        List<Runnable> labels = new ArrayList<>();
        for (int row = 0; row < spec.table.rowCount(); row++) {
            String from = Columns.label(spec.table, spec.x, row);
            String to = Columns.label(spec.table, spec.y, row);
            paintEdge(pen, from, to, weights[row], isLabelled ? labels : null);
        }
        labels.forEach(Runnable::run);
        places.forEach((unit, at) -> paintUnit(pen, unit, at));
    }

    /**
     * Layers stand upright, evenly from left to right. One in the middle with edges among its own units lies in a row
     * instead, as wide as its share of the drawing.
     */
    private void place(Rectangle2D area) {
        int last = spec.layers.size() - 1;
        double left = area.getX() + widest(0) / 2 + 6;
        double right = area.getMaxX() - widest(last) / 2 - 6;
        double share = (right - left) / Math.max(1, last - 1);
        for (int layer = 0; layer <= last; layer++) {
            List<String> units = spec.layers.get(layer);
            boolean isRow = isRow(layer);
            double centre = left + (right - left) * layer / last;
            for (int i = 0; i < units.size(); i++) {
                double x = isRow ? centre + share * ((i + 1.0) / (units.size() + 1) - 0.5) : centre;
                double y = isRow ? area.getCenterY() : area.getY() + area.getHeight() * (i + 0.5) / units.size();
                places.put(units.get(i), new Point2D.Double(x, y));
            }
        }
    }

    private boolean isRow(int layer) {
        if (layer == 0 || layer == spec.layers.size() - 1) {
            return false;
        }
        for (int row = 0; row < spec.table.rowCount(); row++) {
            if (layer(row, spec.x) == layer && layer(row, spec.y) == layer) {
                return true;
            }
        }
        return false;
    }

    private int layer(int row, String column) {
        return layers.get(Columns.label(spec.table, column, row));
    }

    /** The height that units above each other, arcs, loops and their labels take, in pixels. */
    static int height(Spec spec) {
        NetworkBody body = new NetworkBody(spec);
        body.place(new Rectangle2D.Double(0, 0, spec.width, spec.height));
        double half = RADIUS + 8;
        int most = 1;
        for (int layer = 0; layer < spec.layers.size(); layer++) {
            most = Math.max(most, body.isRow(layer) ? 1 : spec.layers.get(layer).size());
        }
        for (int row = 0; row < spec.table.rowCount(); row++) {
            String from = Columns.label(spec.table, spec.x, row);
            String to = Columns.label(spec.table, spec.y, row);
            // A curve comes half as far as the point that it bends to.
            double reach = from.equals(to) ? RADIUS + LOOP : Math.abs(body.rise(from, to)) / 2;
            half = Math.max(half, reach + 12);
        }
        return (int) Math.ceil(Math.max(2 * half, 48.0 * most));
    }

    private double widest(int layer) {
        return spec.layers.get(layer).stream().mapToDouble(this::width).max().orElse(0);
    }

    private double width(String unit) {
        return Math.max(2 * RADIUS, Fonts.width(unit, Fonts.AXIS) + 14);
    }

    private void paintUnit(Pen pen, String unit, Point2D.Double at) {
        Shape box = outline(unit, at);
        pen.fill(box, spec.walk.contains(unit) ? MARK : Color.WHITE);
        pen.draw(box, new BasicStroke(1.2f), Palette.INK);
        pen.text(unit, at.x, at.y + Fonts.capital(Fonts.AXIS) / 2, Pen.Align.CENTRE, Fonts.AXIS, Palette.INK);
    }

    private void paintEdge(Pen pen, String from, String to, double weight, List<Runnable> labels) {
        boolean isPlain = Double.isNaN(weight);
        Color color = isPlain ? Palette.SOFT_INK : weight < 0 ? NEGATIVE : POSITIVE;
        float width = isPlain || greatest == 0 ? 1.2f : (float) (1 + 2.5 * Math.abs(weight) / greatest);
        float[] dash = !isPlain && weight < 0 ? new float[] {6, 4} : null;
        BasicStroke stroke = new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
        Point2D.Double start = places.get(from);
        Point2D.Double end = places.get(to);
        Point2D.Double label;
        boolean isMarked = isMarked(from, to);
        if (from.equals(to)) {
            var loop = new Ellipse2D.Double(start.x - 13, start.y - RADIUS - LOOP, 26, LOOP + 6);
            mark(pen, loop, isMarked);
            pen.draw(loop, stroke, color);
            head(pen, start.x + 12, start.y - RADIUS - 10, start.x + 8, start.y - RADIUS, color);
            label = new Point2D.Double(start.x, start.y - RADIUS - LOOP);
        } else {
            Point2D.Double bend = bend(from, to, start, end);
            Point2D.Double tip = edgeOf(to, end, bend);
            Point2D.Double tail = edgeOf(from, start, bend);
            var curve = new QuadCurve2D.Double(tail.x, tail.y, bend.x, bend.y, tip.x, tip.y);
            mark(pen, curve, isMarked);
            pen.draw(curve, stroke, color);
            head(pen, bend.x, bend.y, tip.x, tip.y, color);
            label = new Point2D.Double((tail.x + 2 * bend.x + tip.x) / 4, (tail.y + 2 * bend.y + tip.y) / 4);
        }
        if (labels != null && !isPlain) {
            labels.add(() -> paintLabel(pen, Texts.number(weight), label, color));
        }
    }

    private boolean isMarked(String from, String to) {
        for (int i = 1; i < spec.walk.size(); i++) {
            if (spec.walk.get(i - 1).equals(from) && spec.walk.get(i).equals(to)) {
                return true;
            }
        }
        return false;
    }

    private static void mark(Pen pen, Shape shape, boolean isMarked) {
        if (isMarked) {
            pen.draw(shape, new BasicStroke(9f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND), MARK);
        }
    }

    private Point2D.Double bend(String from, String to, Point2D.Double start, Point2D.Double end) {
        return new Point2D.Double((start.x + end.x) / 2, (start.y + end.y) / 2 + rise(from, to));
    }

    /** Straight to a neighbour; over the units between if there are any, and back below them. */
    private double rise(String from, String to) {
        Point2D.Double start = places.get(from);
        Point2D.Double end = places.get(to);
        double y = (start.y + end.y) / 2;
        boolean isLevel = Math.abs(start.y - end.y) < 2 * RADIUS;
        long between = places.values().stream()
                .filter(at -> Math.abs(at.y - y) < RADIUS
                        && at.x > Math.min(start.x, end.x) + 1
                        && at.x < Math.max(start.x, end.x) - 1)
                .count();
        boolean isBack = layers.get(from) >= layers.get(to) && end.x < start.x;
        return isBack ? 50 + 22 * between : isLevel && between > 0 ? -(40 + 26 * between) : 0;
    }

    /** Where a line from a point to a unit meets its outline. */
    private Point2D.Double edgeOf(String unit, Point2D.Double at, Point2D.Double from) {
        Shape outline = outline(unit, at);
        double inside = 0;
        double outside = 1;
        while (outside - inside > 1e-4) {
            double middle = (inside + outside) / 2;
            if (outline.contains(at.x + middle * (from.x - at.x), at.y + middle * (from.y - at.y))) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return new Point2D.Double(at.x + outside * (from.x - at.x), at.y + outside * (from.y - at.y));
    }

    private Shape outline(String unit, Point2D.Double at) {
        double width = width(unit);
        return new RoundRectangle2D.Double(at.x - width / 2, at.y - RADIUS, width, 2 * RADIUS, 2 * RADIUS, 2 * RADIUS);
    }

    private static void head(Pen pen, double fromX, double fromY, double x, double y, Color color) {
        double angle = Math.atan2(y - fromY, x - fromX);
        Path2D head = new Path2D.Double();
        head.moveTo(x, y);
        for (double side : new double[] {-0.4, 0.4}) {
            head.lineTo(x - HEAD * Math.cos(angle + side), y - HEAD * Math.sin(angle + side));
        }
        head.closePath();
        pen.fill(head, color);
    }

    private static void paintLabel(Pen pen, String text, Point2D.Double at, Color color) {
        double width = Fonts.width(text, Fonts.AXIS) + 6;
        pen.fill(new Rectangle2D.Double(at.x - width / 2, at.y - 8, width, 16), Color.WHITE);
        pen.text(text, at.x, at.y + Fonts.capital(Fonts.AXIS) / 2, Pen.Align.CENTRE, Fonts.AXIS, color);
    }
}
