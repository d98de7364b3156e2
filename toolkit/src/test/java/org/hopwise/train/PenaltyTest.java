package org.hopwise.train;

import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PenaltyTest {

    private static final int LENGTH = 6;

    static Weights weights() {
        return RecurrentNetwork.random(Tasks.averaging().size(6, 2), 9, Activation.LINEAR, Seed.of(3))
                .weights();
    }

    /** A penalty that a user might write, to go through the general route. */
    private record Ridge(double beta) implements Penalty {
        @Override
        public double cost(Weights w) {
            return beta * w.recurrent().mul(w.recurrent()).sumNumber().doubleValue();
        }

        @Override
        public Weights gradient(Weights w) {
            return Weights.of(
                    w.input().mul(0), w.recurrent().mul(2 * beta), w.output().mul(0));
        }
    }

    static List<Penalty> allPenalties() {
        return List.of(
                Penalty.l1(0.3),
                Penalty.resolvent(0.3, 0.8, LENGTH),
                Penalty.hopwise(0.3, 0.8, LENGTH),
                Penalty.absoluteWalks(0.3, 0.8, LENGTH),
                Penalty.normalisedResolvent(0.3, 0.8, LENGTH),
                new Ridge(0.3),
                Penalty.l1(0.1).plus(Penalty.hopwise(0.2, 0.9, LENGTH)).plus(new Ridge(0.4)));
    }

    @ParameterizedTest
    @MethodSource("allPenalties")
    void gradientMatchesFiniteDifferences(Penalty penalty) {
        Matrices at = WeightsDoor.copy(weights());
        Matrices gradient = WeightsDoor.copy(penalty.gradient(weights()));
        assertSlope(penalty, at, at.input(), gradient.input());
        assertSlope(penalty, at, at.recurrent(), gradient.recurrent());
        assertSlope(penalty, at, at.output(), gradient.output());
    }

    private static void assertSlope(Penalty penalty, Matrices at, DMatrixRMaj varied, DMatrixRMaj gradient) {
        double step = 1e-6;
        for (int i = 0; i < varied.data.length; i++) {
            double before = varied.data[i];
            varied.data[i] = before + step;
            double up = penalty.cost(WeightsDoor.<Weights>weights(at));
            varied.data[i] = before - step;
            double down = penalty.cost(WeightsDoor.<Weights>weights(at));
            varied.data[i] = before;
            assertEquals((up - down) / (2 * step), gradient.data[i], 1e-6, penalty + " entry " + i);
        }
    }

    @Test
    void theHopwisePenaltyIsTheWeightedSumOfAbsoluteHopBlocks() {
        HopDecomposition hops = HopDecomposition.of(weights(), LENGTH);
        double expected = 0;
        for (int k = 2; k <= LENGTH + 1; k++) {
            expected += Math.pow(0.8, k) * hops.hop(k).norm1Number().doubleValue();
        }
        assertClose(0.5 * expected, Penalty.hopwise(0.5, 0.8, LENGTH).cost(weights()), "R-hop");
    }

    /** (T W_in, T W_hh T^-1, W_out T^-1) has the same hop blocks, so only penalties on end-to-end maps stay. */
    @Test
    void resolventPenaltiesDoNotSeeAChangeOfHiddenCoordinates() {
        DMatrixRMaj t = new DMatrixRMaj(9, 9);
        new Draws(Seed.of(8)).fillUniform(t.data, 1);
        CommonOps_DDRM.addEquals(t, CommonOps_DDRM.identity(9));
        Weights turned = weights().rebased(Nd.array(t));
        for (Penalty same : List.of(Penalty.resolvent(1, 0.8, LENGTH), Penalty.hopwise(1, 0.8, LENGTH))) {
            assertEquals(same.cost(weights()), same.cost(turned), 1e-9 * same.cost(weights()));
        }
        for (Penalty other : List.of(Penalty.l1(1), Penalty.absoluteWalks(1, 0.8, LENGTH))) {
            org.junit.jupiter.api.Assertions.assertTrue(Math.abs(other.cost(turned) / other.cost(weights()) - 1) > 0.1);
        }
    }

    @Test
    void penaltiesTellTheirSettingsInTables() {
        assertEquals("none", Penalty.none().toString());
        assertEquals(
                "L1 (beta 0.1) + R-hop (beta 0.2, alpha 0.8, length 5)",
                Penalty.l1(0.1).plus(Penalty.hopwise(0.2, 0.8, 5)).toString());
    }

    @Test
    void everyKindGivesThePenaltyOfItsName() {
        assertEquals(Penalty.none(), PenaltyKind.NONE.of(0.1, 0.8, 5));
        assertEquals("L1 (beta 0.1)", PenaltyKind.L1.of(0.1, 0.8, 5).toString());
        for (PenaltyKind kind : List.of(PenaltyKind.R_SUM, PenaltyKind.R_HOP, PenaltyKind.R_ABS)) {
            assertEquals(
                    kind + " (beta 0.1, alpha 0.8, length 5)",
                    kind.of(0.1, 0.8, 5).toString());
        }
    }

    @Test
    void noPenaltyCostsNothing() {
        assertEquals(0, Penalty.none().cost(weights()));
        assertEquals(0, Penalty.none().gradient(weights()).input().norm2Number().doubleValue());
    }

    @Test
    void strengthsOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Penalty.l1(-1));
        assertThrows(IllegalArgumentException.class, () -> Penalty.resolvent(1, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> Penalty.hopwise(Double.NaN, 0.8, 5));
        assertThrows(IllegalArgumentException.class, () -> Penalty.absoluteWalks(1, 0.8, 0));
    }
}
