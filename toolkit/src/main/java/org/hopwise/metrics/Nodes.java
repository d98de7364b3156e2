package org.hopwise.metrics;

/**
 * The nodes of one layer, at one step of an unfolded network (0 where there are none), with their links and what random
 * weights would give.
 */
final class Nodes {

    private final String layer;
    private final int step;
    private final Ends in;
    private final double[] bias;
    private final Ends out;
    private final StrengthNull expected;

    Nodes(String layer, int step, Ends in, double[] bias, Ends out, StrengthNull expected) {
        this.layer = layer;
        this.step = step;
        this.in = in;
        this.bias = bias;
        this.out = out;
        this.expected = expected;
    }

    Nodes at(int step) {
        return new Nodes(layer, step, in, bias, out, expected);
    }

    String layer() {
        return layer;
    }

    int step() {
        return step;
    }

    Ends in() {
        return in;
    }

    double bias(int unit) {
        return bias[unit];
    }

    Ends out() {
        return out;
    }

    StrengthNull expected() {
        return expected;
    }

    int units() {
        return bias.length;
    }

    double strength(int unit) {
        return in.sum(unit) + bias[unit] + out.sum(unit);
    }

    double absolute(int unit) {
        return in.absolute(unit) + Math.abs(bias[unit]) + out.absolute(unit);
    }

    double[] strengths() {
        double[] strengths = new double[units()];
        for (int unit = 0; unit < strengths.length; unit++) {
            strengths[unit] = strength(unit);
        }
        return strengths;
    }
}
