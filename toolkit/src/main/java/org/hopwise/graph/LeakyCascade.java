package org.hopwise.graph;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The leaky cascade: activity that flows along every edge of the whole adjacency and loses a fraction at each hop. Its
 * summed response to an impulse is a row of the resolvent.
 *
 * <p>Discrete: y(t + 1) = (alpha / rho) A' y(t). Continuous: dx/dt = -x / tau + A' x, with A as it is. Source:
 * arXiv 2605.03598; continuous form after Zamora-Lopez and Gilson (2024).
 */
public final class LeakyCascade {

    private final DMatrixRMaj flow;
    private final double radius;

    private LeakyCascade(DMatrixRMaj flow, double radius) {
        this.flow = flow;
        this.radius = radius;
    }

    /**
     * The cascade over inputs, hidden units and outputs of a network.
     *
     * @param weights the weights
     * @return the cascade
     */
    public static LeakyCascade of(Weights weights) {
        DMatrixRMaj adjacency = Nd.matrix("adjacency", weights.adjacency());
        CommonOps_DDRM.transpose(adjacency);
        return new LeakyCascade(adjacency, weights.spectralRadius());
    }

    /**
     * The response to activity given once, at time 0.
     *
     * @param alpha the fraction that is passed on at a hop, relative to the spectral radius
     * @param start activity of every unit at time 0
     * @param steps how many steps to follow
     * @return (steps + 1) x units; row t is the activity at time t
     * @throws IllegalArgumentException if the network has no cycles, so that its radius is 0, or activity overflows
     */
    public INDArray impulse(double alpha, INDArray start, int steps) {
        return follow(alpha, start, steps, false);
    }

    /**
     * The response to activity given anew at every step. It tends to R' u, with R the full normalised resolvent.
     *
     * @param alpha the fraction that is passed on at a hop, relative to the spectral radius
     * @param drive activity added to every unit at each step
     * @param steps how many steps to follow
     * @return (steps + 1) x units; row t is the activity at time t
     * @throws IllegalArgumentException if the network has no cycles, so that its radius is 0, or activity overflows
     */
    public INDArray driven(double alpha, INDArray drive, int steps) {
        return follow(alpha, drive, steps, true);
    }

    private INDArray follow(double alpha, INDArray start, int steps, boolean again) {
        Check.positive("alpha", alpha);
        Check.positive("steps", steps);
        if (!(alpha / radius < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the spectral radius is %s, so weights cannot be normalised by it; ".formatted(radius)
                            + "use continuous(...) or HopDecomposition.of(weights, length), which take them as they are.");
        }
        DMatrixRMaj given = column(start);
        DMatrixRMaj all = new DMatrixRMaj(steps + 1, flow.numRows);
        DMatrixRMaj now = given.copy();
        for (int t = 0; t <= steps; t++) {
            Interruption.check();
            System.arraycopy(now.data, 0, all.data, t * flow.numRows, flow.numRows);
            now = CommonOps_DDRM.mult(alpha / radius, flow, now, new DMatrixRMaj(flow.numRows, 1));
            if (again) {
                CommonOps_DDRM.addEquals(now, given);
            }
        }
        requireFinite(
                all,
                "alpha is %s; activity overflows within %d steps. Use a smaller alpha or fewer steps."
                        .formatted(alpha, steps));
        return Nd.array(all);
    }

    /**
     * The response in continuous time, exp(t (A' - I / tau)) x(0).
     *
     * @param tau the time constant of the leak
     * @param start activity of every unit at time 0
     * @param times when to look, any order, not negative
     * @return times x units
     * @throws IllegalArgumentException if activity overflows before a time
     */
    public INDArray continuous(double tau, INDArray start, double... times) {
        Check.positive("tau", tau);
        DMatrixRMaj given = column(start);
        DMatrixRMaj all = new DMatrixRMaj(times.length, flow.numRows);
        DMatrixRMaj leaky = flow.copy();
        for (int i = 0; i < leaky.numRows; i++) {
            leaky.add(i, i, -1 / tau);
        }
        for (int row = 0; row < times.length; row++) {
            double t = Check.notNegative("time", times[row]);
            // Leak and flow together: alone the one vanishes and the other overflows at long times.
            DMatrixRMaj x = LinearAlgebra.exponentialTimes(leaky, t, given);
            System.arraycopy(x.data, 0, all.data, row * flow.numRows, flow.numRows);
        }
        requireFinite(all, "tau is %s; activity overflows before the last time. Use earlier times.".formatted(tau));
        return Nd.array(all);
    }

    private static void requireFinite(DMatrixRMaj activity, String remedy) {
        if (MatrixFeatures_DDRM.hasUncountable(activity)) {
            throw new IllegalArgumentException(remedy);
        }
    }

    private DMatrixRMaj column(INDArray start) {
        double[] values = Nd.values("start activity", start, 1);
        if (values.length != flow.numRows) {
            throw new IllegalArgumentException(
                    "start activity has %d values; the network has %d units.".formatted(values.length, flow.numRows));
        }
        return DMatrixRMaj.wrap(values.length, 1, values);
    }

    @Override
    public String toString() {
        return "leaky cascade of %s, spectral radius %s, %s"
                .formatted(Texts.count(flow.numRows, "unit"), Texts.number(radius), Texts.mark(flow.data));
    }
}
