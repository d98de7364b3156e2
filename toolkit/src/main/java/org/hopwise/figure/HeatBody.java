package org.hopwise.figure;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Coloured cells with a colour bar. */
final class HeatBody implements Body {

    /** Beyond this many cells a picture in the picture is smaller and faster than a shape a cell. */
    private static final int MOST_SHAPES = 10_000;

    private static final int RASTER_PIXELS = 1200;
    private static final double BAR_WIDTH = 12;
    private static final double BAR_GAP = 10;
    private static final int BAR_STEPS = 100;

    private final Spec spec;
    private final List<String> xLabels;
    private final List<String> yLabels;
    private final double[][] cells;
    private final boolean signed;
    private final double low;
    private final double high;
    private final double least;
    private final double most;
    private final boolean hasMissing;

    HeatBody(Spec spec) {
        this.spec = spec;
        xLabels = Columns.labels(spec.table, spec.x);
        yLabels = Columns.labels(spec.table, spec.y);
        cells = read(spec, xLabels, yLabels);
        double[] all = Arrays.stream(cells).flatMapToDouble(Arrays::stream).toArray();
        double[] present = Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
        least = Arrays.stream(present).min().orElseThrow();
        most = Arrays.stream(present).max().orElseThrow();
        hasMissing = present.length < all.length;
        if (spec.limits != null) {
            signed = spec.limits[0] < 0;
            low = spec.limits[0];
            high = spec.limits[1];
        } else if (least < 0) {
            signed = true;
            high = Math.max(-least, most);
            low = -high;
        } else {
            signed = false;
            // From 0, unless that would leave most of the colours unused.
            low = least > most / 2 && least < most ? least : 0;
            high = most == 0 ? 1 : most;
        }
    }

    private static double[][] read(Spec spec, List<String> xLabels, List<String> yLabels) {
        Map<String, Integer> xs = numbered(xLabels);
        Map<String, Integer> ys = numbered(yLabels);
        double[][] cells = new double[yLabels.size()][xLabels.size()];
        boolean[][] seen = new boolean[yLabels.size()][xLabels.size()];
        for (double[] row : cells) {
            Arrays.fill(row, Double.NaN);
        }
        double[] values = Columns.numbers(spec.table, spec.value);
        for (int row = 0; row < values.length; row++) {
            String xLabel = Columns.label(spec.table, spec.x, row);
            String yLabel = Columns.label(spec.table, spec.y, row);
            int i = ys.get(yLabel);
            int j = xs.get(xLabel);
            if (seen[i][j]) {
                throw new IllegalArgumentException(
                        "several rows have %s '%s' and %s '%s'; a cell needs one, so use Statistics.summary first."
                                .formatted(spec.x, xLabel, spec.y, yLabel));
            }
            seen[i][j] = true;
            cells[i][j] = values[row];
        }
        return cells;
    }

