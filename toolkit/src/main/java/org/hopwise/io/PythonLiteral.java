package org.hopwise.io;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.FileRefusedException;

/** The dict of literals in an npy header. Names, calls and operators are refused; nothing is evaluated. */
final class PythonLiteral {

    private final String text;
    private final String place;
    private int at;

    PythonLiteral(String text, String place) {
        this.text = text;
        this.place = place;
    }

    NpyHeader header(int bytes) {
        String type = null;
        Boolean columnOrder = null;
        List<Long> shape = null;
        expect('{');
        while (peek() != '}') {
            String key = string();
            expect(':');
            if (key.equals("descr") && type == null) {
                type = peek() == '[' ? fields() : string();
            } else if (key.equals("fortran_order") && columnOrder == null) {
                columnOrder = truth();
            } else if (key.equals("shape") && shape == null) {
                shape = sizes();
            } else {
                throw bad("has the key %s".formatted(FileRefusedException.quote(key)));
            }
            if (peek() != '}') {
                expect(',');
            }
        }
        expect('}');
        if (peek() != 0) {
            throw bad("has text behind its end");
        }
        if (type == null || columnOrder == null || shape == null) {
            throw bad("lacks one of descr, fortran_order and shape");
        }
        return new NpyHeader(type, columnOrder, shape, bytes);
    }

    private FileRefusedException bad(String what) {
        return Refusals.corrupt(place, "has a header that %s at character %d".formatted(what, at + 1));
    }

    /** The next letter that is no blank; 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char letter) {
        if (peek() != letter) {
            throw bad("has no '%s'".formatted(letter));
        }
        at++;
    }

    private String string() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw bad("has no text");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw bad("has a text without end");
        }
        String result = text.substring(at + 1, end);
        at = end + 1;
        return result;
    }

    private boolean truth() {
        peek();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw bad("has neither True nor False");
    }

    private List<Long> sizes() {
        List<Long> result = new ArrayList<>();
        expect('(');
        boolean separated = false;
        while (peek() != ')') {
            result.add(number());
            separated = peek() == ',';
            if (separated) {
                at++;
            } else if (peek() != ')') {
                throw bad("has no ',' between sizes");
            }
            if (result.size() > 64) {
                throw bad("has more than 64 sizes");
            }
        }
        at++;
        if (result.size() == 1 && !separated) {
            throw bad("has a number for a shape");
        }
        return result;
    }

    private long number() {
        peek();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw bad("has no size of 0 or more");
        }
        try {
            long result = Long.parseLong(text.substring(start, at));
            // NumPy under Python 2 wrote long integers as 3L.
            at += text.startsWith("L", at) ? 1 : 0;
            return result;
        } catch (NumberFormatException beyond) {
            throw Refusals.tooLarge(place, "states a size beyond 2^63");
        }
    }

    /** A list of fields as it stands: brackets, texts, numbers and commas. */
    private String fields() {
        int start = at;
        int open = 0;
        do {
            char letter = peek();
            if (letter == '\'' || letter == '"') {
                string();
                continue;
            }
            open += letter == '[' || letter == '(' ? 1 : letter == ']' || letter == ')' ? -1 : 0;
            if (letter == 0 || "[](),0123456789".indexOf(letter) < 0) {
                throw bad("has no literal");
            }
            at++;
        } while (open > 0);
        return text.substring(start, at);
    }
}
