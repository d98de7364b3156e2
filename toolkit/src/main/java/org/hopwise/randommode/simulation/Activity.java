package org.hopwise.randommode.simulation;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * What a simulation recorded.
 *
 * @param states x of every unit
 * @param outputs phi(x) of every unit
 */
public record Activity(Recording states, Recording outputs) {

    /**
     * One row of what theory predicts, for tables over many networks. About 2 N^2 operations for each recorded moment of
     * each trajectory.
     *
     * @return columns state variance (C_x(0)), output variance (C_phi(0)), units per state dimension (N / PR_x), units per
     *     output dimension (N / PR_phi)
     */
    public Table summary() {
        return Table.create(
                "activity",
                DoubleColumn.create("state variance", states.variance()),
                DoubleColumn.create("output variance", outputs.variance()),
                DoubleColumn.create("units per state dimension", states.unitsPerDimension()),
                DoubleColumn.create("units per output dimension", outputs.unitsPerDimension()));
    }

    /**
     * Mean covariances of single units with themselves.
     *
     * @param lags tau, in time constants: multiples of the recording's interval
     * @return columns lag, state (C_x(tau)), output (C_phi(tau)); one row a lag
     */
    public Table covariances(double... lags) {
        return Table.create(
                "covariances",
                DoubleColumn.create("lag", lags),
                DoubleColumn.create("state", states.covariance(lags)),
                DoubleColumn.create("output", outputs.covariance(lags)));
    }
}
