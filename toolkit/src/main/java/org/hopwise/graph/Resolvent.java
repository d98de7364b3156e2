package org.hopwise.graph;

import org.hopwise.internal.Check;

/** The resolvent, known by its type so that the untruncated sum can be solved instead of summed. */
record Resolvent(double alpha, boolean isNormalised, int length) implements WalkMeasure {

    @Override
    public double coefficient(int hop) {
        return Math.pow(alpha, hop);
    }

    @Override
    public WalkMeasure normalised() {
        return new Resolvent(alpha, true, length);
    }

    @Override
    public WalkMeasure truncated(int length) {
        return new Resolvent(alpha, isNormalised, Check.positive("length", length));
    }

    @Override
    public String toString() {
        return WalkTexts.of("resolvent, alpha " + alpha, this);
    }
}
