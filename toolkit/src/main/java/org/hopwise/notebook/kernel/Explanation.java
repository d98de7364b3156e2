package org.hopwise.notebook.kernel;

import java.util.List;

/** An error as the user shall read it. */
record Explanation(String name, String message, List<String> lines) {

    private static final String RED = "\u001B[1;31m";
    private static final String PLAIN = "\u001B[0m";

    Explanation {
        lines = List.copyOf(lines);
    }

    /** One line, all of it red. */
    static Explanation line(String name, String message) {
        return new Explanation(name, message, List.of(red(message)));
    }

    static String red(String text) {
        return RED + text + PLAIN;
    }
}
