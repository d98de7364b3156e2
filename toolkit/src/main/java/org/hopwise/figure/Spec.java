package org.hopwise.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/** What one panel shows and how: set once, then only copied. */
final class Spec {

    enum Kind {
        HEATMAP("Heat map"),
        LINES("Lines"),
        POINTS("Points"),
        BARS("Bars"),
        BOXES("Boxes"),
        NETWORK("Network");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    record Reference(double value, String label) {}

    final Kind kind;
    final Table table;
    final String x;
    final String y;
    /** Of a heat map: the column that colours; else the same as y. */
    final String value;

    String by;
    String low;
    String high;
    /** Of points: the column of values that a line goes through. */
    String line;
    /** Of points: the column of values that others reported. */
    String reported;

    String title = "";
    String xTitle;
    String yTitle;
    String description = "";
    boolean logX;
    boolean logY;
    double[] limits;
    List<Reference> references = List.of();
    /** Of a network: names of units, and those that a marked walk passes. */
    List<List<String>> layers = List.of();

    List<String> walk = List.of();
    int width = 460;
    int height = 360;

    Spec(Kind kind, Table table, String x, String y, String value) {
        this.kind = kind;
        this.table = table;
        this.x = x;
        this.y = y;
        this.value = value;
        this.xTitle = Columns.title(x);
        this.yTitle = Columns.title(y);
    }

    /** A checked copy with something changed. */
    Spec with(Consumer<Spec> change) {
        Spec copy = new Spec(kind, table, x, y, value);
        copy.by = by;
        copy.low = low;
        copy.high = high;
        copy.line = line;
        copy.reported = reported;
        copy.title = title;
        copy.xTitle = xTitle;
        copy.yTitle = yTitle;
        copy.description = description;
        copy.logX = logX;
        copy.logY = logY;
        copy.limits = limits;
        copy.references = references;
        copy.layers = layers;
        copy.walk = walk;
        copy.width = width;
        copy.height = height;
        change.accept(copy);
        copy.title = Columns.drawable(copy.title);
        copy.xTitle = Columns.drawable(copy.xTitle);
        copy.yTitle = Columns.drawable(copy.yTitle);
        copy.description = Columns.drawable(copy.description);
        copy.check();
        return copy;
    }

    void check() {
        if (kind == Kind.NETWORK) {
            NetworkBody.check(this);
            return;
        }
        if (table.rowCount() == 0) {
            throw new IllegalArgumentException(
                    "the table '%s' has 0 rows; there is nothing to draw.".formatted(table.name()));
        }
        if (!walk.isEmpty()) {
            throw new IllegalArgumentException("walk marks edges of a drawing of a network; this figure shows %s."
                    .formatted(kind.words.toLowerCase(Locale.ROOT)));
        }
        if (!hasValue(Columns.numbers(table, value))) {
            throw new IllegalArgumentException(
                    "column '%s' has only missing values; there is nothing to draw.".formatted(value));
        }
        if (isXY() && Columns.isNumeric(table, x) && !hasValue(Columns.numbers(table, x))) {
            throw new IllegalArgumentException(
                    "column '%s' has only missing values; there is nothing to draw.".formatted(x));
        }
        Columns.named(table, x);
        Columns.named(table, y);
        if (by != null) {
            refuseOnHeatmap("by", "draw one heat map a value in a grid");
            Columns.named(table, by);
        }
        if (low != null) {
            if (kind == Kind.BOXES || kind == Kind.HEATMAP) {
                throw new IllegalArgumentException("band does not fit %s; use lines, points or bars."
                        .formatted(kind.words.toLowerCase(Locale.ROOT)));
            }
            Columns.numbers(table, low);
            Columns.numbers(table, high);
        }
        if (line != null) {
            if (kind != Kind.POINTS) {
                throw new IllegalArgumentException("line does not fit %s; use points, or lines by a column."
                        .formatted(kind.words.toLowerCase(Locale.ROOT)));
            }
            Columns.numbers(table, line);
        }
        if (reported != null) {
            if (kind != Kind.POINTS) {
                throw new IllegalArgumentException(
                        "reported does not fit %s; use points.".formatted(kind.words.toLowerCase(Locale.ROOT)));
            }
            Columns.numbers(table, reported);
        }
        checkLogarithms();
        if (!references.isEmpty()) {
            refuseOnHeatmap("reference", "use lines, points, bars or boxes");
        }
    }

