package org.hopwise.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds places of one statement in the cell that it stands in. */
final class CellText {

    private final String code;
    private final String statement;
    private final int start;

    CellText(String code, String statement) {
        this.code = code;
        this.statement = statement;
        // JShell may have added a semicolon or dropped blanks at the ends.
        String core = statement.strip().replaceFirst(";$", "");
        int found = code.indexOf(core);
        this.start = found < 0 ? -1 : found - statement.indexOf(core);
    }

    /** The line of the cell, from 1, of a place in the statement. */
    Optional<Long> line(long at) {
        if (start < 0) {
            return Optional.empty();
        }
        int end = (int) Math.max(0, Math.min(start + at, code.length()));
        return Optional.of(
                1 + code.substring(0, end).chars().filter(c -> c == '\n').count());
    }

    /** The line of the cell of a line of the statement, both from 1. */
    Optional<Long> lineOf(int line) {
        return line(0).map(first -> first + line - 1);
    }

    /** The line that holds a place, and below it marks under what is meant. */
    List<String> marked(long from, long to) {
        int at = (int) Math.min(from, statement.length());
        int begin = statement.lastIndexOf('\n', at - 1) + 1;
        int end = statement.indexOf('\n', at);
        String line = statement.substring(begin, end < 0 ? statement.length() : end);
        int width = (int) Math.max(1, Math.min(to, begin + line.length()) - at);
        List<String> lines = new ArrayList<>();
        lines.add("    " + line);
        lines.add("    " + " ".repeat(at - begin) + "^".repeat(width));
        return lines;
    }
}
