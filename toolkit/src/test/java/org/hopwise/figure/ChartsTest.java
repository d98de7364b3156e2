package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Every kind of figure is a chart of XChart whose series are the table's numbers. */
class ChartsTest {

    private static final double[] X = {2, 3, 4};
    private static final double[] Y = {0.5, 0.25, 0.75};

    private static Table table() {
        return Table.create(
                "t",
                IntColumn.create("hop", 2, 3, 4),
                StringColumn.create("task", "a", "b", "c"),
                DoubleColumn.create("share", Y),
                DoubleColumn.create("low", 0.4, 0.2, 0.7),
                DoubleColumn.create("high", 0.7, 0.3, 0.9));
    }

    private static AxesChart<?, ?> chart(Spec.Kind kind, String x, String y, Consumer<Spec> change) {
        return ((ChartBody) new Spec(kind, table(), x, y, "share").with(change).body()).chart(460, 360);
    }

    private static List<XYSeries> xy(AxesChart<?, ?> chart, XYSeriesRenderStyle style) {
        return assertInstanceOf(XYChart.class, chart).getSeriesCollection().stream()
                .filter(series -> series.getXYSeriesRenderStyle().orElseThrow() == style)
                .filter(series -> !Double.isNaN(series.getXData()[0]))
                .toList();
    }

    @Test
    void linesAreLineSeriesOfAnXYChart() {
        XYSeries line = xy(chart(Spec.Kind.LINES, "hop", "share", spec -> {}), XYSeriesRenderStyle.Line)
                .get(0);
        assertArrayEquals(X, line.getXData());
        assertArrayEquals(Y, line.getYData());
    }

    @Test
    void aBandIsAPolygonOfAnXYChart() {
        var chart = chart(Spec.Kind.LINES, "hop", "share", spec -> {
            spec.low = "low";
            spec.high = "high";
        });
        XYSeries band = xy(chart, XYSeriesRenderStyle.PolygonArea).get(0);
        assertArrayEquals(new double[] {2, 3, 4, 4, 3, 2}, band.getXData());
        assertArrayEquals(new double[] {0.7, 0.3, 0.9, 0.7, 0.2, 0.4}, band.getYData());
    }

    @Test
    void aLineOnPointsGoesThroughItsOwnColumnInOrderAndMayStandAlone() {
        double none = Double.NaN;
        Table table = Table.create(
                "t",
                DoubleColumn.create("x", 1, 2, 3, 1, 2),
                StringColumn.create("who", "theory", "theory", "theory", "seen", "seen"),
                DoubleColumn.create("y", none, none, none, 4.5, 5.5),
                DoubleColumn.create("line", 4, none, 6, none, none));
        var points = new Spec(Spec.Kind.POINTS, table, "x", "y", "y").with(spec -> {
            spec.by = "who";
            spec.line = "line";
        });
        var chart = ((ChartBody) points.body()).chart(460, 360);
        XYSeries line = xy(chart, XYSeriesRenderStyle.Line).get(0);
        assertArrayEquals(new double[] {1, 3}, line.getXData());
        assertArrayEquals(new double[] {4, 6}, line.getYData());
        List<XYSeries> dots = xy(chart, XYSeriesRenderStyle.Scatter);
        assertEquals(1, dots.size());
        assertArrayEquals(new double[] {4.5, 5.5}, dots.get(0).getYData());
        assertEquals("theory", line.getLabel());
        assertTrue(line.isShowInLegend());
    }

    @Test
    void pointsAreScatterSeriesOfAnXYChartWithErrorBarsFromLowToHigh() {
        var chart = chart(Spec.Kind.POINTS, "hop", "share", spec -> {
            spec.low = "low";
            spec.high = "high";
        });
        XYSeries points = xy(chart, XYSeriesRenderStyle.Scatter).get(0);
        assertArrayEquals(X, points.getXData());
        assertArrayEquals(Y, points.getYData());
        XYSeries bars = xy(chart, XYSeriesRenderStyle.Line).get(0);
        assertArrayEquals(
                new double[] {0.4, 0.7, Double.NaN, 0.2, 0.3, Double.NaN, 0.7, 0.9, Double.NaN}, bars.getYData());
    }

    @Test
    void barsAreASeriesOfACategoryChart() {
        var chart = assertInstanceOf(CategoryChart.class, chart(Spec.Kind.BARS, "task", "share", spec -> {}));
        var bars = chart.getSeriesCollection().iterator().next();
        assertEquals(List.of("a", "b", "c"), List.copyOf(bars.getXData()));
        assertArrayEquals(Y, bars.getYData());
    }

    @Test
    void boxesArePolygonsOfAnXYChartWithTheValuesAsPoints() {
        Table values = Table.create(
                "t", StringColumn.create("task", "a", "a", "a", "a", "a"), DoubleColumn.create("share", 5, 1, 2, 3, 4));
        var boxes = new Spec(Spec.Kind.BOXES, values, "task", "share", "share");
        var chart = ((ChartBody) boxes.body()).chart(460, 360);
        XYSeries box = xy(chart, XYSeriesRenderStyle.PolygonArea).get(0);
        assertArrayEquals(new double[] {2, 2, 4, 4, 2}, box.getYData());
        XYSeries points = xy(chart, XYSeriesRenderStyle.Scatter).get(0);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5}, points.getYData());
        assertTrue(Arrays.stream(points.getXData()).allMatch(x -> Math.abs(x) < 0.4));
    }

    @Test
    void cellsAreTheSeriesOfAHeatMapChartWithTheFirstRowOnTop() {
        var chart = assertInstanceOf(HeatMapChart.class, chart(Spec.Kind.HEATMAP, "hop", "task", spec -> {}));
        var cells = chart.getHeatMapSeries();
        assertEquals(List.of("2", "3", "4"), cells.getXData());
        // XChart counts rows from the bottom.
        assertEquals(List.of("c", "b", "a"), cells.getYData());
        List<List<Number>> drawn = cells.getHeatData().stream()
                .map(cell -> List.of((Number[]) cell))
                .toList();
        assertEquals(List.of(List.of(0, 2, 0.5), List.of(1, 1, 0.25), List.of(2, 0, 0.75)), drawn);
        assertEquals(0, cells.getMin());
        assertEquals(0.75, cells.getMax());
    }

    @Test
    void theColourBarIsAnXYChart() {
        Spec spec = new Spec(Spec.Kind.HEATMAP, table(), "hop", "task", "share");
        List<XYSeries> strips = xy(new HeatBody(spec).bar(300), XYSeriesRenderStyle.PolygonArea);
        assertEquals(Palette.sequential(0.005), strips.get(0).getFillColor());
        assertEquals(Palette.sequential(0.995), strips.get(strips.size() - 1).getFillColor());
    }

    @Test
    void logarithmsAndLimitsAreXChartsOwn() {
        var styler = chart(Spec.Kind.LINES, "hop", "share", spec -> {
                    spec.logY = true;
                    spec.limits = new double[] {0.1, 10};
                })
                .getStyler();
        var axes = assertInstanceOf(org.knowm.xchart.style.AxesChartStyler.class, styler);
        assertTrue(axes.isYAxisLogarithmic());
        assertEquals(0.1, axes.getYAxisMin());
        assertEquals(10, axes.getYAxisMax());
    }
}
