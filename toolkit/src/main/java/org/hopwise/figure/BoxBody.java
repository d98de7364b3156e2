package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Boxes after Tukey: the box spans the middle half of the values, the line is the median, whiskers reach the furthest
 * value within 1.5 box heights. Up to twenty values are all drawn as points, so that few seeds look like few.
 */
final class BoxBody implements Body {

    private static final int FEW = 20;
    private static final BasicStroke EDGE = new BasicStroke(1.2f);
    private static final BasicStroke MEDIAN = new BasicStroke(2.2f);

    private final Spec spec;
    private final List<Series> all;
    private final Axis x;
    private final Axis y;

    BoxBody(Spec spec) {
        this.spec = spec;
        List<String> categories = Columns.labels(spec.table, spec.x);
        all = Series.of(spec, categories);
        x = Axis.categories(categories);
        double[] extent = Series.extent(spec, all);
        y = spec.limits == null
                ? Axis.around(extent[0], extent[1], spec.logY, false)
                : Axis.exactly(spec.limits[0], spec.limits[1], spec.logY, false);
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        Legend legend = Legend.of(spec, all, Legend.Sign.PATCH);
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
        double slot = Math.min(80, 0.75 * frame.plot().width / x.labels().size());
        double width = slot / all.size();
        pen.within(frame.plot(), () -> {
            for (int s = 0; s < all.size(); s++) {
                Series series = all.get(s);
                for (int c = 0; c < x.labels().size(); c++) {
                    int category = c;
                    double[] values = IntStream.range(0, series.y().length)
                            .filter(i -> series.x()[i] == category && !Double.isNaN(series.y()[i]))
                            .mapToDouble(i -> series.y()[i])
                            .sorted()
                            .toArray();
                    double centre = frame.across(c) + (s - (all.size() - 1) / 2.0) * width;
                    if (values.length > 0) {
                        paintBox(pen, frame, values, centre, 0.8 * width, series.style());
                    }
                }
            }
        });
    }

    private static void paintBox(
            Pen pen, Frame frame, double[] sorted, double centre, double width, Palette.Style style) {
        Color color = style.color();
        double lower = quantile(sorted, 0.25);
        double upper = quantile(sorted, 0.75);
        double reach = 1.5 * (upper - lower);
        double least =
                Arrays.stream(sorted).filter(v -> v >= lower - reach).min().orElse(lower);
        double most =
                Arrays.stream(sorted).filter(v -> v <= upper + reach).max().orElse(upper);
        double boxTop = frame.down(upper);
        double boxBottom = frame.down(lower);
        Rectangle2D box = new Rectangle2D.Double(centre - width / 2, boxTop, width, boxBottom - boxTop);
        pen.line(centre, boxTop, centre, frame.down(most), EDGE, color);
        pen.line(centre, boxBottom, centre, frame.down(least), EDGE, color);
        for (double end : new double[] {frame.down(least), frame.down(most)}) {
            pen.line(centre - width / 5, end, centre + width / 5, end, EDGE, color);
        }
        pen.fill(box, Palette.pale(color, 0.25));
        pen.draw(box, EDGE, color);
        double median = frame.down(quantile(sorted, 0.5));
        pen.line(centre - width / 2, median, centre + width / 2, median, MEDIAN, color);
        for (int i = 0; i < sorted.length; i++) {
            boolean outside = sorted[i] < least || sorted[i] > most;
            if (outside || sorted.length <= FEW) {
                // Neighbours in size stand left, centre and right in turn, so that equal values stay apart.
                double aside = sorted.length <= FEW && sorted.length > 2 ? (i % 3 - 1) * width * 0.16 : 0;
                pen.marker(style, Palette.transparent(color, 0.75), centre + aside, frame.down(sorted[i]), 4);
            }
        }
    }

    /** Linear interpolation between order statistics. */
    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
