package org.hopwise.train;

/** L1 on the three weight matrices. */
record WeightPenalty(double beta) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient) {
        return beta
                * (add(p.input, gradient.input)
                        + add(p.recurrent, gradient.recurrent)
                        + add(p.output, gradient.output));
    }

    private double add(double[] weights, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            gradient[i] += beta * Math.signum(weights[i]);
            sum += Math.abs(weights[i]);
        }
        return sum;
    }

    @Override
    public String toString() {
        return "L1 (beta %s)".formatted(beta);
    }
}
