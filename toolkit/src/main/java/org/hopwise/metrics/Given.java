package org.hopwise.metrics;

/** Checks of what is given, with a sentence for what is missing. */
final class Given {

    /** Between the inverse of this and this, variances of sums of weights are numbers. */
    private static final double LARGEST = 1e150;

    private Given() {}

    static <T> T required(String name, T value, String remedy) {
        if (value == null) {
            throw new IllegalArgumentException("%s: null was given; %s.".formatted(name, remedy));
        }
        return value;
    }

    /** A topology whose variances neither overflow nor vanish. */
    static Topology measurable(Topology topology) {
        double largest = 0;
        for (Links links : topology.links()) {
            for (double[] values : links.parts()) {
                for (double value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        if (largest > LARGEST || (largest > 0 && largest < 1 / LARGEST)) {
            throw new IllegalArgumentException(
                    "the largest weight is %s; its modulus must be from %s to %s. Divide all weights by it: strengths scale along."
                            .formatted(largest, 1 / LARGEST, LARGEST));
        }
        return topology;
    }
}
