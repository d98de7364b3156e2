package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart's charts in our style. */
final class Charts {

    /** A chart that says where its plot is. */
    interface Plotted {
        Rectangle2D plotArea();

        Rectangle2D legendSize();
    }

    static final class Xy extends XYChart implements Plotted {
        private int helpers;

        Xy() {
            super(1, 1, ChartTheme.XChart);
        }

        @Override
        public Rectangle2D plotArea() {
            return plot.getBounds();
        }

        @Override
        public Rectangle2D legendSize() {
            return legend.getBounds();
        }

        /** A line, without markers and not in the legend unless set. */
        XYSeries line(double[] x, double[] y, BasicStroke stroke, Color color) {
            return add(x, y, XYSeriesRenderStyle.Line, stroke, color);
        }

        /** A filled polygon without an edge. */
        XYSeries polygon(double[] x, double[] y, Color color) {
            return add(x, y, XYSeriesRenderStyle.PolygonArea, SeriesLines.NONE, color);
        }

        private XYSeries add(double[] x, double[] y, XYSeriesRenderStyle kind, BasicStroke stroke, Color color) {
            // XChart asks for distinct names; what the legend shows is the label.
            XYSeries series = addSeries("series " + helpers++, x, y);
            series.setXYSeriesRenderStyle(kind);
            series.setLineStyle(stroke).setLineColor(color).setFillColor(color).setShowInLegend(false);
            series.setMarker(SeriesMarkers.NONE).setMarkerColor(color);
            return series;
        }
    }

    static final class Category extends CategoryChart implements Plotted {
        Category() {
            super(1, 1, ChartTheme.XChart);
        }

        @Override
        public Rectangle2D plotArea() {
            return plot.getBounds();
        }

        @Override
        public Rectangle2D legendSize() {
            return legend.getBounds();
        }
    }

    static final class HeatMap extends HeatMapChart implements Plotted {
        HeatMap() {
            super(1, 1, ChartTheme.XChart);
        }

        @Override
        public Rectangle2D plotArea() {
            return plot.getBounds();
        }

        @Override
        public Rectangle2D legendSize() {
            return legend.getBounds();
        }

        /** XChart switches smoothing on with the background; between cells it would let the background through. */
        @Override
        protected void paintBackground(Graphics2D graphics) {
            super.paintBackground(graphics);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        }
    }

    /** Something drawn over a chart, in the chart's own coordinates. */
    static final class Overlay extends Annotation {
        private final Consumer<Pen> drawing;

        Overlay(Consumer<Pen> drawing) {
            super(false);
            this.drawing = drawing;
        }

        @Override
        public void paint(Graphics2D graphics) {
            drawing.accept(new Pen(graphics));
        }
    }

