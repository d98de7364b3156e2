package org.hopwise.figure;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Lines with bands, or points with error bars. */
final class XYBody implements Body {

    /** Markers closer than this many pixels would hide the line that they sit on. */
    private static final double MARKER_SPACING = 14;

    private static final double CAP = 3;

    private final Spec spec;
    private final List<Series> all;
    private final Axis x;
    private final Axis y;

    XYBody(Spec spec) {
        this.spec = spec;
        List<String> categories = Columns.isNumeric(spec.table, spec.x) ? null : Columns.labels(spec.table, spec.x);
        all = Series.of(spec, categories);
        if (categories != null) {
            x = Axis.categories(categories);
        } else {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (Series series : all) {
                for (double value : series.x()) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            x = Axis.around(least, most, spec.logX, Columns.isWhole(spec.table, spec.x));
        }
        double[] extent = Series.extent(spec, all);
        boolean whole = Columns.isWhole(spec.table, spec.y) && spec.low == null;
        y = spec.limits == null
                ? Axis.around(extent[0], extent[1], spec.logY, whole)
                : Axis.exactly(spec.limits[0], spec.limits[1], spec.logY, whole);
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        boolean lines = spec.kind == Spec.Kind.LINES;
        Legend legend = Legend.of(spec, all, lines ? Legend.Sign.LINE_AND_MARKER : Legend.Sign.MARKER);
        References references = new References(spec);
        double top = legend.paint(pen, area);
        double right = references.width(area.getWidth());
        Frame frame = new Frame(
                new Rectangle2D.Double(area.getX(), area.getY() + top, area.getWidth() - right, area.getHeight() - top),
                x,
                y,
                spec.xTitle,
                spec.yTitle,
                false);
        frame.paintGrid(pen);
        references.paint(pen, frame, right);
        frame.paintAxes(pen);
        pen.within(frame.plot(), () -> {
            for (int i = 0; i < all.size() && lines; i++) {
                pen.fill(
                        band(frame, all.get(i)),
                        Palette.transparent(all.get(i).style().color(), 0.18));
            }
            for (int i = 0; i < all.size() && lines; i++) {
                paintLine(pen, frame, all.get(i));
            }
        });
        // Markers on the edge of the plot are drawn whole: they are inside by their centre.
        for (int i = 0; i < all.size(); i++) {
            if (lines) {
                paintSparseMarkers(pen, frame, all.get(i));
            } else {
                paintPoints(pen, frame, all.get(i), shift(frame, i));
            }
        }
    }

    /** Series of points at the same category stand side by side. */
    private double shift(Frame frame, int index) {
        if (!x.isCategorical() || all.size() == 1) {
            return 0;
        }
        double spacing = frame.plot().width / x.labels().size();
        double step = Math.min(14, 0.7 * spacing / all.size());
        return (index - (all.size() - 1) / 2.0) * step;
    }

    private static void paintLine(Pen pen, Frame frame, Series series) {
        Path2D.Double path = new Path2D.Double();
        boolean down = false;
        for (int i = 0; i < series.y().length; i++) {
            if (Double.isNaN(series.y()[i])) {
                down = false;
                continue;
            }
            double px = frame.across(series.x()[i]);
            double py = frame.down(series.y()[i]);
            if (down) {
                path.lineTo(px, py);
            } else {
                path.moveTo(px, py);
            }
            down = true;
        }
        pen.draw(path, series.style().stroke(), series.style().color());
    }

    /** One polygon for each run of points that have both ends. */
    private static Path2D band(Frame frame, Series series) {
        Path2D.Double path = new Path2D.Double();
        int n = series.y().length;
        for (int start = 0; start < n; start++) {
            int end = start;
            while (end < n && !Double.isNaN(series.low()[end]) && !Double.isNaN(series.high()[end])) {
                end++;
            }
            if (end == start) {
                continue;
            }
            path.moveTo(frame.across(series.x()[start]), frame.down(series.high()[start]));
            for (int i = start + 1; i < end; i++) {
                path.lineTo(frame.across(series.x()[i]), frame.down(series.high()[i]));
            }
            for (int i = end - 1; i >= start; i--) {
                path.lineTo(frame.across(series.x()[i]), frame.down(series.low()[i]));
            }
            path.closePath();
            start = end;
        }
        return path;
    }

    private static void paintSparseMarkers(Pen pen, Frame frame, Series series) {
        double last = Double.NEGATIVE_INFINITY;
        int n = series.y().length;
        double mean =
                n < 2 ? Double.MAX_VALUE : (frame.across(series.x()[n - 1]) - frame.across(series.x()[0])) / (n - 1);
        double spacing = mean < MARKER_SPACING ? 4 * MARKER_SPACING : 0;
        for (int i = 0; i < n; i++) {
            double px = frame.across(series.x()[i]);
            if (!Double.isNaN(series.y()[i]) && px - last >= spacing) {
                paintMarker(
                        pen, frame, series, px, series.y()[i], series.style().color(), 7);
                last = px;
            }
        }
    }

    private static void paintPoints(Pen pen, Frame frame, Series series, double shift) {
        var color = series.style().color();
        for (int i = 0; i < series.y().length; i++) {
            double px = frame.across(series.x()[i]) + shift;
            if (Double.isNaN(series.y()[i])) {
                continue;
            }
            paintError(pen, frame, px, series.low()[i], series.high()[i], color);
            boolean many = series.y().length > 200;
            paintMarker(
                    pen,
                    frame,
                    series,
                    px,
                    series.y()[i],
                    many ? Palette.transparent(color, 0.55) : color,
                    many ? 5 : 7);
        }
    }

    private static void paintMarker(
            Pen pen, Frame frame, Series series, double px, double value, java.awt.Color color, int size) {
        double py = frame.down(value);
        Rectangle2D plot = frame.plot();
        if (py >= plot.getMinY() - 0.5 && py <= plot.getMaxY() + 0.5) {
            pen.marker(series.style(), color, px, py, size);
        }
    }

    /** A vertical line with caps from low to high, cut off at the plot's edge. */
    static void paintError(Pen pen, Frame frame, double px, double low, double high, java.awt.Color color) {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return;
        }
        pen.within(frame.plot(), () -> {
            double bottom = frame.down(low);
            double top = frame.down(high);
            var stroke = new java.awt.BasicStroke(1.3f);
            pen.line(px, bottom, px, top, stroke, color);
            pen.line(px - CAP, bottom, px + CAP, bottom, stroke, color);
            pen.line(px - CAP, top, px + CAP, top, stroke, color);
        });
    }
}
