package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.AxesChart;

/** Names of reference lines to the right of the plot, where no data are. */
final class References {

    private static final double GAP = 5;

    private final List<Spec.Reference> references;
    private final Range range;

    References(Spec spec, Range range) {
        this.references = new ArrayList<>(spec.references);
        this.references.sort((a, b) -> Double.compare(b.value(), a.value()));
        this.range = range;
    }

    /** Paints a chart with the names at its right. */
    <C extends AxesChart<?, ?> & Charts.Plotted> void paintBeside(Pen pen, Rectangle2D area, C chart) {
        double widest =
                Fonts.width(references.stream().map(Spec.Reference::label).toList(), Fonts.SMALL);
        double width = widest == 0 ? 0 : Math.min(0.22 * area.getWidth(), widest) + GAP;
        Rectangle2D.Double plot = Charts.paint(
                chart,
                pen,
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - width, area.getHeight()));
        double free = Double.NEGATIVE_INFINITY;
        for (Spec.Reference reference : references) {
            double y = plot.getMaxY() - range.place(range.scaled(reference.value())) * plot.getHeight();
            if (y < plot.getMinY() - 0.5
                    || y > plot.getMaxY() + 0.5
                    || reference.label().isBlank()) {
                continue;
            }
            List<String> lines = Fonts.wrap(reference.label(), Fonts.SMALL, width - GAP, 3);
            double line = Fonts.lineHeight(Fonts.SMALL);
            double top = Math.max(free, y - (lines.size() * line - (line - Fonts.capital(Fonts.SMALL))) / 2);
            pen.lines(lines, plot.getMaxX() + GAP, top, Pen.Align.LEFT, Fonts.SMALL, Palette.SOFT_INK);
            free = top + lines.size() * line + 1;
        }
    }
}
