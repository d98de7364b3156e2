package org.hopwise.spark;

import java.util.Arrays;

/** The units of a wiring, by name and place. */
interface UnitNames {

    /** How many there are. */
    int count();

    /**
     * The place of a unit.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    int place(String name);

    /** Units "unit 1", "unit 2", ..., which need no list. */
    record Numbered(int count) implements UnitNames {

        @Override
        public int place(String name) {
            if (name.matches("unit [1-9]\\d{0,9}")) {
                long number = Long.parseLong(name.substring(5));
                if (number <= count) {
                    return (int) number - 1;
                }
            }
            throw new IllegalArgumentException(
                    "unit '%s' is not among the %d units, 'unit 1' to 'unit %d'.".formatted(name, count, count));
        }
    }

    /** Names in order. */
    final class Sorted implements UnitNames {

        private final String[] names;

        /** Takes the array. */
        Sorted(String[] names) {
            this.names = names;
        }

        @Override
        public int count() {
            return names.length;
        }

        @Override
        public int place(String name) {
            int at = Arrays.binarySearch(names, name);
            if (at < 0) {
                throw new IllegalArgumentException(
                        "unit '%s' is not among the %d units, such as '%s'.".formatted(name, names.length, names[0]));
            }
            return at;
        }
    }
}
