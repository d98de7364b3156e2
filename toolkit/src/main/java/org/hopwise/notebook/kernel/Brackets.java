package org.hopwise.notebook.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the bracket, quotation mark or comment of a cell that has no partner. */
final class Brackets {

    private record Open(char bracket, int line) {}

    private final String code;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int line = 1;

    private Brackets(String code) {
        this.code = code;
    }

    /** What is wrong, in a sentence; empty if every bracket has its partner. */
    static Optional<String> fault(String code) {
        return new Brackets(code).scan();
    }

    private Optional<String> scan() {
        while (at < code.length()) {
            Optional<String> fault = step();
            if (fault.isPresent()) {
                return fault;
            }
        }
        // The outermost is the safest guess: what is inside it may be whole.
        return Optional.ofNullable(open.peekLast())
                .map(first -> "Line %d: the %s opened here is never closed; the cell ends without its %s."
                        .formatted(first.line(), first.bracket(), partner(first.bracket())));
    }

    private Optional<String> step() {
        char c = code.charAt(at);
        if (code.startsWith("//", at)) {
            int end = code.indexOf('\n', at);
            at = end < 0 ? code.length() : end;
        } else if (code.startsWith("/*", at)) {
            return skip("/*", "*/", "comment");
        } else if (code.startsWith("\"\"\"", at)) {
            return skip("\"\"\"", "\"\"\"", "text block");
        } else if (c == '"' || c == '\'') {
            return quoted(c);
        } else {
            at++;
            if (c == '\n') {
                line++;
            } else if ("([{".indexOf(c) >= 0) {
                open.push(new Open(c, line));
            } else if (")]}".indexOf(c) >= 0) {
                return close(c);
            }
        }
        return Optional.empty();
    }

    private Optional<String> close(char bracket) {
        if (open.isEmpty()) {
            return Optional.of("Line %d: this %s closes nothing.".formatted(line, bracket));
        }
        Open last = open.pop();
        return partner(last.bracket()) == bracket
                ? Optional.empty()
                : Optional.of("Line %d: %s stands where the %s of line %d needs its %s."
                        .formatted(line, bracket, last.bracket(), last.line(), partner(last.bracket())));
    }

    private Optional<String> skip(String from, String to, String what) {
        int begin = line;
        int end = code.indexOf(to, at + from.length());
        while (end > 0 && to.startsWith("\"") && code.charAt(end - 1) == '\\') {
            end = code.indexOf(to, end + 1);
        }
        if (end < 0) {
            return Optional.of("Line %d: the %s that begins here does not end.".formatted(begin, what));
        }
        line += (int) code.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end + to.length();
        return Optional.empty();
    }

    private Optional<String> quoted(char quote) {
        int end = at + 1;
        while (end < code.length() && code.charAt(end) != quote && code.charAt(end) != '\n') {
            end += code.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= code.length() || code.charAt(end) == '\n') {
            return Optional.of("Line %d: the text that begins here does not end with %s.".formatted(line, quote));
        }
        at = end + 1;
        return Optional.empty();
    }

    private static char partner(char bracket) {
        return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
    }
}
