package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws on whatever the picture is made of. */
record Pen(Graphics2D graphics) {

    /** Where the point that is given lies in a text. */
    enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    static final BasicStroke THIN = new BasicStroke(0.8f);
    static final BasicStroke DASHED =
            new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 3}, 0f);

    /** A line of text whose base line passes through (x, y). */
    void text(String text, double x, double y, Align align, Font font, Color color) {
        if (text.isEmpty()) {
            return;
        }
        double shift = switch (align) {
            case LEFT -> 0;
            case CENTRE -> Fonts.width(text, font) / 2;
            case RIGHT -> Fonts.width(text, font);
        };
        graphics.setFont(font);
        graphics.setColor(color);
        graphics.drawString(text, (float) (x - shift), (float) y);
    }

    /** Lines of text below each other; the first one's capitals touch y from below. */
    void lines(List<String> lines, double x, double y, Align align, Font font, Color color) {
        for (int i = 0; i < lines.size(); i++) {
            text(lines.get(i), x, y + Fonts.capital(font) + i * Fonts.lineHeight(font), align, font, color);
        }
    }

    void line(double x1, double y1, double x2, double y2, BasicStroke stroke, Color color) {
        graphics.setStroke(stroke);
        graphics.setColor(color);
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    void draw(Shape shape, BasicStroke stroke, Color color) {
        graphics.setStroke(stroke);
        graphics.setColor(color);
        graphics.draw(shape);
    }

    void fill(Shape shape, Color color) {
        graphics.setColor(color);
        graphics.fill(shape);
    }

    /** Runs the drawing with everything outside the rectangle cut off. */
    void within(Rectangle2D clip, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(clip);
        drawing.run();
        graphics.setClip(before);
    }
}
