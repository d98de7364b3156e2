package org.hopwise.graph;

import static org.hopwise.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

class WalksTest {

    /** input -> hidden 1 -> hidden 2 -> hidden 3 -> output, weights 2, 3, 5, 7: one walk. */
    private static Weights chain() {
        return Weights.of(
                new double[][] {{2}, {0}, {0}},
                new double[][] {{0, 0, 0}, {3, 0, 0}, {0, 5, 0}},
                new double[][] {{0, 0, 7}});
    }

    private static RecurrentNetwork random(Activation activation) {
        return RecurrentNetwork.random(Tasks.averaging().size(6, 2).steps(5), 7, activation, Seed.of(4));
    }

    @Test
    void aChainOfThreeHiddenUnitsCarriesInfluenceOnlyAtHopFour() {
        HopDecomposition hops = HopDecomposition.of(chain(), 5);
        for (int k = 2; k <= 6; k++) {
            assertEquals(k == 4 ? 2 * 3 * 5 * 7 : 0, hops.hop(k).getDouble(0, 0), "hop " + k);
        }
    }

    @Test
    void rowsOfWeightsAreTargetsAndRowsOfMapsAreSources() {
        Weights w = Weights.of(
                new double[][] {{1, 10}, {0, 0}, {0, 0}},
                new double[][] {{0, 0, 0}, {2, 0, 0}, {0, 0, 0}},
                new double[][] {{0, 3, 0}, {0, 4, 0}, {0, 5, 0}});
        INDArray hop3 = HopDecomposition.of(w, 2).hop(3);
        assertEquals(List.of(2L, 3L), List.of(hop3.size(0), hop3.size(1)));
        assertEquals(10 * 2 * 5, hop3.getDouble(1, 2));
        assertEquals(10, w.adjacency().getDouble(1, 2), "edge from input 1 to hidden unit 0");
        assertEquals(2, w.adjacency().getDouble(2, 3), "edge from hidden unit 0 to hidden unit 1");
    }

    @Test
    void hopsUpToTheSequenceLengthAddUpToTheTruncatedResolvent() {
        Weights w = random(Activation.LINEAR).weights();
        WalkMeasure measure = WalkMeasure.resolvent(0.8);
        assertClose(
                InfluenceMap.of(w, measure.truncated(5)).matrix(),
                HopDecomposition.of(w, 5).total(measure),
                "sum of hops");
    }

    @Test
    void aMeasureOfTheUsersIsSummedLikeTheBuiltInOne() {
        Weights w = random(Activation.LINEAR).weights();
        WalkMeasure own = hop -> Math.pow(0.8, hop);
        assertClose(
                InfluenceMap.of(w, WalkMeasure.resolvent(0.8).normalised()).matrix(),
                InfluenceMap.of(w, own.normalised()).matrix(),
                "solved and summed");
    }

    @Test
    void theJacobianOfALinearNetworkIsItsHopDecomposition() {
        RecurrentNetwork network = random(Activation.LINEAR);
        INDArray inputs =
                Tasks.averaging().size(6, 2).steps(5).batch(3, Seed.of(9)).inputs();
        HopDecomposition jacobian = HopDecomposition.ofJacobian(network, inputs);
        HopDecomposition hops = HopDecomposition.of(network.weights(), 5);
        for (int k = 2; k <= 6; k++) {
            assertClose(hops.hop(k), jacobian.hop(k), "hop " + k);
        }
    }

    @Test
    void theFullResolventRefusesToDivergeAndNamesTheLargestAlpha() {
        Weights w = Weights.of(new double[][] {{1}}, new double[][] {{-2}}, new double[][] {{1}});
        var refusal = assertThrows(DivergentWalksException.class, () -> InfluenceMap.of(w, WalkMeasure.resolvent(0.5)));
        assertEquals(0.5, refusal.largestAlpha());
        assertTrue(refusal.getMessage().contains("0.500 times spectral radius 2"), refusal.getMessage());
        double sum = InfluenceMap.of(w, WalkMeasure.resolvent(0.4)).matrix().getDouble(0, 0);
        assertEquals(0.16 / 1.8, sum, 1e-15);
    }

