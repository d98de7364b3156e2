package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** The rectangle that data are drawn in, with its axes: where values lie on the page, and all that stands around it. */
final class Frame {

    private static final double TICK = 4;
    private static final double GAP = 4;

    private final Axis x;
    private final Axis y;
    private final String xTitle;
    private final String yTitle;
    private final Rectangle2D.Double plot;
    private final Rectangle2D area;
    private CategoryLabels xLabels;
    private List<Axis.Tick> xTicks = List.of();
    private List<Axis.Tick> yTicks = List.of();
    private List<Integer> yShown = List.of();

    /** Fits plot, ticks and titles into the area; square asks for square cells of two categorical axes. */
    Frame(Rectangle2D area, Axis x, Axis y, String xTitle, String yTitle, boolean square) {
        this.area = area;
        this.x = x;
        this.y = y;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        double titles = Fonts.lineHeight(Fonts.AXIS) + 5;
        double left = 50;
        double bottom = 40;
        double right = 6;
        // Room for labels depends on which ticks fit, and these on the room: two rounds settle it.
        for (int round = 0; round < 3; round++) {
            double width = Math.max(20, area.getWidth() - left - right);
            double height = Math.max(20, area.getHeight() - bottom - 5);
            bottom = TICK + GAP + layAcross(width, 0.4 * area.getHeight()) + (xTitle.isEmpty() ? 0 : titles);
            left = TICK + GAP + layDown(height) + (yTitle.isEmpty() ? 0 : titles);
            if (xLabels != null) {
                left = Math.max(left, Math.min(0.3 * area.getWidth(), xLabels.overhang(width / labelCount())));
            }
            right = Math.max(6, overhangRight(width));
        }
        double width = Math.max(20, area.getWidth() - left - right);
        double height = Math.max(20, area.getHeight() - bottom - 5);
        if (square) {
            double cell =
                    Math.min(width / x.labels().size(), height / y.labels().size());
            double squareWidth = cell * x.labels().size();
            double squareHeight = cell * y.labels().size();
            width = squareWidth > 0.55 * width ? squareWidth : width;
            height = squareHeight > 0.55 * height ? squareHeight : height;
        }
        plot = new Rectangle2D.Double(area.getX() + left, area.getY() + 5, width, height);
        layAcross(width, 0.4 * area.getHeight());
        layDown(height);
    }

    private int labelCount() {
        return x.labels().size();
    }

    private double layAcross(double width, double mostHeight) {
        if (x.isCategorical()) {
            xLabels = CategoryLabels.across(x.labels(), width / labelCount(), mostHeight);
            return xLabels.height();
        }
        xTicks = x.ticks(width, true);
        return Fonts.lineHeight(Fonts.TICK);
    }

    private double layDown(double height) {
        if (y.isCategorical()) {
            yShown = CategoryLabels.down(y.labels(), height / y.labels().size());
            return Math.min(
                    0.3 * area.getWidth(),
                    Fonts.width(yShown.stream().map(y.labels()::get).toList(), Fonts.TICK));
        }
        yTicks = y.ticks(height, false);
        return Fonts.width(yTicks.stream().map(Axis.Tick::label).toList(), Fonts.TICK);
    }

    private double overhangRight(double width) {
        double overhang = 0;
        for (Axis.Tick tick : xTicks) {
            double end = x.fraction(tick.value()) * width + Fonts.width(tick.label(), Fonts.TICK) / 2;
            overhang = Math.max(overhang, end - width + 2);
        }
        return overhang;
    }

    Rectangle2D.Double plot() {
        return plot;
    }

    double across(double value) {
        return plot.x + x.fraction(value) * plot.width;
    }

    /** Numbers grow upwards; the first category is on top. */
    double down(double value) {
        double fraction = y.fraction(value);
        return plot.y + (y.isCategorical() ? fraction : 1 - fraction) * plot.height;
    }

