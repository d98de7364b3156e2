package org.hopwise.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/**
 * Delimited text with the delimiter that gives all records the same number of cells, and of several such the one with
 * most numbers; with the decimal mark, and the header if there is one.
 */
final class TextTable {

    private static final Set<String> KNOWN =
            Set.of("pre", "post", "source", "target", "from", "to", "weight", "count", "w", "id");

    /** Words for a missing or strange value, which are no heading. */
    private static final Set<String> NO_HEADING = Set.of(
            "na",
            "n/a",
            "nan",
            "null",
            "none",
            "nil",
            "inf",
            "+inf",
            "-inf",
            "infinity",
            "-infinity",
            "true",
            "false",
            "-",
            "?",
            ".");

    private final Delimiter delimiter;
    private final char point;
    private final int comments;
    private final List<String> header;
    private final List<Records.Row> rows;

    private TextTable(Delimiter delimiter, char point, int comments, List<Records.Row> all, boolean headed) {
        this.delimiter = delimiter;
        this.point = point;
        this.comments = comments;
        this.header = headed ? all.get(0).cells() : null;
        this.rows = headed ? all.subList(1, all.size()) : all;
    }

    /** A table with as many columns as its delimiter makes, at least two. */
    static TextTable of(String text) {
        Trial trial = best(text);
        return trial.table(isHeader(trial.rows, trial.point));
    }

    /** A table of units, which may be words throughout: a first line without a number and without gaps is its header. */
    static TextTable ofUnits(String text) {
        Trial trial = best(text);
        boolean words = trial.rows.get(0).cells().stream()
                .allMatch(cell -> !cell.isEmpty() && !TextNumber.isNumber(cell, trial.point));
        return trial.table(words || isHeader(trial.rows, trial.point));
    }

    private static Trial best(String text) {
        Trial best = null;
        Trial second = null;
        Trial furthest = null;
        for (Delimiter delimiter : Delimiter.values()) {
            Trial trial = new Trial(text, delimiter);
            if (trial.fits() && (best == null || trial.numbers > best.numbers)) {
                second = best;
                best = trial;
            } else if (trial.fits() && second == null) {
                second = trial;
            }
            furthest = furthest == null || trial.reach() > furthest.reach() ? trial : furthest;
        }
        if (best == null) {
            throw furthest.failure();
        }
        best.requireUnambiguous(second);
        return best;
    }

    /** A table that may also have one column, where no delimiter divides any line. */
    static TextTable ofOneColumnOrMore(String text) {
        boolean undivided = true;
        for (Delimiter delimiter : Delimiter.values()) {
            undivided &= new Trial(text, delimiter).isOneColumn();
        }
        if (undivided) {
            Trial trial = new Trial(text, Delimiter.TAB);
            return trial.table(isHeader(trial.rows, trial.point));
        }
        return of(text);
    }

    /** Reading with one delimiter. */
    private static final class Trial {

        private final Delimiter delimiter;
        private final List<Records.Row> rows = new ArrayList<>();
        private final int comments;
        private Records.Row odd;
        private FileRefusedException broken;
        private char point = '.';
        private int numbers;

        Trial(String text, Delimiter delimiter) {
            this.delimiter = delimiter;
            Records records = new Records(text, delimiter);
            try {
                for (Records.Row row = records.next(); row != null && odd == null; row = records.next()) {
                    if (!rows.isEmpty() && row.size() != rows.get(0).size()) {
                        odd = row;
                    } else {
                        rows.add(row);
                    }
                }
            } catch (FileRefusedException refusal) {
                broken = refusal;
            }
            comments = records.comments();
            count();
        }

        private void count() {
            int pointed = 0;
            int comma = 0;
            for (Records.Row row : rows) {
                for (String cell : row.cells()) {
                    boolean number = TextNumber.isNumber(cell, '.');
                    numbers += number ? 1 : 0;
                    pointed += number && cell.indexOf('.') >= 0 ? 1 : 0;
                    comma += !number && TextNumber.isNumber(cell, ',') ? 1 : 0;
                }
            }
            if (delimiter != Delimiter.COMMA && pointed == 0 && comma > 0) {
                point = ',';
                numbers += comma;
            }
        }

        TextTable table(boolean headed) {
            return new TextTable(delimiter, point, comments, rows, headed);
        }

        private boolean isEqual() {
            return odd == null && broken == null && !rows.isEmpty();
        }

        boolean fits() {
            return isEqual() && rows.get(0).size() >= 2;
        }

        boolean isOneColumn() {
            return isEqual() && rows.get(0).size() == 1;
        }

        /** How far reading went with more than one column. */
        int reach() {
            return rows.isEmpty() ? -1 : rows.get(0).size() < 2 ? 0 : rows.size();
        }