    private void checkLogarithms() {
        if (logX) {
            if (!isXY() || !Columns.isNumeric(table, x)) {
                throw new IllegalArgumentException(
                        "logX needs numbers across; '%s' makes categories, so leave it out.".formatted(x));
            }
            requirePositive(x, false);
        }
        if (logY) {
            refuseOnHeatmap("logY", "put the logarithm in a column of its own");
            // An interval may reach 0 or below; it is drawn down to the foot of the axis, and note() says so.
            for (String column : low == null ? List.of(y) : List.of(y, high)) {
                requirePositive(column, kind == Kind.BARS && column.equals(y));
            }
            if (line != null) {
                requirePositive(line, false);
            }
            if (reported != null) {
                requirePositive(reported, false);
            }
            if (limits != null && limits[0] <= 0) {
                throw new IllegalArgumentException(
                        "limits start at %s; on a logarithmic axis they must be above 0.".formatted(limits[0]));
            }
            for (Reference reference : references) {
                if (reference.value() <= 0) {
                    throw new IllegalArgumentException(
                            "reference is %s; on a logarithmic axis it must be above 0.".formatted(reference.value()));
                }
            }
        }
    }

    private void refuseOnHeatmap(String setting, String remedy) {
        if (kind == Kind.HEATMAP) {
            throw new IllegalArgumentException("%s does not fit a heat map; %s.".formatted(setting, remedy));
        }
    }

    private void requirePositive(String column, boolean orZero) {
        double[] values = Columns.numbers(table, column);
        for (int row = 0; row < values.length; row++) {
            if (values[row] < 0 || (values[row] == 0 && !orZero)) {
                throw new IllegalArgumentException(
                        "column '%s' is %s in row %d; a logarithmic axis needs values above 0, so filter them or keep the axis linear."
                                .formatted(column, values[row], row));
            }
        }
    }

    private static boolean hasValue(double[] values) {
        for (double number : values) {
            if (!Double.isNaN(number)) {
                return true;
            }
        }
        return false;
    }

    boolean isXY() {
        return kind == Kind.LINES || kind == Kind.POINTS;
    }

    void addReference(Reference reference) {
        List<Reference> more = new ArrayList<>(references);
        more.add(new Reference(reference.value(), Columns.drawable(reference.label())));
        references = List.copyOf(more);
    }

    /** A sentence for those who gave none. */
    String summary() {
        if (kind == Kind.NETWORK) {
            return NetworkBody.words(this);
        }
        return kind == Kind.HEATMAP
                ? "Heat map of %s: %s across, %s down.".formatted(Columns.title(value), xTitle, yTitle)
                : "%s of %s against %s%s."
                        .formatted(kind.words, yTitle, xTitle, by == null ? "" : ", by " + Columns.title(by));
    }

    /** What a logarithmic axis cannot show of intervals, for the caption; empty if nothing. */
    String note() {
        if (!logY || low == null || Arrays.stream(Columns.numbers(table, low)).noneMatch(end -> end <= 0)) {
            return "";
        }
        return kind == Kind.LINES
                ? "A band down to the foot of a logarithmic axis reaches 0 or below."
                : "An arrow at the foot of a logarithmic axis: the interval reaches 0 or below.";
    }

    Body body() {
        return switch (kind) {
            case HEATMAP -> new HeatBody(this);
            case LINES, POINTS, BOXES -> new XYBody(this);
            case BARS -> new BarBody(this);
            case NETWORK -> new NetworkBody(this);
        };
    }
}