    @Test
    void aNormalisedResolventRefusesAlphaOne() {
        Weights w = random(Activation.LINEAR).weights();
        WalkMeasure measure = WalkMeasure.powers().normalised();
        var refusal = assertThrows(DivergentWalksException.class, () -> InfluenceMap.of(w, measure));
        assertEquals(1, refusal.largestAlpha(), 1e-12);
    }

    @Test
    void anotherDivergingSumIsRefusedToo() {
        Weights w = Weights.of(new double[][] {{1}}, new double[][] {{2}}, new double[][] {{1}});
        WalkMeasure own = hop -> 1;
        assertThrows(DivergentWalksException.class, () -> InfluenceMap.of(w, own));
    }

    @Test
    void aNetworkWithoutLoopsCannotBeNormalised() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> InfluenceMap.of(chain(), WalkMeasure.resolvent(0.8).normalised()));
        assertTrue(refusal.getMessage().contains("spectral radius is 0"), refusal.getMessage());
    }

    @Test
    void moduleInfluenceIsTheMeanOverTheUnitsOfTheModules() {
        Weights w = random(Activation.LINEAR).weights();
        InfluenceMap map = InfluenceMap.of(w, WalkMeasure.resolvent(0.5).truncated(5));
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = 3; b < 6; b++) {
                sum += map.matrix().getDouble(a, b);
            }
        }
        INDArray modules = map.byModule(2).matrix();
        assertEquals(sum / 9, modules.getDouble(0, 1), 1e-14);
        assertEquals(4, modules.length());
    }

    @Test
    void modulesThatDoNotDivideAreRefused() {
        InfluenceMap map = InfluenceMap.of(
                random(Activation.LINEAR).weights(), WalkMeasure.resolvent(0.5).truncated(5));
        var refusal = assertThrows(IllegalArgumentException.class, () -> map.byModule(4));
        assertEquals("inputs is 6, which modules = 4 does not divide; use a multiple of 4.", refusal.getMessage());
    }

    @Test
    void theProfileSharesAddUpToOne() {
        Table profile =
                HopDecomposition.of(random(Activation.LINEAR).weights(), 5).profile();
        assertEquals(List.of("hop", "steps back", "sum", "absolute", "share"), profile.columnNames());
        assertEquals(5, profile.rowCount());
        assertEquals(1, profile.doubleColumn("share").sum(), 1e-14);
    }

    @Test
    void theTableHasOneRowAHopAndPair() {
        HopDecomposition hops = HopDecomposition.of(random(Activation.LINEAR).weights(), 5);
        Table table = hops.toTable();
        assertEquals(5 * 36, table.rowCount());
        Table row = table.where(table.intColumn("hop")
                .isEqualTo(4)
                .and(table.stringColumn("from").isEqualTo("in 2"))
                .and(table.stringColumn("to").isEqualTo("out 6")));
        assertEquals(hops.hop(4).getDouble(1, 5), row.doubleColumn("influence").get(0));
    }

    @Test
    void aHopThatWasNotDecomposedIsRefused() {
        HopDecomposition hops = HopDecomposition.of(chain(), 3);
        var refusal = assertThrows(IllegalArgumentException.class, () -> hops.hop(1));
        assertEquals("hop is 1; it must be from 2 to 4.", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> hops.hop(5));
    }

    @Test
    void weightsWithNaNSayWhere() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Weights.of(new double[][] {{1}, {1}}, new double[][] {{0, 1}, {Double.NaN, 0}}, new double[][] {
                    {1, 1}
                }));
        assertTrue(refusal.getMessage().startsWith("recurrent weights hold NaN at (1, 0)"), refusal.getMessage());
    }

    @Test
    void recurrentWeightsMustBeSquare() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Weights.of(
                        new double[][] {{1}, {1}}, new double[][] {{0, 1, 2}, {3, 4, 5}}, new double[][] {{1, 1}}));
        assertEquals("recurrent weights are 2 x 3; they must be square, here 2 x 2.", refusal.getMessage());
    }

    @Test
    void changingACopyOfTheWeightsDoesNotChangeThem() {
        Weights w = chain();
        w.recurrent().putScalar(1, 0, 99);
        assertEquals(3, w.recurrent().getDouble(1, 0));
    }

    @Test
    void otherHiddenCoordinatesLeaveEveryHopBlockAsItIs() {
        Weights w = random(Activation.LINEAR).weights();
        INDArray swap = org.nd4j.linalg.factory.Nd4j.eye(7).castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE);
        swap.putScalar(0, 3, 2);
        Weights turned = w.rebased(swap);
        assertTrue(turned.recurrent().distance2(w.recurrent()) > 0.1);
        for (int k = 2; k <= 6; k++) {
            assertClose(
                    HopDecomposition.of(w, 5).hop(k),
                    HopDecomposition.of(turned, 5).hop(k),
                    "hop " + k);
        }
        assertThrows(IllegalArgumentException.class, () -> w.rebased(swap.mul(0)));
    }

    @Test
    void weightSparsityCountsAllThreeMatrices() {
        // 15 weights, of which 11 are zero and the others are 2, 3, 5 and 7.
        assertEquals(11 / 15.0, chain().fractionBelow(0.01), 1e-15);
        assertEquals(13 / 15.0, chain().fractionBelow(4), 1e-15);
    }

    @Test
    void theShareOfAllHopsIsOne() {
        HopDecomposition hops = HopDecomposition.of(chain(), 3);
        assertEquals(1, hops.share(2, 3, 4));
        assertEquals(1, hops.share(4));
        assertEquals(0, hops.share(2, 3));
    }

    @Test
    void aTruncatedMeasureOfAWiringCountsDirectEdgesToo() {
        Wiring wiring = Wiring.of(chain());
        WalkMeasure measure = WalkMeasure.resolvent(0.5).truncated(2);
        double direct = InfluenceMap.of(wiring, List.of("in 1"), List.of("hidden 1"), measure)
                .matrix()
                .getDouble(0, 0);
        assertEquals(0.5 * 2, direct, 1e-15);
        double threeEdges = InfluenceMap.of(wiring, List.of("in 1"), List.of("hidden 3"), measure)
                .matrix()
                .getDouble(0, 0);
        assertEquals(0.125 * 2 * 3 * 5, threeEdges, 1e-15);
        double fourEdges = InfluenceMap.of(wiring, List.of("in 1"), List.of("out 1"), measure)
                .matrix()
                .getDouble(0, 0);
        assertEquals(0, fourEdges);
    }

    @Test
    void theWiringOfANetworkHasItsWalks() {
        Weights w = random(Activation.LINEAR).weights();
        Wiring wiring = Wiring.of(w);
        List<String> in = wiring.names().subList(0, 6);
        List<String> out = wiring.names().subList(13, 19);
        assertClose(
                HopDecomposition.of(w, 4).hop(5),
                HopDecomposition.of(wiring, in, out, 5).hop(5),
                "hop 5");
        assertClose(
                InfluenceMap.of(w, WalkMeasure.resolvent(0.8).normalised()).matrix(),
                InfluenceMap.of(wiring.scaled(0.8 / wiring.spectralRadius()), in, out, WalkMeasure.powers())
                        .matrix(),
                "damped walks");
    }

    @Test
    void aCascadeSummedOverTimeIsTheResolventRow() {
        Weights w = random(Activation.LINEAR).weights();
        double[] start = new double[6 + 7 + 6];
        start[2] = 1;
        INDArray course = LeakyCascade.of(w).impulse(0.8, org.nd4j.linalg.factory.Nd4j.createFromArray(start), 300);
        INDArray summed = course.sum(0);
        INDArray row = InfluenceMap.of(w, WalkMeasure.resolvent(0.8).normalised())
                .matrix()
                .getRow(2);
        double[] outputs = Arrays.copyOfRange(summed.toDoubleVector(), 13, 19);
        assertClose(row, org.nd4j.linalg.factory.Nd4j.createFromArray(outputs), "summed cascade");
    }
}
