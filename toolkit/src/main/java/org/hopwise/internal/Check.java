package org.hopwise.internal;

import java.util.Locale;

/** Checks of arguments. Every message gives the name, the value, the bound and the remedy. */
public final class Check {

    private Check() {}

    public static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d; it must be at least 1.".formatted(name, value));
        }
        return value;
    }

    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s; it must be a finite number above 0.", name, value));
        }
        return value;
    }

    public static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s; it must be a finite number of 0 or more.", name, value));
        }
        return value;
    }

    public static double fraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %s; it must be a fraction from 0 to 1.", name, value));
        }
        return value;
    }

    public static int between(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException("%s is %d; it must be from %d to %d.".formatted(name, value, low, high));
        }
        return value;
    }

    public static void divides(String partName, int parts, String wholeName, int whole) {
        if (whole % parts != 0) {
            throw new IllegalArgumentException("%s is %d, which %s = %d does not divide; use a multiple of %d."
                    .formatted(wholeName, whole, partName, parts, parts));
        }
    }

    /** All values finite, or an error that says where the first bad one stands in a matrix of this many columns. */
    public static void finite(String name, double[] values, int columns) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                String place = columns == 0 ? "" + i : "(%d, %d)".formatted(i / columns, i % columns);
                throw new IllegalArgumentException(
                        "%s hold %s at %s (counted from 0); every value must be finite. Repair or mask it first."
                                .formatted(name, values[i], place));
            }
        }
    }
}
