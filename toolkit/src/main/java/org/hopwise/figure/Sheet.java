package org.hopwise.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.hopwise.internal.machine.Interruption;

/** The page: panels in rows and columns with letters and titles, a heading above and a caption below. */
final class Sheet {

    private static final double PAD = 12;
    private static final double GUTTER = 22;
    private static final int MOST_TITLE_LINES = 3;
    private static final int MOST_CAPTION_LINES = 12;
    private static final double LETTER_WIDTH = 20;
    private static final double LEAST_WIDTH = 200;
    private static final double LEAST_HEIGHT = 150;

    private final List<Spec> panels;
    private final int columns;
    private final boolean isGrid;
    private final double[] widths;
    private final double[] heights;
    private final List<String> heading;
    private final List<String> caption;
    private final double width;
    private final double height;
    private final boolean quick;

    Sheet(List<Spec> panels, int columns, boolean isGrid, String title, String description, boolean quick) {
        this.quick = quick;
        this.panels = panels;
        this.columns = Math.min(columns, panels.size());
        this.isGrid = isGrid;
        widths = new double[this.columns];
        heights = new double[(panels.size() + this.columns - 1) / this.columns];
        for (int i = 0; i < panels.size(); i++) {
            int column = i % this.columns;
            int row = i / this.columns;
            widths[column] = Math.max(widths[column], panels.get(i).width);
            heights[row] = Math.max(heights[row], panels.get(i).height);
        }
        width = sum(widths) + GUTTER * (widths.length - 1) + 2 * PAD;
        double inside = width - 2 * PAD;
        heading = !isGrid || title.isBlank() ? List.of() : Fonts.wrap(title, Fonts.LETTER, inside, MOST_TITLE_LINES);
        caption =
                description.isBlank() ? List.of() : Fonts.wrap(description, Fonts.CAPTION, inside, MOST_CAPTION_LINES);
        height = headingHeight() + sum(heights) + GUTTER * (heights.length - 1) + captionHeight() + 2 * PAD;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    private double headingHeight() {
        return heading.isEmpty() ? 0 : heading.size() * Fonts.lineHeight(Fonts.LETTER) + 10;
    }

    private double captionHeight() {
        return (caption.isEmpty() ? 0 : caption.size() * Fonts.lineHeight(Fonts.CAPTION) + 8)
                + (quick ? Fonts.lineHeight(Fonts.SMALL) + 2 : 0);
    }

    void paint(Graphics2D graphics) {
        Pen pen = new Pen(graphics);
        pen.fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
        pen.lines(heading, PAD, PAD, Pen.Align.LEFT, Fonts.LETTER, Palette.INK);
        double y = PAD + headingHeight();
        for (int row = 0; row < heights.length; row++) {
            double x = PAD;
            double titles = titleHeight(row);
            Interruption.check();
            for (int column = 0; column < columns && row * columns + column < panels.size(); column++) {
                int index = row * columns + column;
                paintPanel(pen, index, new Rectangle2D.Double(x, y, widths[column], heights[row]), titles);
                x += widths[column] + GUTTER;
            }
            y += heights[row] + GUTTER;
        }
        y += 8 - GUTTER;
        pen.lines(caption, PAD, y, Pen.Align.LEFT, Fonts.CAPTION, Palette.SOFT_INK);
        if (quick) {
            pen.text("QUICK", width - PAD, height - PAD / 2, Pen.Align.RIGHT, Fonts.SMALL, Palette.SOFT_INK);
        }
    }

    private void paintPanel(Pen pen, int index, Rectangle2D.Double area, double titles) {
        Spec spec = panels.get(index);
        if (isGrid) {
            pen.lines(List.of(letter(index)), area.x, area.y, Pen.Align.LEFT, Fonts.LETTER, Palette.INK);
        }
        pen.lines(
                titleLines(spec, area.width),
                area.x + (isGrid ? LETTER_WIDTH : 0),
                area.y + 1,
                Pen.Align.LEFT,
                Fonts.TITLE,
                Palette.INK);
        double height = Math.max(60, area.height - titles);
        // XChart fails where axes leave no room for a plot, so in smaller panels the whole chart is smaller.
        double scale = spec.kind == Spec.Kind.NETWORK
                ? 1
                : Math.min(1, Math.min(area.width / LEAST_WIDTH, height / LEAST_HEIGHT));
        AffineTransform before = pen.graphics().getTransform();
        pen.graphics().translate(area.x, area.y + titles);
        pen.graphics().scale(scale, scale);
        spec.body().paint(pen, new Rectangle2D.Double(0, 0, area.width / scale, height / scale));
        pen.graphics().setTransform(before);
    }

    static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private List<String> titleLines(Spec spec, double panelWidth) {
        return spec.title.isBlank()
                ? List.of()
                : Fonts.wrap(spec.title, Fonts.TITLE, panelWidth - (isGrid ? LETTER_WIDTH : 0), MOST_TITLE_LINES);
    }

    /** Titles of a row take equal room, so that plots stand side by side. */
    private double titleHeight(int row) {
        List<Double> taken = new ArrayList<>(List.of(isGrid ? 22.0 : 0.0));
        for (int i = row * columns; i < Math.min((row + 1) * columns, panels.size()); i++) {
            int lines = titleLines(panels.get(i), widths[i % columns]).size();
            taken.add(lines == 0 ? 0 : lines * Fonts.lineHeight(Fonts.TITLE) + 6);
        }
        return taken.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
