package org.hopwise.train;

/** A penalty times a number. */
record ScaledPenalty(double factor, Penalty whole) implements FlatPenalty {

    @Override
    public double accumulate(Parameters p, Parameters gradient) {
        Parameters slope = p.zeros();
        double cost = PenaltySum.accumulate(whole, p, slope);
        gradient.add(factor, slope);
        return factor * cost;
    }
}
