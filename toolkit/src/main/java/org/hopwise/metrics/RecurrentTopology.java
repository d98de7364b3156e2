package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Memory;
import org.hopwise.rnn.Weights;

/** A recurrent network: folded, one node a unit, or unfolded, one node a unit and step. */
record RecurrentTopology(Weights weights, int steps, Reading reading) implements Topology {

    static final String INPUT = "input";
    static final String HIDDEN = "hidden";
    static final String OUTPUT = "output";

    private static final int BYTES_A_STEP = 256;

    @Override
    public List<Links> links() {
        Matrices m = WeightsDoor.matrices(weights);
        double[] input = m.input().data;
        double[] recurrent = m.recurrent().data;
        return List.of(
                new Links(INPUT, List.of(input)),
                new Links("recurrent", List.of(recurrent)),
                new Links(HIDDEN, List.of(input, recurrent, m.hiddenBias().data)),
                new Links(OUTPUT, List.of(m.output().data, m.outputBias().data)));
    }

    @Override
    public List<Nodes> nodes() {
        return steps == 0 ? folded() : unfolded();
    }

    private List<Nodes> folded() {
        return List.of(inputs(), hidden(true, true, true), outputs());
    }

    private List<Nodes> unfolded() {
        Memory.require("Nodes of %d steps".formatted(steps), (double) BYTES_A_STEP * steps, "Use fewer steps");
        List<Nodes> nodes = new ArrayList<>();
        Nodes inputs = inputs();
        for (int t = 1; t <= steps; t++) {
            nodes.add(inputs.at(t));
        }
        // Inner steps are alike; only the first has nothing before it, and only the last nothing after it.
        Nodes inner = hidden(true, true, reading.at(0, steps));
        for (int t = 1; t <= steps; t++) {
            nodes.add(
                    t == 1 || t == steps
                            ? hidden(t > 1, t < steps, reading.at(t, steps)).at(t)
                            : inner.at(t));
        }
        Nodes outputs = outputs();
        for (int t = 1; t <= steps; t++) {
            if (reading.at(t, steps)) {
                nodes.add(outputs.at(t));
            }
        }
        return nodes;
    }

    private Nodes inputs() {
        DMatrixRMaj input = WeightsDoor.matrices(weights).input();
        int n = weights.inputs();
        double variance = weights.hidden() * Spread.variance(input.data);
        return new Nodes(INPUT, 0, Ends.one(n), new double[n], Ends.out(input), new StrengthNull(n, variance, 0));
    }

    /**
     * Hidden units with the recurrent links into them, those out of them, and the links to the outputs, if they have
     * them.
     */
    private Nodes hidden(boolean before, boolean after, boolean read) {
        Matrices m = WeightsDoor.matrices(weights);
        int n = weights.hidden();
        Ends in = Ends.in(m.input());
        Ends out = Ends.none(n);
        double variance = weights.inputs() * Spread.variance(m.input().data) + Spread.variance(m.hiddenBias().data);
        double loops = Spread.variance(m.recurrent().data);
        if (before) {
            in = in.plus(Ends.in(m.recurrent()));
            variance += n * loops;
        }
        if (after) {
            out = out.plus(Ends.out(m.recurrent()));
            variance += n * loops;
        }
        if (read) {
            out = out.plus(Ends.out(m.output()));
            variance += weights.outputs() * Spread.variance(m.output().data);
        }
        // A self-loop counts on both sides, with its square four times instead of twice, and each pair shares two
        // links.
        double shared = before && after ? 2 * loops : 0;
        return new Nodes(HIDDEN, 0, in, m.hiddenBias().data, out, new StrengthNull(n, variance + shared, shared));
    }

    private Nodes outputs() {
        Matrices m = WeightsDoor.matrices(weights);
        int n = weights.outputs();
        double variance = weights.hidden() * Spread.variance(m.output().data) + Spread.variance(m.outputBias().data);
        return new Nodes(
                OUTPUT, 0, Ends.in(m.output()), m.outputBias().data, Ends.one(n), new StrengthNull(n, variance, 0));
    }

    /**
     * Folded: 2 (sum Win + sum Whh + sum Wout) + sum b + sum c + inputs + outputs. Unfolded: Win, b and the inputs T
     * times, Whh T - 1 times, Wout, c and the outputs once a reading.
     */
    @Override
    public double total() {
        Matrices m = WeightsDoor.matrices(weights);
        double visits = steps == 0 ? 1 : steps;
        double returns = steps == 0 ? 1 : steps - 1;
        double readings = steps == 0 ? 1 : reading.count(steps);
        return visits * (2 * CommonOps_DDRM.elementSum(m.input()) + weights.inputs())
                + visits * CommonOps_DDRM.elementSum(m.hiddenBias())
                + returns * 2 * CommonOps_DDRM.elementSum(m.recurrent())
                + readings * (2 * CommonOps_DDRM.elementSum(m.output()) + weights.outputs())
                + readings * CommonOps_DDRM.elementSum(m.outputBias());
    }

    @Override
    public String toString() {
        String shape = "recurrent network %d-%d-%d".formatted(weights.inputs(), weights.hidden(), weights.outputs());
        return steps == 0 ? shape + ", folded" : shape + ", unfolded over %d steps, read %s".formatted(steps, reading);
    }
}
