package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.internal.Quantile;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;

/**
 * An XYChart of lines with bands, points with error bars and a line, or boxes after Tukey. Up to twenty values of a box are all
 * drawn as points, so that few seeds look like few.
 */
final class XYBody implements ChartBody {

    /** Markers closer than this many pixels would hide the line that they sit on. */
    private static final double MARKER_SPACING = 14;

    private static final int MANY_POINTS = 200;
    private static final int FEW_IN_BOX = 20;
    private static final double BOXES_SHARE = 0.75;
    private static final BasicStroke EDGE = new BasicStroke(1.2f);
    private static final BasicStroke MEDIAN = new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    private final Spec spec;
    private final List<String> categories;
    private final List<Series> all;
    private final Range x;
    private final Range y;

    XYBody(Spec spec) {
        this.spec = spec;
        boolean named = spec.kind == Spec.Kind.BOXES || !Columns.isNumeric(spec.table, spec.x);
        categories = named ? Columns.labels(spec.table, spec.x) : null;
        all = Series.of(spec, categories);
        double[] across = all.stream()
                .flatMapToDouble(series -> Arrays.stream(series.x()))
                .toArray();
        x = named
                ? Range.exactly(-0.5, categories.size() - 0.5, false, false)
                : Range.around(
                        Arrays.stream(across).min().orElseThrow(),
                        Arrays.stream(across).max().orElseThrow(),
                        spec.logX,
                        Columns.isWhole(spec.table, spec.x));
        double[] extent = Series.extent(spec, all);
        boolean whole = Columns.isWhole(spec.table, spec.y) && spec.low == null && spec.line == null;
        // Half a decade leaves room for the arrows of open intervals.
        double least = Series.isAnyOpen(all) ? extent[0] / Math.sqrt(10) : extent[0];
        y = spec.limits == null
                ? Range.around(least, extent[1], spec.logY, whole)
                : Range.exactly(spec.limits[0], spec.limits[1], spec.logY, whole);
    }

    @Override
    public Charts.Xy chart(double width, double height) {
        Charts.Xy chart = new Charts.Xy();
        Charts.style(chart, x.titled(spec.xTitle), y.titled(spec.yTitle), width, height);
        Charts.acrossFrom(chart, x);
        Charts.upFrom(chart, y);
        Charts.axisLines(chart);
        // A missing place keeps XChart from putting ticks at the data only, as it does where they are equally spaced.
        chart.line(new double[] {Double.NaN}, new double[] {Double.NaN}, SeriesLines.NONE, Palette.INK);
        for (Spec.Reference reference : spec.references) {
            double at = y.scaled(reference.value());
            chart.line(new double[] {x.low(), x.high()}, new double[] {at, at}, Pen.DASHED, Palette.SOFT_INK);
        }
        boolean many = all.stream().anyMatch(series -> count(series) > MANY_POINTS);
        chart.getStyler()
                .setMarkerSize(spec.kind == Spec.Kind.BOXES ? 4 : many && spec.kind == Spec.Kind.POINTS ? 5 : 7);
        List<XYSeries> entries = new ArrayList<>();
        if (spec.kind == Spec.Kind.LINES) {
            all.forEach(series -> addBands(chart, series));
        }
        for (int s = 0; s < all.size(); s++) {
            switch (spec.kind) {
                case LINES -> addLine(chart, all.get(s), 0.8 * width, entries);
                case POINTS -> addPoints(chart, all.get(s), shift(s), many, entries);
                default -> addBoxes(chart, all.get(s), s, width, entries);
            }
        }
        if (spec.by != null) {
            Charts.legend(chart, Columns.title(spec.by) + ":", entries, width, height);
        }
        Rectangle2D plot = Charts.measure(chart, new Rectangle2D.Double(0, 0, width, height));
        if (categories == null) {
            Charts.integersOnly(chart, x, y, plot);
        } else {
            Charts.categories(chart, categories, plot);
        }
        return chart;
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        new References(spec, y).paintBeside(pen, area, chart(area.getWidth(), area.getHeight()));
    }

    /** Series of points at the same category stand side by side. */
    private double shift(int series) {
        return categories == null ? 0 : (series - (all.size() - 1) / 2.0) * Math.min(0.2, 0.7 / all.size());
    }