    private static Map<String, Integer> numbered(List<String> labels) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            numbers.put(labels.get(i), i);
        }
        return numbers;
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        Axis scale = Axis.exactly(low, high, false, false);
        String name = Columns.title(spec.value);
        double top = 0;
        if (hasMissing) {
            top = Fonts.lineHeight(Fonts.LEGEND) + 4;
        }
        double barHeight = area.getHeight() - top;
        // How many ticks fit, and so how wide they are, is known only once the plot is placed.
        double labels = Math.max(labelWidth(scale, barHeight), labelWidth(scale, barHeight / 2));
        double right = BAR_GAP + BAR_WIDTH + 6 + labels + 4 + Fonts.lineHeight(Fonts.AXIS);
        Frame frame = new Frame(
                new Rectangle2D.Double(area.getX(), area.getY() + top, area.getWidth() - right, area.getHeight() - top),
                Axis.categories(xLabels),
                Axis.categories(yLabels),
                spec.xTitle,
                spec.yTitle,
                true);
        Rectangle2D.Double plot = frame.plot();
        paintCells(pen, plot);
        frame.paintAxes(pen);
        pen.draw(plot, Pen.THIN, Palette.INK);
        paintBar(pen, plot, scale, name);
        if (hasMissing) {
            double middle = area.getY() + Fonts.lineHeight(Fonts.LEGEND) / 2;
            pen.fill(new Rectangle2D.Double(plot.x, middle - 5, 11, 10), Palette.MISSING);
            pen.text(
                    "missing",
                    plot.x + 16,
                    middle + Fonts.capital(Fonts.LEGEND) / 2,
                    Pen.Align.LEFT,
                    Fonts.LEGEND,
                    Palette.INK);
        }
    }

    private Color color(double value) {
        if (Double.isNaN(value)) {
            return Palette.MISSING;
        }
        if (!signed) {
            return Palette.sequential((value - low) / (high - low));
        }
        // White is 0 even where the limits were set unevenly.
        return Palette.diverging(0.5 + 0.5 * value / Math.max(-low, Math.abs(high)));
    }

    private void paintCells(Pen pen, Rectangle2D.Double plot) {
        int rows = cells.length;
        int columns = cells[0].length;
        if (rows * columns > MOST_SHAPES) {
            paintRaster(pen, plot);
            return;
        }
        Object smooth = pen.graphics().getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        pen.graphics().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double left = plot.x + j * plot.width / columns;
                double top = plot.y + i * plot.height / rows;
                pen.fill(
                        new Rectangle2D.Double(left, top, plot.width / columns, plot.height / rows),
                        color(cells[i][j]));
            }
        }
        pen.graphics().setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth);
    }

    /** Every cell is a square of whole pixels, so that scaling does not blur its edges. */
    private void paintRaster(Pen pen, Rectangle2D.Double plot) {
        int rows = cells.length;
        int columns = cells[0].length;
        int factor = Math.max(1, RASTER_PIXELS / Math.max(rows, columns));
        BufferedImage image = new BufferedImage(columns * factor, rows * factor, BufferedImage.TYPE_INT_RGB);
        for (int v = 0; v < rows * factor; v++) {
            for (int u = 0; u < columns * factor; u++) {
                image.setRGB(u, v, color(cells[v / factor][u / factor]).getRGB());
            }
        }
        AffineTransform before = pen.graphics().getTransform();
        pen.graphics().translate(plot.x, plot.y);
        pen.graphics().scale(plot.width / image.getWidth(), plot.height / image.getHeight());
        pen.graphics().drawImage(image, 0, 0, null);
        pen.graphics().setTransform(before);
    }

    private void paintBar(Pen pen, Rectangle2D.Double plot, Axis scale, String name) {
        double x = plot.getMaxX() + BAR_GAP;
        boolean above = most > high;
        boolean below = least < low;
        double top = plot.y + (above ? BAR_WIDTH : 0);
        double height = plot.height - (above ? BAR_WIDTH : 0) - (below ? BAR_WIDTH : 0);
        Object smooth = pen.graphics().getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        pen.graphics().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int step = 0; step < BAR_STEPS; step++) {
            double value = low + (high - low) * (step + 0.5) / BAR_STEPS;
            double bottom = top + height * (1 - (double) step / BAR_STEPS);
            pen.fill(
                    new Rectangle2D.Double(x, bottom - height / BAR_STEPS, BAR_WIDTH, height / BAR_STEPS),
                    color(value));
        }
        pen.graphics().setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth);
        if (above) {
            pen.fill(triangle(x, top + 0.5, plot.y), color(high));
        }
        if (below) {
            pen.fill(triangle(x, top + height - 0.5, plot.getMaxY()), color(low));
        }
        // Pointed ends say that some values lie beyond the scale and have its last colour.
        Path2D.Double outline = new Path2D.Double();
        outline.moveTo(x, top);
        outline.lineTo(x + BAR_WIDTH / 2, above ? plot.y : top);
        outline.lineTo(x + BAR_WIDTH, top);
        outline.lineTo(x + BAR_WIDTH, top + height);
        outline.lineTo(x + BAR_WIDTH / 2, below ? plot.getMaxY() : top + height);
        outline.lineTo(x, top + height);
        outline.closePath();
        pen.draw(outline, Pen.THIN, Palette.INK);
        double right = x + BAR_WIDTH;
        for (Axis.Tick tick : scale.ticks(height, false)) {
            double y = top + height * (1 - scale.fraction(tick.value()));
            pen.line(right, y, right + 3, y, Pen.THIN, Palette.INK);
            pen.text(
                    tick.label(),
                    right + 6,
                    y + Fonts.capital(Fonts.TICK) / 2,
                    Pen.Align.LEFT,
                    Fonts.TICK,
                    Palette.INK);
        }
        pen.turned(
                Fonts.fit(name, Fonts.AXIS, plot.height),
                right + 6 + labelWidth(scale, height) + 4 + Fonts.capital(Fonts.AXIS),
                plot.getCenterY(),
                90,
                Pen.Align.CENTRE,
                Fonts.AXIS,
                Palette.INK);
    }

    private static double labelWidth(Axis scale, double height) {
        return Fonts.width(
                scale.ticks(height, false).stream().map(Axis.Tick::label).toList(), Fonts.TICK);
    }

    private static Path2D triangle(double x, double base, double tip) {
        Path2D.Double triangle = new Path2D.Double();
        triangle.moveTo(x, base);
        triangle.lineTo(x + BAR_WIDTH / 2, tip);
        triangle.lineTo(x + BAR_WIDTH, base);
        triangle.closePath();
        return triangle;
    }
}
