package org.hopwise.io;

import java.util.Locale;

/** What may stand between two cells, in the order in which it is tried. */
enum Delimiter {
    TAB('\t'),
    SEMICOLON(';'),
    COMMA(','),
    /** Runs of blanks and tabs. */
    BLANKS(' ');

    private final char letter;

    Delimiter(char letter) {
        this.letter = letter;
    }

    boolean is(char other) {
        return other == letter || (this == BLANKS && other == '\t');
    }

    boolean isIn(String cell) {
        return cell.indexOf(letter) >= 0 || (this == BLANKS && cell.indexOf('\t') >= 0);
    }

    /** The name in lower case, for summaries. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
