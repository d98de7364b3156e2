package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Names and signs of the series in rows above the plot, so that it never hides data. */
final class Legend {

    /** How an entry's sign looks. */
    enum Sign {
        LINE,
        LINE_AND_MARKER,
        MARKER,
        PATCH
    }

    private static final double SIGN_WIDTH = 24;
    private static final double GAP = 14;
    private static final int MOST_ROWS = 5;

    private final List<String> names;
    private final List<Palette.Style> styles;
    private final Sign sign;
    private final String heading;

    private Legend(List<String> names, List<Palette.Style> styles, Sign sign, String heading) {
        this.names = names;
        this.styles = styles;
        this.sign = sign;
        this.heading = heading;
    }

    static Legend of(Spec spec, List<Series> all, Sign sign) {
        if (spec.by == null) {
            return new Legend(List.of(), List.of(), sign, "");
        }
        return new Legend(
                all.stream().map(Series::name).toList(),
                all.stream().map(Series::style).toList(),
                sign,
                Columns.title(spec.by) + ":");
    }

    /** Draws at the top of the area; without a pen only measures. Returns the height taken. */
    double paint(Pen pen, Rectangle2D area) {
        if (names.isEmpty()) {
            return 0;
        }
        double line = Fonts.lineHeight(Fonts.LEGEND) + 3;
        double headingWidth = Math.min(0.35 * area.getWidth(), Fonts.width(heading, Fonts.LEGEND)) + 8;
        double indent = area.getX() + headingWidth;
        double widest = area.getMaxX() - indent - SIGN_WIDTH;
        List<double[]> places = new ArrayList<>();
        double x = indent;
        int row = 0;
        for (String name : names) {
            double width = SIGN_WIDTH + Math.min(widest, Fonts.width(name, Fonts.LEGEND));
            if (x > indent && x + width > area.getMaxX()) {
                x = indent;
                row++;
            }
            places.add(new double[] {x, row});
            x += width + GAP;
        }
        int rows = Math.min(row + 1, MOST_ROWS);
        if (pen != null) {
            double half = Fonts.capital(Fonts.LEGEND) / 2;
            pen.text(
                    Fonts.fit(heading, Fonts.LEGEND, headingWidth - 8),
                    area.getX(),
                    area.getY() + line / 2 + half,
                    Pen.Align.LEFT,
                    Fonts.LEGEND,
                    Palette.SOFT_INK);
            for (int i = 0; i < names.size() && places.get(i)[1] < rows; i++) {
                double middle = area.getY() + (places.get(i)[1] + 0.5) * line;
                boolean isLast = i + 1 < names.size() && places.get(i + 1)[1] >= rows;
                String name = isLast ? "and %d more".formatted(names.size() - i) : names.get(i);
                if (!isLast) {
                    paintSign(pen, styles.get(i), places.get(i)[0], middle);
                }
                pen.text(
                        Fonts.fit(name, Fonts.LEGEND, widest),
                        places.get(i)[0] + SIGN_WIDTH,
                        middle + half,
                        Pen.Align.LEFT,
                        Fonts.LEGEND,
                        Palette.INK);
            }
        }
        return rows * line + 5;
    }

    private void paintSign(Pen pen, Palette.Style style, double x, double middle) {
        if (sign == Sign.LINE || sign == Sign.LINE_AND_MARKER) {
            pen.line(x, middle, x + 19, middle, style.stroke(), style.color());
        }
        if (sign == Sign.MARKER || sign == Sign.LINE_AND_MARKER) {
            pen.marker(style, style.color(), x + 9.5, middle, 7);
        }
        if (sign == Sign.PATCH) {
            pen.fill(new Rectangle2D.Double(x + 7, middle - 5, 11, 10), style.color());
        }
    }
}
