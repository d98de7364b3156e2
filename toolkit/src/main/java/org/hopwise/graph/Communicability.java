package org.hopwise.graph;

/** Communicability: a walk of k edges counts 1 / k!. */
record Communicability() implements WalkMeasure {

    @Override
    public double coefficient(int hop) {
        double coefficient = 1;
        for (int k = 2; k <= hop; k++) {
            coefficient /= k;
        }
        return coefficient;
    }

    @Override
    public String toString() {
        return "communicability";
    }
}
