package org.hopwise.internal.linear;

/** The geometric mean of numbers of 0 or more; that of equal numbers is that number. No product over- or underflows. */
final class GeometricMean {

    private double first = Double.NaN;
    private boolean allEqual = true;
    private double mantissa = 1;
    private long exponent;
    private int count;

    void add(double value) {
        first = count == 0 ? value : first;
        allEqual &= value == first;
        count++;
        mantissa *= value < Double.MIN_NORMAL ? value * 0x1p60 : value;
        exponent -= value < Double.MIN_NORMAL ? 60 : 0;
        int size = Math.getExponent(mantissa);
        mantissa = mantissa == 0 ? 0 : Math.scalb(mantissa, -size);
        exponent += size;
    }

    double value() {
        if (allEqual || mantissa == 0) {
            return allEqual ? first : 0;
        }
        int whole = (int) Math.floorDiv(exponent, (long) count);
        double rest = Math.scalb(mantissa, (int) Math.min(600, Math.floorMod(exponent, (long) count)));
        double left = Math.max(0, Math.floorMod(exponent, (long) count) - 600);
        double root = count == 2 ? Math.sqrt(rest) : count == 3 ? Math.cbrt(rest) : Math.pow(rest, 1.0 / count);
        return Math.scalb(root * Math.pow(2, left / count), whole);
    }
}
