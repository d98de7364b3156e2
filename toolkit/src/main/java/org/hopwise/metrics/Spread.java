package org.hopwise.metrics;

/** Mean and spread of plain values, in population form: divided by n. */
final class Spread {

    private Spread() {}

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    static double variance(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / values.length;
    }

    static double deviation(double[] values) {
        return Math.sqrt(variance(values));
    }
}
