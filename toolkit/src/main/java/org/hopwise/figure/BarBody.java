package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** Bars from zero, side by side where there are several series, with error bars. */
final class BarBody implements Body {

    private static final double LEAST_LENGTH = 1.5;

    private final Spec spec;
    private final List<Series> all;
    private final Axis x;
    private final Axis y;

    BarBody(Spec spec) {
        this.spec = spec;
        List<String> categories = Columns.labels(spec.table, spec.x);
        all = Series.of(spec, categories);
        for (Series series : all) {
            requireOneRowEach(series, categories);
        }
        x = Axis.categories(categories);
        double[] extent = Series.extent(spec, all);
        if (spec.limits != null) {
            y = Axis.exactly(spec.limits[0], spec.limits[1], spec.logY, false);
        } else {
            // On a logarithmic axis there is no zero: bars start a little below the least value.
            y = spec.logY ? Axis.around(extent[0] / 2, extent[1], true, false) : Axis.fromZero(extent[0], extent[1]);
        }
    }

    private void requireOneRowEach(Series series, List<String> categories) {
        int[] rows = new int[categories.size()];
        for (double category : series.x()) {
            if (++rows[(int) category] > 1) {
                throw new IllegalArgumentException(
                        "several rows have %s '%s'%s; a bar needs one, so use Statistics.summary first, or boxes."
                                .formatted(
                                        spec.x,
                                        categories.get((int) category),
                                        spec.by == null ? "" : " and %s '%s'".formatted(spec.by, series.name())));
            }
        }
    }

    @Override
    public void paint(Pen pen, Rectangle2D area) {
        Legend legend = Legend.of(spec, all, Legend.Sign.PATCH);
        References references = new References(spec);
        double legendHeight = legend.paint(pen, area);
        double right = references.width(area.getWidth());
        Frame frame = new Frame(
                new Rectangle2D.Double(
                        area.getX(),
                        area.getY() + legendHeight,
                        area.getWidth() - right,
                        area.getHeight() - legendHeight),
                x,
                y,
                spec.xTitle,
                spec.yTitle,
                false);
        frame.paintGrid(pen);
        double base = frame.down(spec.logY ? y.lowest() : Math.max(y.lowest(), 0));
        double slot = Math.min(70, 0.78 * frame.plot().width / x.labels().size());
        double width = slot / all.size();
        pen.within(frame.plot(), () -> {
            for (int s = 0; s < all.size(); s++) {
                Series series = all.get(s);
                for (int i = 0; i < series.y().length; i++) {
                    double centre = frame.across(series.x()[i]) + (s - (all.size() - 1) / 2.0) * width;
                    double end = frame.down(series.y()[i]);
                    if (!Double.isNaN(end)) {
                        // A bar of 0 still shows as a line, unlike one that is missing.
                        double length = Math.max(LEAST_LENGTH, Math.abs(end - base));
                        double top = end > base ? base : base - length;
                        pen.fill(
                                new Rectangle2D.Double(centre - 0.46 * width, top, 0.92 * width, length),
                                series.style().color());
                    }
                }
            }
        });
        for (int s = 0; s < all.size(); s++) {
            Series series = all.get(s);
            for (int i = 0; i < series.y().length; i++) {
                double centre = frame.across(series.x()[i]) + (s - (all.size() - 1) / 2.0) * width;
                XYBody.paintError(pen, frame, centre, series.low()[i], series.high()[i], Palette.INK);
            }
        }
        references.paint(pen, frame, right);
        if (base < frame.plot().getMaxY() - 0.5) {
            pen.line(frame.plot().x, base, frame.plot().getMaxX(), base, Pen.THIN, Palette.INK);
        }
        frame.paintAxes(pen);
    }
}
