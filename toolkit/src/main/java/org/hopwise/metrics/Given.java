package org.hopwise.metrics;

/** Checks of what is given, with a sentence for what is missing. */
final class Given {

    private Given() {}

    static <T> T required(String name, T value, String remedy) {
        if (value == null) {
            throw new IllegalArgumentException("%s: null was given; %s.".formatted(name, remedy));
        }
        return value;
    }
}
