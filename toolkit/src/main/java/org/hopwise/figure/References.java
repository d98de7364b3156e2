package org.hopwise.figure;

import java.util.ArrayList;
import java.util.List;

/** Dashed horizontal lines, named to the right of the plot, where no data are. */
final class References {

    private static final double GAP = 5;

    private final List<Spec.Reference> references;

    References(Spec spec) {
        this.references = new ArrayList<>(spec.references);
        this.references.sort((a, b) -> Double.compare(b.value(), a.value()));
    }

    /** How much width the names take of an area. */
    double width(double area) {
        double widest =
                Fonts.width(references.stream().map(Spec.Reference::label).toList(), Fonts.SMALL);
        return widest == 0 ? 0 : Math.min(0.22 * area, widest) + GAP;
    }

    void paint(Pen pen, Frame frame, double width) {
        double right = frame.plot().getMaxX();
        double free = Double.NEGATIVE_INFINITY;
        for (Spec.Reference reference : references) {
            double y = frame.down(reference.value());
            if (y < frame.plot().getMinY() - 0.5 || y > frame.plot().getMaxY() + 0.5) {
                continue;
            }
            pen.line(frame.plot().x, y, right, y, Pen.DASHED, Palette.SOFT_INK);
            if (reference.label().isBlank()) {
                continue;
            }
            List<String> lines = Fonts.wrap(reference.label(), Fonts.SMALL, width - GAP, 3);
            double line = Fonts.lineHeight(Fonts.SMALL);
            double top = Math.max(free, y - (lines.size() * line - (line - Fonts.capital(Fonts.SMALL))) / 2);
            pen.lines(lines, right + GAP, top, Pen.Align.LEFT, Fonts.SMALL, Palette.SOFT_INK);
            free = top + lines.size() * line + 1;
        }
    }
}
