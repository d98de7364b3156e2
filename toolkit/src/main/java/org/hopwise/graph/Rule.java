package org.hopwise.graph;

import org.hopwise.internal.Check;

/** A measure with its normalisation and truncation set. */
record Rule(WalkMeasure inner, boolean isNormalised, int length) implements WalkMeasure {

    @Override
    public double coefficient(int hop) {
        return inner.coefficient(hop);
    }

    @Override
    public WalkMeasure normalised() {
        return new Rule(inner, true, length);
    }

    @Override
    public WalkMeasure truncated(int length) {
        return new Rule(inner, isNormalised, Check.positive("length", length));
    }

    @Override
    public String toString() {
        return WalkTexts.of(WalkTexts.ofInner(inner), this);
    }
}