    /** The end of an error bar. */
    static final class Cap extends Marker {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            graphics.setStroke(ERROR);
            graphics.draw(new Line2D.Double(x - 3, y, x + 3, y));
        }
    }

    /** The end of an error bar that goes on below the axis: a tip that points down, with its point at the place. */
    static final class Arrow extends Marker {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            graphics.fill(tip(x, y));
        }

        static Path2D tip(double x, double y) {
            Path2D tip = new Path2D.Double();
            tip.moveTo(x, y);
            tip.lineTo(x - 4, y - 7);
            tip.lineTo(x + 4, y - 7);
            tip.closePath();
            return tip;
        }
    }

    /** A diamond without filling, for values of others. */
    static final class OpenDiamond extends Marker {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            graphics.setStroke(ERROR);
            double reach = 4.5;
            Path2D diamond = new Path2D.Double();
            diamond.moveTo(x - reach, y);
            diamond.lineTo(x, y - reach);
            diamond.lineTo(x + reach, y);
            diamond.lineTo(x, y + reach);
            diamond.closePath();
            graphics.draw(diamond);
        }
    }

    static final BasicStroke ERROR = new BasicStroke(1.3f);

    /** XChart leaves out tick labels at the very ends of the plot; this keeps them a fraction of a pixel inside. */
    private static final double CONTENT = 0.999;

    /** XChart's own choice turns to powers of ten where a range is small. */
    private static final String DECIMALS = "0.##########";

    private static final int PADDING = 8;
    private static final int LEGEND_MARGIN = 6;
    private static final int LINE_LENGTH = 20;
    private static final double MOST_GRID_DECADES = 4;

    private Charts() {}

    /** A text that XChart can draw: not empty, and a single line. */
    static String text(String label) {
        return label.isBlank() ? " " : label.replaceAll("\\s", " ");
    }

    static void style(AxesChart<?, ?> chart, String xTitle, String yTitle, double width, double height) {
        AxesChartStyler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(Palette.INK)
                .setChartTitleVisible(false);
        styler.setChartPadding(PADDING).setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        styler.setPlotContentSize(CONTENT);
        styler.setLegendBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(Fonts.LEGEND);
        styler.setLegendPadding(5).setLegendSeriesLineLength(LINE_LENGTH).setLegendVisible(false);
        // XChart leaves room for a legend at the right even where none is visible.
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setPlotMargin(0).setAxisTitleFont(Fonts.AXIS).setAxisTitlePadding(10);
        styler.setAxisTickLabelsFont(Fonts.TICK).setAxisTickPadding(4).setAxisTickMarkLength(4);
        styler.setAxisTickLabelsColor(Palette.INK)
                .setAxisTickMarksColor(Palette.INK)
                .setAxisTickMarksStroke(Pen.THIN);
        styler.setPlotTicksMarksVisible(false);
        styler.setPlotGridLinesColor(Palette.GRID).setPlotGridLinesStroke(Pen.THIN);
        styler.setYAxisLabelAlignment(TextAlignment.Right).setXAxisTickMarkSpacingHint(50);
        styler.setYAxisTickMarkSpacingHint(height < 200 ? 26 : 38);
        styler.setXAxisDecimalPattern(DECIMALS).setYAxisDecimalPattern(DECIMALS);
        styler.setXAxisTitleColor(Palette.INK).setYAxisTitleColor(Palette.INK);
        chart.setXAxisTitle(Fonts.fit(xTitle, Fonts.AXIS, 0.9 * width));
        chart.setYAxisTitle(Fonts.fit(yTitle, Fonts.AXIS, 0.8 * height));
    }

    static void acrossFrom(AxesChart<?, ?> chart, Range range) {
        AxesChartStyler styler = chart.getStyler();
        styler.setXAxisMin(range.low()).setXAxisMax(range.high()).setXAxisLogarithmic(range.log());
        if (range.log()) {
            styler.setXAxisLogarithmicDecadeOnly(range.isWide())
                    .setXAxisTickLabelsFormattingFunction(range::logarithmicLabel);
            styler.setPlotGridVerticalLinesVisible(range.decades() <= MOST_GRID_DECADES);
        }
    }

    static void upFrom(AxesChart<?, ?> chart, Range range) {
        AxesChartStyler styler = chart.getStyler();
        styler.setYAxisMin(range.low()).setYAxisMax(range.high()).setYAxisLogarithmic(range.log());
        if (range.log()) {
            styler.setYAxisLogarithmicDecadeOnly(range.isWide())
                    .setYAxisTickLabelsFormattingFunction(range::logarithmicLabel);
            styler.setPlotGridHorizontalLinesVisible(range.decades() <= MOST_GRID_DECADES);
        }
    }

    /** Keeps ticks away from between integers: XChart takes steps of 1 where its hint is near a step's pixels. */
    static void integersOnly(AxesChart<?, ?> chart, Range x, Range y, Rectangle2D plot) {
        AxesChartStyler styler = chart.getStyler();
        if (x.whole() && !x.log()) {
            double step = 0.8 * plot.getWidth() / (x.high() - x.low());
            styler.setXAxisTickMarkSpacingHint((int) Math.max(styler.getXAxisTickMarkSpacingHint(), step));
        }
        if (y.whole() && !y.log()) {
            double step = 0.8 * plot.getHeight() / (y.high() - y.low());
            styler.setYAxisTickMarkSpacingHint((int) Math.max(styler.getYAxisTickMarkSpacingHint(), step));
        }
    }

    /** Names categories at 0, 1, 2 of a number axis that runs from half a step before them to half a step after. */
    static void categories(AxesChart<?, ?> chart, List<String> names, Rectangle2D plot) {
        AxesChartStyler styler = chart.getStyler();
        double spacing = plot.getWidth() / names.size();
        Categories labels = Categories.across(names, spacing, true);
        styler.setPlotGridVerticalLinesVisible(false);
        rotate(styler, labels.rotation());
        styler.setXAxisTickMarkSpacingHint((int) Math.max(1, Math.min(0.95 * spacing, 0.9 * plot.getHeight())));
        styler.setXAxisTickLabelsFormattingFunction(Categories.atIntegers(labels.shown()));
    }

    /** XChart's own line below the plot lies up to a pixel inside it, where the plot's background covers it. */
    static <C extends AxesChart<?, ?> & Plotted> void axisLines(C chart) {
        ((AxesChart<?, ?>) chart).getStyler().setAxisTicksLineVisible(false);
        chart.addAnnotation(new Overlay(pen -> {
            Rectangle2D plot = chart.plotArea();
            pen.line(plot.getX(), plot.getY(), plot.getX(), plot.getMaxY(), Pen.THIN, Palette.INK);
            pen.line(plot.getX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY(), Pen.THIN, Palette.INK);
        }));
    }

    static void rotate(AxesChartStyler styler, int degrees) {
        styler.setXAxisLabelRotation(degrees);
        if (degrees == 45) {
            styler.setXAxisLabelAlignment(TextAlignment.Right).setXAxisLabelAlignmentVertical(TextAlignment.Right);
        }
    }

    /** Shows the legend with a heading: below the plot in a row or a few rows, or else at its right. */
    static <C extends AxesChart<?, ?> & Plotted> void legend(
            C chart, String heading, List<? extends Series> entries, double width, double height) {
        Styler styler = chart.getStyler();
        styler.setLegendVisible(true).setLegendPadding(10);
        double row = styler.getLegendPadding();
        for (Series entry : entries) {
            entry.setLabel(text(entry.getLabel())).setShowInLegend(true);
            row += Fonts.width(entry.getLabel(), Fonts.LEGEND) + LINE_LENGTH + 2 * styler.getLegendPadding();
        }
        boolean across = row + 1.4 * Fonts.width(heading, Fonts.LEGEND) < 0.9 * width;
        boolean below = across || entries.size() <= 4;
        styler.setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE);
        styler.setLegendLayout(across ? LegendLayout.Horizontal : LegendLayout.Vertical);
        styler.setLegendPadding(across ? 10 : 5);
        double line = Fonts.lineHeight(Fonts.LEGEND) + styler.getLegendPadding();
        int most = Math.max(2, (int) (0.85 * height / line));
        for (int i = 0; i < entries.size(); i++) {
            Series entry = entries.get(i);
            entry.setLabel(Fonts.fit(entry.getLabel(), Fonts.LEGEND, (below ? 0.7 : 0.35) * width));
            if (!across && entries.size() > most && i >= most - 1) {
                entry.setLabel("and %d more".formatted(entries.size() - i)).setShowInLegend(i == most - 1);
            }
        }
        chart.addAnnotation(new Overlay(pen -> paintHeading(pen, chart, heading)));
    }

    /** XChart's legends have no heading; where it puts them is XChart's rule. */
    private static <C extends AxesChart<?, ?> & Plotted> void paintHeading(Pen pen, C chart, String heading) {
        Rectangle2D size = chart.legendSize();
        double capital = Fonts.capital(Fonts.LEGEND);
        if (chart.getStyler().getLegendPosition() == LegendPosition.OutsideS) {
            double right = chart.plotArea().getCenterX() - size.getWidth() / 2;
            double top = chart.getHeight() - size.getHeight() - LEGEND_MARGIN;
            boolean across = chart.getStyler().getLegendLayout() == LegendLayout.Horizontal;
            double base = top + (across ? (size.getHeight() + capital) / 2 : capital + 6);
            String fitted = Fonts.fit(heading, Fonts.LEGEND, right);
            pen.text(fitted, right, base, Pen.Align.RIGHT, Fonts.LEGEND, Palette.SOFT_INK);
        } else {
            double left = chart.getWidth() - size.getWidth() - LEGEND_MARGIN + 5;
            double base = chart.plotArea().getCenterY() - size.getHeight() / 2 - 2;
            String fitted = Fonts.fit(heading, Fonts.LEGEND, size.getWidth());
            pen.text(fitted, left, base, Pen.Align.LEFT, Fonts.LEGEND, Palette.SOFT_INK);
        }
    }

    /** Paints a chart in a rectangle and returns where its plot is, in the pen's coordinates. */
    static <C extends AxesChart<?, ?> & Plotted> Rectangle2D.Double paint(C chart, Pen pen, Rectangle2D area) {
        AffineTransform before = pen.graphics().getTransform();
        pen.graphics().translate(area.getX(), area.getY());
        chart.paint(pen.graphics(), (int) Math.round(area.getWidth()), (int) Math.round(area.getHeight()));
        pen.graphics().setTransform(before);
        Rectangle2D plot = chart.plotArea();
        return new Rectangle2D.Double(
                area.getX() + plot.getX(), area.getY() + plot.getY(), plot.getWidth(), plot.getHeight());
    }

    /** Where the plot would be. */
    static <C extends AxesChart<?, ?> & Plotted> Rectangle2D.Double measure(C chart, Rectangle2D area) {
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return paint(chart, new Pen(scratch), area);
        } finally {
            scratch.dispose();
        }
    }
}