    private void addLine(Charts.Xy chart, Series series, double width, List<XYSeries> entries) {
        double[] across = x.scaled(series.x());
        double[] up = y.scaled(series.y());
        int n = across.length;
        if (n == 0) {
            return;
        }
        boolean dense = n > 1 && width * (x.place(across[n - 1]) - x.place(across[0])) / (n - 1) < MARKER_SPACING;
        // XChart draws each stretch by itself and starts its dashes anew, so dense lines are solid.
        BasicStroke stroke = dense
                ? new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : series.style().stroke();
        XYSeries line = chart.line(across, up, stroke, series.style().color());
        XYSeries marked = line;
        if (dense) {
            double[][] some = sparse(across, up, 4 * MARKER_SPACING / width);
            marked = chart.line(some[0], some[1], stroke, series.style().color());
        }
        marked.setMarker(series.style().marker());
        marked.setLabel(series.name());
        entries.add(marked);
    }

    /** Some of the points, with gaps between them, so that no line is drawn. */
    private double[][] sparse(double[] across, double[] up, double spacing) {
        List<double[]> some = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < up.length; i++) {
            if (!Double.isNaN(up[i]) && x.place(across[i]) - last >= spacing) {
                some.add(new double[] {across[i], up[i]});
                some.add(new double[] {across[i], Double.NaN});
                last = x.place(across[i]);
            }
        }
        return columns(some);
    }

    private static double[][] columns(List<double[]> points) {
        return new double[][] {
            points.stream().mapToDouble(point -> point[0]).toArray(),
            points.stream().mapToDouble(point -> point[1]).toArray()
        };
    }

    /** One polygon for each run of points that have both ends. */
    private void addBands(Charts.Xy chart, Series series) {
        int n = series.y().length;
        for (int start = 0; start < n; start++) {
            int end = start;
            while (end < n && !Double.isNaN(series.low()[end]) && !Double.isNaN(series.high()[end])) {
                end++;
            }
            if (end - start > 1) {
                List<double[]> outline = new ArrayList<>();
                for (int i = start; i < end; i++) {
                    outline.add(new double[] {x.scaled(series.x()[i]), y.scaled(series.high()[i])});
                }
                for (int i = end - 1; i >= start; i--) {
                    double low = series.isOpen(i) ? y.low() : y.scaled(series.low()[i]);
                    outline.add(new double[] {x.scaled(series.x()[i]), low});
                }
                double[][] polygon = columns(outline);
                chart.polygon(
                        polygon[0],
                        polygon[1],
                        Palette.transparent(series.style().color(), 0.18));
            }
            start = Math.max(start, end);
        }
    }

    private void addPoints(Charts.Xy chart, Series series, double shift, boolean many, List<XYSeries> entries) {
        Color color = series.style().color();
        List<double[]> bars = new ArrayList<>();
        List<double[]> openBars = new ArrayList<>();
        double[] across = x.scaled(series.x());
        if (across.length == 0) {
            return;
        }
        XYSeries through = addLineThrough(chart, across, series);
        for (int i = 0; i < across.length; i++) {
            across[i] += shift;
            if (!Double.isNaN(series.low()[i]) && !Double.isNaN(series.high()[i])) {
                List<double[]> ends = series.isOpen(i) ? openBars : bars;
                ends.add(new double[] {across[i], series.isOpen(i) ? y.low() : y.scaled(series.low()[i])});
                ends.add(new double[] {across[i], y.scaled(series.high()[i])});
                ends.add(new double[] {across[i], Double.NaN});
            }
        }
        if (!bars.isEmpty()) {
            double[][] lines = columns(bars);
            chart.line(lines[0], lines[1], Charts.ERROR, color).setMarker(new Charts.Cap());
        }
        if (!openBars.isEmpty()) {
            addOpenBars(chart, openBars, color);
        }
        if (Arrays.stream(series.reported()).anyMatch(value -> !Double.isNaN(value))) {
            XYSeries open = chart.line(x.scaled(series.x()), y.scaled(series.reported()), SeriesLines.NONE, color);
            open.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            open.setMarker(new Charts.OpenDiamond());
        }
        if (through == null || count(series) > 0) {
            entries.add(dots(chart, across, y.scaled(series.y()), series, many ? 0.55 : 1));
        } else {
            entries.add(through);
        }
    }

    /** Error bars from the foot of the axis, with an arrow there in place of a cap. */
    private void addOpenBars(Charts.Xy chart, List<double[]> bars, Color color) {
        double[][] lines = columns(bars);
        chart.line(lines[0], lines[1], Charts.ERROR, color);
        for (boolean isFoot : new boolean[] {true, false}) {
            double[][] ends = columns(
                    bars.stream().filter(end -> isFoot == (end[1] == y.low())).toList());
            XYSeries marked = chart.line(ends[0], ends[1], SeriesLines.NONE, color);
            marked.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            marked.setMarker(isFoot ? new Charts.Arrow() : new Charts.Cap());
        }
    }

    private static long count(Series series) {
        return Arrays.stream(series.y()).filter(value -> !Double.isNaN(value)).count();
    }

    /** The line of a series of points, over the rows that have one; null if none has. */
    private XYSeries addLineThrough(Charts.Xy chart, double[] across, Series series) {
        int[] rows = IntStream.range(0, across.length)
                .filter(i -> !Double.isNaN(series.line()[i]))
                .toArray();
        if (rows.length == 0) {
            return null;
        }
        double[] xs = Arrays.stream(rows).mapToDouble(i -> across[i]).toArray();
        double[] ys =
                Arrays.stream(rows).mapToDouble(i -> y.scaled(series.line()[i])).toArray();
        XYSeries line =
                chart.line(xs, ys, Palette.series(0).stroke(), series.style().color());
        line.setLabel(series.name());
        return line;
    }

    private static XYSeries dots(Charts.Xy chart, double[] across, double[] up, Series series, double opacity) {
        XYSeries dots = chart.line(across, up, SeriesLines.NONE, series.style().color());
        dots.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        dots.setMarker(series.style().marker());
        dots.setMarkerColor(Palette.transparent(series.style().color(), opacity));
        dots.setLabel(series.name());
        return dots;
    }

    private void addBoxes(Charts.Xy chart, Series series, int index, double width, List<XYSeries> entries) {
        double slot = Math.min(80 * categories.size() / (0.85 * width), BOXES_SHARE) / all.size();
        boolean first = true;
        for (int c = 0; c < categories.size(); c++) {
            int category = c;
            double[] values = IntStream.range(0, series.y().length)
                    .filter(i -> series.x()[i] == category && !Double.isNaN(series.y()[i]))
                    .mapToDouble(i -> y.scaled(series.y()[i]))
                    .sorted()
                    .toArray();
            if (values.length > 0) {
                double centre = c + (index - (all.size() - 1) / 2.0) * slot;
                XYSeries box = addBox(chart, series, values, centre, 0.4 * slot);
                box.setLabel(series.name());
                if (first) {
                    entries.add(box);
                }
                first = false;
            }
        }
    }

    private XYSeries addBox(Charts.Xy chart, Series series, double[] sorted, double centre, double half) {
        Color color = series.style().color();
        double lower = Quantile.of(sorted, 0.25);
        double upper = Quantile.of(sorted, 0.75);
        double reach = 1.5 * (upper - lower);
        double least =
                Arrays.stream(sorted).filter(v -> v >= lower - reach).min().orElse(lower);
        double most =
                Arrays.stream(sorted).filter(v -> v <= upper + reach).max().orElse(upper);
        double left = centre - half;
        double right = centre + half;
        double[] boxX = {left, right, right, left, left};
        double[] boxY = {lower, lower, upper, upper, lower};
        double cap = 0.4 * half;
        XYSeries box = chart.polygon(boxX, boxY, Palette.pale(color, 0.25));
        chart.line(boxX, boxY, EDGE, color);
        double gap = Double.NaN;
        chart.line(
                new double[] {
                    centre,
                    centre,
                    centre,
                    centre,
                    centre,
                    centre,
                    centre - cap,
                    centre + cap,
                    centre,
                    centre - cap,
                    centre + cap
                },
                new double[] {lower, least, gap, upper, most, gap, least, least, gap, most, most},
                EDGE,
                color);
        double median = Quantile.of(sorted, 0.5);
        chart.line(new double[] {left, right}, new double[] {median, median}, MEDIAN, color);
        boolean few = sorted.length <= FEW_IN_BOX;
        List<double[]> dots = new ArrayList<>();
        for (int i = 0; i < sorted.length; i++) {
            if (few || sorted[i] < least || sorted[i] > most) {
                // Neighbours in size stand left, centre and right in turn, so that equal values stay apart.
                double aside = few && sorted.length > 2 ? (i % 3 - 1) * half * 0.32 : 0;
                dots.add(new double[] {centre + aside, sorted[i]});
            }
        }
        if (!dots.isEmpty()) {
            double[][] points = columns(dots);
            dots(chart, points[0], points[1], series, 0.75);
        }
        return box;
    }
}
