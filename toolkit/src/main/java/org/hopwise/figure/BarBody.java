package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategorySeries;

/** A CategoryChart of bars from zero, side by side where there are several series, with error bars. */
final class BarBody implements ChartBody {

    private static final double LEAST_LENGTH = 1.5;
    private static final double CAP = 3;
    private static final double HALF_A_DECADE = Math.sqrt(10);

    private final Spec spec;
    private final List<String> categories;
    private final List<Series> all;
    private final Range y;

    BarBody(Spec spec) {
        this.spec = spec;
        categories = Columns.labels(spec.table, spec.x);
        all = Series.of(spec, categories);
        for (Series series : all) {
            requireOneRowEach(series);
        }
        double[] extent = Series.extent(spec, all);
        if (spec.limits != null) {
            y = Range.exactly(spec.limits[0], spec.limits[1], spec.logY, false);
        } else {
            // On a logarithmic axis there is no zero: bars start half a decade below the least value.
            y = spec.logY
                    ? Range.around(extent[0] / HALF_A_DECADE, extent[1], true, false)
                    : Range.fromZero(extent[0], extent[1]);
        }
    }

    private void requireOneRowEach(Series series) {
        int[] rows = new int[categories.size()];
        for (double category : series.x()) {
            if (++rows[(int) category] > 1) {
                throw new IllegalArgumentException(
                        "several rows have %s '%s'%s; a bar needs one, so use Summary.of first, or boxes."
                                .formatted(
                                        spec.x,
                                        categories.get((int) category),
                                        spec.by == null ? "" : " and %s '%s'".formatted(spec.by, series.name())));
            }
        }
    }

    @Override
    public Charts.Category chart(double width, double height) {
        Charts.Category chart = new Charts.Category();
        Charts.style(chart, spec.xTitle, y.titled(spec.yTitle), width, height);
        Charts.upFrom(chart, y);
        Charts.axisLines(chart);
        double spacing = 0.85 * width / categories.size();
        Categories labels = Categories.across(categories, spacing, false);
        double fill = Math.min(0.78, 70 / spacing);
        chart.getStyler().setAvailableSpaceFill(fill).setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setXAxisTickMarkSpacingHint(1);
        Charts.rotate(chart.getStyler(), labels.rotation());
        List<CategorySeries> entries = new ArrayList<>();
        for (Series series : all) {
            double[] bars = new double[categories.size()];
            Arrays.fill(bars, Double.NaN);
            for (int i = 0; i < series.y().length; i++) {
                boolean isDrawn = !spec.logY || series.y()[i] > 0;
                bars[(int) series.x()[i]] = isDrawn ? y.scaled(series.y()[i]) : Double.NaN;
            }
            CategorySeries added = chart.addSeries(
                    "series " + entries.size(),
                    labels.shown(),
                    Arrays.stream(bars).boxed().toList());
            added.setFillColor(series.style().color());
            added.setLabel(series.name());
            entries.add(added);
        }
        if (spec.by != null) {
            Charts.legend(chart, Columns.title(spec.by) + ":", entries, width, height);
        }
        chart.addAnnotation(new Charts.Overlay(pen -> paintOverBars(pen, chart, fill)));
        chart.getStyler().setAnnotationLineColor(Palette.SOFT_INK).setAnnotationLineStroke(Pen.DASHED);
        for (Spec.Reference reference : spec.references) {
            double at = y.scaled(reference.value());
            if (at >= y.low() && at <= y.high()) {
                chart.addAnnotation(new AnnotationLine(at, false, false));
            }
        }
        return chart;
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        new References(spec, y).paintBeside(pen, area, chart(area.getWidth(), area.getHeight()));
    }

    /** XChart's error bars are symmetric and wrong on a logarithmic axis, and it draws nothing for a bar of 0. */
    private void paintOverBars(Pen pen, Charts.Category chart, double fill) {
        Rectangle2D plot = chart.plotArea();
        double zero = chart.getScreenYFromChart(y.log() ? y.low() : inside(0));
        double width = fill / all.size();
        pen.within(plot, () -> {
            for (int s = 0; s < all.size(); s++) {
                Series series = all.get(s);
                for (int i = 0; i < series.y().length; i++) {
                    double left = series.x()[i] + (1 - fill) / 2 + s * width;
                    double x = chart.getScreenXFromChart(left + width / 2);
                    if (series.y()[i] == 0 && spec.logY) {
                        pen.text(
                                "0",
                                x,
                                zero - 3,
                                Pen.Align.CENTRE,
                                Fonts.TICK,
                                series.style().color());
                    } else if (series.y()[i] == 0) {
                        double pixels = chart.getScreenXFromChart(left + width) - chart.getScreenXFromChart(left);
                        pen.fill(
                                new Rectangle2D.Double(x - pixels / 2, zero - LEAST_LENGTH, pixels, LEAST_LENGTH),
                                series.style().color());
                    }
                    if (!Double.isNaN(series.low()[i]) && !Double.isNaN(series.high()[i])) {
                        double bottom = chart.getScreenYFromChart(inside(y.scaled(series.low()[i])));
                        double top = chart.getScreenYFromChart(inside(y.scaled(series.high()[i])));
                        pen.line(x, bottom, x, top, Charts.ERROR, Palette.INK);
                        pen.line(x - CAP, top, x + CAP, top, Charts.ERROR, Palette.INK);
                        if (series.isOpen(i)) {
                            pen.fill(Charts.Arrow.tip(x, bottom), Palette.INK);
                        } else {
                            pen.line(x - CAP, bottom, x + CAP, bottom, Charts.ERROR, Palette.INK);
                        }
                    }
                }
            }
        });
        pen.line(plot.getX(), zero, plot.getMaxX(), zero, Pen.THIN, Palette.INK);
    }

    /** XChart places what lies beyond the axis anywhere on it. */
    private double inside(double value) {
        return Math.max(y.low(), Math.min(y.high(), value));
    }
}
