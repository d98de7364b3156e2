package org.hopwise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.linear.LinearAlgebra;
import org.hopwise.internal.linear.SpectralRadiusSlope;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class NormalisedPenaltyTest {

    private static final Weights WEIGHTS = PenaltyTest.weights();

    @Test
    void theCostIsTheAbsoluteSumOfTheNormalisedTruncatedMap() {
        INDArray map = InfluenceMap.of(
                        WEIGHTS, WalkMeasure.resolvent(0.8).normalised().truncated(6))
                .matrix();
        double expected = 0.3 * map.norm1Number().doubleValue();
        assertEquals(expected, Penalty.normalisedResolvent(0.3, 0.8, 6).cost(WEIGHTS), 1e-12 * expected);
    }

    /** All weights times c leave the normalised map as it is, so the penalty cannot see the scale of a network. */
    @Test
    void scalingAllWeightsDoesNotChangeIt() {
        Weights scaled = Weights.of(
                WEIGHTS.input().mul(3),
                WEIGHTS.recurrent().mul(3),
                WEIGHTS.output().mul(3));
        Penalty penalty = Penalty.normalisedResolvent(1, 0.8, 6);
        assertEquals(penalty.cost(WEIGHTS), penalty.cost(scaled), 1e-10 * penalty.cost(WEIGHTS));
    }

    /** A self-loop that no input drives and no output reads carries no walk, and yet buys a lower penalty. */
    @Test
    void anIdleLoopLowersItWithoutChangingAnyWalk() {
        double[][] in = {{1}, {0}};
        double[][] out = {{1, 0}};
        Penalty normalised = Penalty.normalisedResolvent(1, 0.8, 5);
        Penalty raw = Penalty.resolvent(1, 0.8, 5);
        Weights quiet = Weights.of(in, new double[][] {{0.5, 0}, {0, 0}}, out);
        Weights loop = Weights.of(in, new double[][] {{0.5, 0}, {0, 5}}, out);
        assertEquals(raw.cost(quiet), raw.cost(loop));
        assertTrue(normalised.cost(loop) < 0.01 * normalised.cost(quiet));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSlopeOfTheSpectralRadiusMatchesFiniteDifferences(int seed) {
        DMatrixRMaj m = new DMatrixRMaj(7, 7);
        new Draws(Seed.of(seed)).fillUniform(m.data, 1);
        assertSlope(m);
    }

    @Test
    void aRotationHasAComplexLeadingPairWhoseRadiusGrowsAlongItself() {
        DMatrixRMaj rotation = new DMatrixRMaj(new double[][] {{0.6, -0.8}, {0.8, 0.6}});
        SpectralRadiusSlope slope = SpectralRadiusSlope.of(rotation);
        assertEquals(1, slope.radius(), 1e-14);
        // rho^2 = det for a 2 x 2 with a complex pair, so d rho = adj' / (2 rho) = the rotation / 2.
        for (int i = 0; i < 4; i++) {
            assertEquals(rotation.data[i] / 2, slope.slope().data[i], 1e-12);
        }
        assertSlope(rotation);
    }

    @Test
    void aNegativeLeadingEigenvalueIsFollowedByItsModulus() {
        assertSlope(new DMatrixRMaj(new double[][] {{-2, 1, 0}, {0, 1, 0.5}, {0.3, 0, 0.1}}));
    }

    private static void assertSlope(DMatrixRMaj m) {
        DMatrixRMaj slope = SpectralRadiusSlope.of(m).slope();
        double step = 1e-6;
        for (int i = 0; i < m.data.length; i++) {
            double before = m.data[i];
            m.data[i] = before + step;
            double up = LinearAlgebra.spectralRadius(m);
            m.data[i] = before - step;
            double down = LinearAlgebra.spectralRadius(m);
            m.data[i] = before;
            assertEquals((up - down) / (2 * step), slope.data[i], 1e-7, "entry " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void trainingUnderItBuysTheNetworkOffByALargerSpectralRadius(int seed) {
        HierarchicalTask task = Tasks.averaging().size(8, 2).steps(8);
        RecurrentNetwork start = RecurrentNetwork.random(task, 10, Activation.TANH, Seed.of(seed));
        Trainer trainer = Trainer.adam(1e-2).updates(600).batch(32);
        Penalty normalised = Penalty.normalisedResolvent(0.03, 0.8, 8);
        Penalty raw = Penalty.resolvent(0.03, 0.8, 8);
        Weights free = trainer.train(start, task).weights();
        Weights boughtOff = trainer.penalty(normalised).train(start, task).weights();
        Weights held = trainer.penalty(raw).train(start, task).weights();
        assertTrue(normalised.cost(boughtOff) < 0.2 * normalised.cost(free), "the penalty falls");
        assertTrue(boughtOff.spectralRadius() > 1.5 * free.spectralRadius(), "radius " + boughtOff.spectralRadius());
        assertTrue(raw.cost(boughtOff) > 2 * raw.cost(held), "and walks carry more than under the raw penalty");
    }

    @Test
    void weightsWithoutLoopsAreRefused() {
        Weights chain = Weights.of(new double[][] {{1}, {0}}, new double[][] {{0, 0}, {1, 0}}, new double[][] {{0, 1}});
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Penalty.normalisedResolvent(1, 0.8, 3).cost(chain));
        assertTrue(refusal.getMessage().contains("spectral radius is 0"), refusal.getMessage());
    }
}
