package org.hopwise.figure;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.XYStyler;

/** A HeatMapChart of coloured cells, and a colour bar that is an XYChart. */
final class HeatBody implements ChartBody {

    /** Beyond this many cells a picture in the picture is smaller and faster than a shape a cell. */
    private static final int MOST_SHAPES = 10_000;

    private static final int RASTER_PIXELS = 1200;
    /** XChart draws nothing in a plot that is narrower than 30 pixels, so the bar is part of a plot. */
    private static final double BAR_PLOT = 31;

    private static final double BAR_WIDTH = 13;
    private static final int BAR_STEPS = 100;
    private static final double WIDE = 300;
    private static final double NUDGE = 0.0137;

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
                        "several rows have %s '%s' and %s '%s'; a cell needs one, so use Summary.of first."
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
    public Charts.HeatMap chart(double width, double height) {
        Charts.HeatMap chart = new Charts.HeatMap();
        Charts.style(chart, spec.xTitle, spec.yTitle, width, height);
        int rows = cells.length;
        int columns = cells[0].length;
        Categories across = Categories.across(xLabels, 0.8 * width / columns, false);
        List<String> down = new ArrayList<>(Categories.down(yLabels, 0.8 * height / rows, 0.3 * width));
        Collections.reverse(down);
        List<Number[]> present = new ArrayList<>();
        boolean raster = rows * columns > MOST_SHAPES;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                // XChart needs a cell at least; the picture covers it.
                if (!Double.isNaN(cells[i][j]) && !(raster && !present.isEmpty())) {
                    present.add(new Number[] {j, rows - 1 - i, safe(cells[i][j])});
                }
            }
        }
        chart.addSeries("cells", across.shown(), down, present)
                .setMin(low)
                .setMax(high)
                .setShowInLegend(false);
        HeatMapStyler styler = chart.getStyler();
        styler.setRangeColors(IntStream.rangeClosed(0, BAR_STEPS)
                .mapToObj(step -> color(low + (high - low) * step / BAR_STEPS))
                .toArray(Color[]::new));
        // XChart paints a missing value black; cells that are left out show what lies behind.
        styler.setPlotBackgroundColor(hasMissing ? Palette.MISSING : Color.WHITE);
        styler.setPlotGridLinesVisible(false).setAxisTicksMarksVisible(false).setAxisTicksLineVisible(false);
        styler.setPlotContentSize(1);
        styler.setXAxisTickMarkSpacingHint(1);
        Charts.rotate(styler, across.rotation());
        if (raster) {
            chart.addAnnotation(new Charts.Overlay(pen -> paintRaster(pen, chart.plotArea())));
        }
        return chart;
    }

    /** XChart has no colour for a value below the upper end whose share of the range rounds to 1. */
    private double safe(double value) {
        return (value - low) / (high - low) >= 1 ? high : value;
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        double top = hasMissing ? Fonts.lineHeight(Fonts.LEGEND) + 4 : 0;
        Rectangle2D.Double room = new Rectangle2D.Double(
                area.getX(),
                area.getY() + top,
                area.getWidth() - barWidth(area.getHeight() - top),
                area.getHeight() - top);
        Charts.HeatMap chart = chart(room.width, room.height);
        makeSquare(room, Charts.measure(chart, room));
        // Edges of cells that lie exactly in the middle of a pixel would leave it to neither neighbour.
        room.x += NUDGE;
        room.y += NUDGE;
        Rectangle2D.Double plot = Charts.paint(chart, pen, room);
        pen.graphics().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.draw(plot, Pen.THIN, Palette.INK);
        paintBar(pen, plot);
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

    /** Takes room away from a chart until its cells are squares, unless they are far from it. */
    private void makeSquare(Rectangle2D.Double room, Rectangle2D plot) {
        double cell = Math.min(plot.getWidth() / cells[0].length, plot.getHeight() / cells.length);
        double width = cell * cells[0].length;
        double height = cell * cells.length;
        room.width -= width > 0.55 * plot.getWidth() ? plot.getWidth() - width : 0;
        room.height -= height > 0.55 * plot.getHeight() ? plot.getHeight() - height : 0;
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

    /** Every cell is a square of whole pixels, so that scaling does not blur its edges. */
    private void paintRaster(Pen pen, Rectangle2D plot) {
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
        pen.graphics().translate(plot.getX(), plot.getY());
        pen.graphics().scale(plot.getWidth() / image.getWidth(), plot.getHeight() / image.getHeight());
        pen.graphics().drawImage(image, 0, 0, null);
        pen.graphics().setTransform(before);
    }

    /** The colour bar: strips from every level to the top, each over the one before. */
    Charts.Xy bar(double height) {
        Charts.Xy chart = new Charts.Xy();
        Range range = Range.exactly(low, high, false, false);
        Charts.style(chart, "", range.titled(Columns.title(spec.value)), BAR_PLOT, height);
        Charts.upFrom(chart, range);
        double left = 1 - BAR_WIDTH / BAR_PLOT;
        for (int step = 0; step < BAR_STEPS; step++) {
            double from = range.low() + (range.high() - range.low()) * step / BAR_STEPS;
            chart.polygon(
                    new double[] {left, 1, 1, left},
                    new double[] {from, from, range.high(), range.high()},
                    color(low + (high - low) * (step + 0.5) / BAR_STEPS));
        }
        chart.line(new double[] {Double.NaN}, new double[] {Double.NaN}, Pen.THIN, Palette.INK);
        chart.line(
                new double[] {left, 1, 1, left, left},
                new double[] {range.low(), range.low(), range.high(), range.high(), range.low()},
                Pen.THIN,
                Palette.INK);
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0).setXAxisMax(1.0).setXAxisTicksVisible(false).setXAxisTickMarkSpacingHint(10);
        styler.setChartPadding(0);
        styler.setPlotGridLinesVisible(false).setAxisTicksLineVisible(false);
        styler.setYAxisGroupPosition(0, YAxisPosition.Right);
        styler.setYAxisLabelAlignment(TextAlignment.Left);
        return chart;
    }

    private double barWidth(double height) {
        Rectangle2D.Double room = new Rectangle2D.Double(0, 0, WIDE, height);
        return WIDE - Charts.measure(bar(height), room).width + BAR_PLOT;
    }

    private void paintBar(Pen pen, Rectangle2D plot) {
        // Pointed ends say that some values lie beyond the scale and have its last colour.
        double above = most > high ? BAR_WIDTH : 0;
        double below = least < low ? BAR_WIDTH : 0;
        double height = plot.getHeight() - above - below;
        Charts.Xy chart = bar(height);
        Rectangle2D.Double room = new Rectangle2D.Double(plot.getMaxX(), plot.getY() + above, barWidth(height), height);
        Rectangle2D.Double strip = Charts.paint(chart, pen, room);
        if (above > 0) {
            paintPoint(pen, strip.getMaxX(), strip.getMinY(), plot.getMinY(), color(high));
        }
        if (below > 0) {
            paintPoint(pen, strip.getMaxX(), strip.getMaxY(), plot.getMaxY(), color(low));
        }
    }

    private static void paintPoint(Pen pen, double right, double base, double tip, Color color) {
        Path2D.Double triangle = new Path2D.Double();
        triangle.moveTo(right - BAR_WIDTH, base);
        triangle.lineTo(right - BAR_WIDTH / 2, tip);
        triangle.lineTo(right, base);
        pen.fill(triangle, color);
        pen.draw(triangle, Pen.THIN, Palette.INK);
    }
}
