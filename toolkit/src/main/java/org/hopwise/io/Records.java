package org.hopwise.io;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.machine.Interruption;

/**
 * Records of delimited text after RFC 4180: cells in double quotes may hold anything, a quote is doubled; any line end;
 * blank lines are left out but counted, and so are lines that begin with #, unless they have as many cells as the first
 * record: then they could be data.
 */
final class Records {

    /** One record: the line in which it begins, its cells, and which of them stood in quotes. */
    record Row(int line, List<String> cells, List<Boolean> quoted) {

        int size() {
            return cells.size();
        }
    }

    private final String text;
    private final Delimiter delimiter;
    private int at;
    private int line = 1;
    private int comments;
    private int columns;

    Records(String text, Delimiter delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** How many lines began with #. */
    int comments() {
        return comments;
    }

    /** The next record, or null at the end. */
    Row next() {
        Interruption.check();
        while (at < text.length()) {
            int end = lineEnd(at);
            boolean comment = text.charAt(at) == '#';
            if (!isBlank(at, end) && !(comment && columns == 0)) {
                int start = at;
                int startLine = line;
                Row row = comment ? remark() : row();
                if (row != null) {
                    columns = columns == 0 ? row.size() : columns;
                    return row;
                }
                at = start;
                line = startLine;
            }
            comments += comment ? 1 : 0;
            at = end;
            lineBreak();
        }
        return null;
    }

    /** A line that begins with # among the records: one of them if it has as many cells, else null. */
    private Row remark() {
        try {
            Row row = row();
            return row.size() == columns ? row : null;
        } catch (FileRefusedException noRecord) {
            return null;
        }
    }

    private Row row() {
        List<String> cells = new ArrayList<>();
        List<Boolean> quoted = new ArrayList<>();
        int start = line;
        while (true) {
            skipBlanks();
            if (delimiter == Delimiter.BLANKS && !cells.isEmpty() && isLineEnd()) {
                break;
            }
            boolean quote = at < text.length() && text.charAt(at) == '"';
            String cell = quote ? quotedCell() : plainCell();
            if (cell.length() > Limits.TEXT) {
                throw Refusals.tooLarge("line " + start, "has a cell of %d letters".formatted(cell.length()));
            }
            cells.add(cell);
            quoted.add(quote);
            if (isLineEnd()) {
                break;
            }
            at++;
        }
        lineBreak();
        return new Row(start, cells, quoted);
    }

    private String plainCell() {
        int start = at;
        while (!isLineEnd() && !delimiter.is(text.charAt(at))) {
            if (text.charAt(at) == '"') {
                throw syntax(line, "has a quote in the middle of cell text");
            }
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quotedCell() {
        StringBuilder cell = new StringBuilder();
        int start = line;
        at++;
        while (true) {
            if (at == text.length()) {
                throw syntax(start, "opens a quote that never closes");
            }
            char letter = text.charAt(at++);
            if (letter != '"') {
                line += TextFile.endsLine(text, at - 1) ? 1 : 0;
                cell.append(letter);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                break;
            }
        }
        int close = at;
        skipBlanks();
        boolean separated = delimiter == Delimiter.BLANKS && at > close;
        if (separated) {
            // One blank is left for the caller to step over.
            at = isLineEnd() ? at : at - 1;
        } else if (!isLineEnd() && !delimiter.is(text.charAt(at))) {
            throw syntax(start, "has text behind a closing quote");
        }
        return cell.toString();
    }

    private static FileRefusedException syntax(int line, String problem) {
        return FileRefusedException.of(
                Kind.SYNTAX, "line " + line, problem + "; quote the whole cell and double quotes within.");
    }

    private void skipBlanks() {
        while (at < text.length()
                && (text.charAt(at) == ' ' || (delimiter == Delimiter.BLANKS && text.charAt(at) == '\t'))) {
            at++;
        }
    }

    private boolean isLineEnd() {
        return at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** A line of tabs is a record of empty cells where tabs delimit. */
    private boolean isBlank(int from, int end) {
        for (int i = from; i < end; i++) {
            char letter = text.charAt(i);
            if (letter != ' ' && (letter != '\t' || delimiter == Delimiter.TAB)) {
                return false;
            }
        }
        return true;
    }

    private void lineBreak() {
        if (at < text.length()) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
            line++;
        }
    }
}