        FileRefusedException failure() {
            if (broken != null) {
                return broken;
            }
            if (rows.isEmpty()) {
                return FileRefusedException.of(
                        Kind.MISSING, "", "holds no numbers and no names; give one record a line.");
            }
            if (odd != null) {
                return FileRefusedException.of(
                        Kind.SYNTAX,
                        "line " + odd.line(),
                        "has %d entries, the first row has %d; all rows must be equally long."
                                .formatted(odd.size(), rows.get(0).size()));
            }
            return FileRefusedException.of(
                    Kind.SYNTAX,
                    "line " + rows.get(0).line(),
                    "has one cell only; divide cells by tabs, semicolons, commas or blanks.");
        }

        void requireUnambiguous(Trial other) {
            if (other == null) {
                return;
            }
            for (Records.Row row : rows) {
                for (int j = 0; j < row.size(); j++) {
                    String cell = row.cells().get(j);
                    if (!row.quoted().get(j) && !TextNumber.isNumber(cell, point) && other.delimiter.isIn(cell)) {
                        throw FileRefusedException.of(
                                Kind.AMBIGUOUS,
                                "line " + row.line(),
                                "can be divided by %s or by %s; quote cells that hold either."
                                        .formatted(delimiter, other.delimiter));
                    }
                }
            }
        }
    }

    private static boolean isHeader(List<Records.Row> all, char point) {
        List<String> first = all.get(0).cells();
        for (String cell : first) {
            if (KNOWN.contains(cell.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        boolean corner = first.get(0).isEmpty() && first.size() > 2;
        boolean textAboveNumbers = false;
        for (int j = 0; j < first.size() && all.size() > 1; j++) {
            String cell = first.get(j);
            corner &= j == 0 || !cell.isEmpty();
            textAboveNumbers |= !cell.isEmpty()
                    && !TextNumber.isNumber(cell, point)
                    && !TextNumber.isNumber(cell, ',')
                    && !NO_HEADING.contains(cell.toLowerCase(Locale.ROOT))
                    && allNumbers(all.subList(1, all.size()), j, point);
        }
        return all.size() > 1 && (corner || textAboveNumbers);
    }

    private static boolean allNumbers(List<Records.Row> rows, int column, char point) {
        return rows.stream().allMatch(row -> TextNumber.isNumber(row.cells().get(column), point));
    }

    boolean hasHeader() {
        return header != null;
    }

    /** The headings, or null. */
    List<String> header() {
        return header;
    }

    /** What a column is called: its heading, or its number from 1. */
    String name(int column) {
        return header == null || header.get(column).isEmpty()
                ? "column " + (column + 1)
                : FileRefusedException.quote(header.get(column));
    }

    int columns() {
        return header == null ? rows.get(0).size() : header.size();
    }

    int rows() {
        return rows.size();
    }

    String cell(int row, int column) {
        return rows.get(row).cells().get(column);
    }

    int line(int row) {
        return rows.get(row).line();
    }

    boolean isNumber(int row, int column) {
        return TextNumber.isNumber(cell(row, column), point);
    }

    /** Whether all cells of a column are numbers. */
    boolean isNumeric(int column) {
        return allNumbers(rows, column, point);
    }

    /** Whether a column counts rows from 0 or from 1. */
    boolean isCount(int column) {
        String first = rows.isEmpty() ? "" : cell(0, column);
        if (!first.equals("0") && !first.equals("1")) {
            return false;
        }
        int start = Integer.parseInt(first);
        for (int i = 0; i < rows.size(); i++) {
            if (!cell(i, column).equals(Integer.toString(start + i))) {
                return false;
            }
        }
        return true;
    }

    /** The number in a cell, or an error with line and column. */
    double number(int row, int column) {
        String cell = cell(row, column);
        boolean number = TextNumber.isNumber(cell, point);
        double value = number ? TextNumber.value(cell, point) : Double.NaN;
        if (Double.isFinite(value)) {
            return value;
        }
        boolean notFinite = number || cell.toLowerCase(Locale.ROOT).matches("[+-]?(nan|inf|infinity)");
        String name = header == null || header.get(column).isEmpty() ? "" : " (column %s)".formatted(name(column));
        throw FileRefusedException.of(
                notFinite ? Kind.NOT_FINITE : Kind.NOT_NUMERIC,
                "line " + line(row),
                "has %s as entry %d%s; every weight must be a finite number such as -1.5e3."
                        .formatted(FileRefusedException.quote(cell), column + 1, name));
    }

    /** How the text was read, in a sentence. */
    String summary() {
        return "cells divided by %s, decimal %s, %s%s"
                .formatted(
                        delimiter == Delimiter.BLANKS ? "blanks" : "a " + delimiter,
                        point == '.' ? "point" : "comma",
                        header == null ? "no header" : "first record taken as header",
                        comments == 0
                                ? ""
                                : ", %d comment line%s left out".formatted(comments, comments == 1 ? "" : "s"));
    }

    Delimiter delimiter() {
        return delimiter;
    }

    char point() {
        return point;
    }

    int comments() {
        return comments;
    }
}