    /** The light lines behind the data. */
    void paintGrid(Pen pen) {
        for (Axis.Tick tick : yTicks) {
            pen.line(plot.x, down(tick.value()), plot.x + plot.width, down(tick.value()), Pen.THIN, Palette.GRID);
        }
        for (Axis.Tick tick : xTicks) {
            pen.line(across(tick.value()), plot.y, across(tick.value()), plot.y + plot.height, Pen.THIN, Palette.GRID);
        }
    }

    /** Axis lines, ticks, labels and titles. */
    void paintAxes(Pen pen) {
        double bottom = plot.y + plot.height;
        pen.line(plot.x, bottom, plot.x + plot.width, bottom, Pen.THIN, Palette.INK);
        pen.line(plot.x, plot.y, plot.x, bottom, Pen.THIN, Palette.INK);
        double below = bottom + TICK + GAP;
        for (Axis.Tick tick : xTicks) {
            double at = across(tick.value());
            pen.line(at, bottom, at, bottom + TICK, Pen.THIN, Palette.INK);
            pen.lines(List.of(tick.label()), at, below, Pen.Align.CENTRE, Fonts.TICK, Palette.INK);
        }
        double labels = Fonts.lineHeight(Fonts.TICK);
        if (xLabels != null) {
            paintCategories(pen, bottom, below);
            labels = xLabels.height();
        }
        double half = Fonts.capital(Fonts.TICK) / 2;
        for (Axis.Tick tick : yTicks) {
            paintLeft(pen, down(tick.value()), half, tick.label());
        }
        for (int shown : yShown) {
            paintLeft(pen, down(shown), half, Fonts.fit(y.labels().get(shown), Fonts.TICK, 0.3 * area.getWidth()));
        }
        String across = Fonts.fit(xTitle, Fonts.AXIS, area.getWidth());
        double centre = plot.getCenterX();
        double halfWidth = Fonts.width(across, Fonts.AXIS) / 2;
        centre = Math.max(area.getX() + halfWidth, Math.min(area.getMaxX() - halfWidth, centre));
        pen.lines(List.of(across), centre, below + labels + 3, Pen.Align.CENTRE, Fonts.AXIS, Palette.INK);
        String upwards = Fonts.fit(yTitle, Fonts.AXIS, area.getHeight());
        double middle = plot.getCenterY();
        double halfHeight = Fonts.width(upwards, Fonts.AXIS) / 2;
        middle = Math.max(area.getY() + halfHeight, Math.min(area.getMaxY() - halfHeight, middle));
        pen.turned(
                upwards,
                area.getX() + Fonts.capital(Fonts.AXIS) + 1,
                middle,
                90,
                Pen.Align.CENTRE,
                Fonts.AXIS,
                Palette.INK);
    }

    private void paintLeft(Pen pen, double at, double half, String label) {
        pen.line(plot.x - TICK, at, plot.x, at, Pen.THIN, Palette.INK);
        pen.text(label, plot.x - TICK - GAP, at + half, Pen.Align.RIGHT, Fonts.TICK, Palette.INK);
    }

    private void paintCategories(Pen pen, double bottom, double below) {
        for (int i = 0; i < xLabels.shown().size(); i++) {
            double at = across(xLabels.shown().get(i));
            List<String> lines = xLabels.lines().get(i);
            pen.line(at, bottom, at, bottom + TICK, Pen.THIN, Palette.INK);
            if (xLabels.slanted()) {
                double room = (at - area.getX()) / Math.sqrt(0.5);
                String label = Fonts.fit(lines.get(0), Fonts.TICK, room);
                double base = below + Fonts.capital(Fonts.TICK) * 0.7;
                pen.turned(label, at + 3, base, 45, Pen.Align.RIGHT, Fonts.TICK, Palette.INK);
            } else {
                pen.lines(lines, at, below, Pen.Align.CENTRE, Fonts.TICK, Palette.INK);
            }
        }
    }
}
