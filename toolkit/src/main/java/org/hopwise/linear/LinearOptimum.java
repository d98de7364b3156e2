package org.hopwise.linear;

import java.util.Objects;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Texts;
import org.hopwise.train.Penalty;
import org.hopwise.train.PenaltyKind;

/**
 * The best that a linear network can do under a penalty on its walks, in closed form: the hop maps that minimise
 * {@link PopulationLoss} plus penalty, for a network with enough hidden units to have any hop maps. Penalty and loss are
 * sums over input-output pairs, and for each pair the problem is convex.
 *
 * <p>Per pair, with a_k = alpha^k, v_k the variance of the input at hop k and o outputs:
 *
 * <ul>
 *   <li>R-sum ({@link Penalty#resolvent}): r* = sum a_k K*_k, q = sum a_k^2 / v_k,
 *       c = sign(r*) min(beta o / 2, |r*| / q), K_k = K*_k - c a_k / v_k. Every hop shifts by the same sign, so hops
 *       without signal are driven to the other side of zero until the signed sum is nil: cancellation, not sparsity.
 *   <li>R-hop ({@link Penalty#hopwise}): K_k = sign(K*_k) max(|K*_k| - beta o a_k / (2 v_k), 0), a soft threshold: hops
 *       without signal stay at zero.
 * </ul>
 *
 * <p>At a hop with v_k = 0 the network may put anything at no loss. R-hop puts nothing there. Under R-sum such hops
 * cancel the whole sum for free, so the loss and the penalty are both 0; of all such maps the smallest in squares stands
 * here. What the task asks of such a hop does not matter. Our own theory, not the paper's.
 */
public final class LinearOptimum {

    private final PopulationLoss loss;
    private final double[][] maps;

    private LinearOptimum(PopulationLoss loss, double[][] maps) {
        this.loss = loss;
        this.maps = maps;
    }

    /**
     * The optimum of a loss plus a penalty.
     *
     * @param loss the loss of a linear task
     * @param penalty {@link Penalty#resolvent}, {@link Penalty#hopwise} or {@link Penalty#none}, of the task's length
     * @return the optimum
     * @throws IllegalArgumentException if no closed form is known for the penalty, or its length is not the task's
     */
    public static LinearOptimum of(PopulationLoss loss, Penalty penalty) {
        double[][] maps = new double[loss.shape().steps()][];
        for (int j = 0; j < maps.length; j++) {
            maps[j] = loss.variances()[j] == 0 ? new double[pairs(loss)] : loss.targets()[j].clone();
        }
        PenaltyKind.Setting setting = PenaltyKind.read(penalty).orElse(null);
        if (setting != null && setting.kind() == PenaltyKind.R_SUM) {
            requireLength(loss, setting.length());
            shift(loss, maps, setting.alpha(), setting.beta());
        } else if (setting != null && setting.kind() == PenaltyKind.R_HOP) {
            requireLength(loss, setting.length());
            shrink(loss, maps, setting.alpha(), setting.beta());
        } else if (!Objects.equals(penalty, Penalty.none())) {
            throw new IllegalArgumentException(
                    "penalty is %s; a closed form is known for Penalty.resolvent, ".formatted(penalty)
                            + "Penalty.hopwise and Penalty.none only, so train with the PopulationLoss instead.");
        }
        return new LinearOptimum(loss, maps);
    }

    /**
     * The nMSE at which R-sum stands still however strong it is, for it costs nothing once the signed sum is nil:
     * sum over pairs of (sum a_k K*_k)^2 / (sum a_k^2 / v_k), divided by the sum of v_k K*_k^2. R-hop has no such
     * ceiling; it goes to 1.
     *
     * @param loss the loss of a linear task
     * @param alpha the damping a hop, above 0
     * @return from 0 to 1; 0 if a hop of variance 0 can take the sum
     */
    public static double saturation(PopulationLoss loss, double alpha) {
        Penalty strongest =
                Penalty.resolvent(Double.MAX_VALUE, alpha, loss.shape().steps());
        return of(loss, strongest).normalisedError();
    }

    private static int pairs(PopulationLoss loss) {
        return loss.shape().inputs() * loss.shape().outputs();
    }

    private static void requireLength(PopulationLoss loss, int length) {
        if (length != loss.shape().steps()) {
            throw new IllegalArgumentException("penalty has length %d and task '%s' %d steps; they must be the same."
                    .formatted(length, loss.name(), loss.shape().steps()));
        }
    }

    private static void shift(PopulationLoss loss, double[][] maps, double alpha, double beta) {
        double[] v = loss.variances();
        double[] a = new double[v.length];
        double q = 0;
        double free = 0;
        for (int j = 0; j < a.length; j++) {
            a[j] = Math.pow(alpha, j + 2);
            q += v[j] == 0 ? 0 : a[j] * a[j] / v[j];
            free += v[j] == 0 ? a[j] * a[j] : 0;
        }
        for (int pair = 0; pair < maps[0].length; pair++) {
            double r = 0;
            for (int j = 0; j < a.length; j++) {
                r += a[j] * maps[j][pair];
            }
            double c = Math.signum(r) * Math.min(beta * loss.shape().outputs() / 2, Math.abs(r) / q);
            for (int j = 0; j < a.length; j++) {
                if (free == 0) {
                    maps[j][pair] -= c * a[j] / v[j];
                } else if (v[j] == 0 && beta > 0) {
                    maps[j][pair] = -r * a[j] / free;
                }
            }
        }
    }

    private static void shrink(PopulationLoss loss, double[][] maps, double alpha, double beta) {
        for (int j = 0; j < maps.length; j++) {
            double v = loss.variances()[j];
            double threshold = v == 0 ? 0 : beta * loss.shape().outputs() * Math.pow(alpha, j + 2) / (2 * v);
            for (int pair = 0; pair < maps[j].length; pair++) {
                double k = maps[j][pair];
                maps[j][pair] = Math.signum(k) * Math.max(Math.abs(k) - threshold, 0);
            }
        }
    }

    /**
     * The optimal hop maps.
     *
     * @return hops 2 to L + 1, inputs x outputs each
     */
    public HopDecomposition hops() {
        return loss.decomposition(maps);
    }

    /**
     * The loss at the optimum, without the penalty, divided by the mean variance of the targets: 0 is perfect, 1 is no
     * better than a constant.
     *
     * @return the normalised mean squared error
     */
    public double normalisedError() {
        double[][] differences = new double[maps.length][];
        for (int j = 0; j < maps.length; j++) {
            differences[j] = maps[j].clone();
            for (int pair = 0; pair < maps[j].length; pair++) {
                differences[j][pair] -= loss.targets()[j][pair];
            }
        }
        return loss.weightedSquares(differences) / loss.weightedSquares(loss.targets());
    }

    @Override
    public String toString() {
        return "linear optimum of %s: normalised error %s".formatted(loss, Texts.number(normalisedError()));
    }
}
