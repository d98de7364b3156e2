package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.rnn.TwoModules;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class TwoModulesTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.4, 1})
    void positiveWeightsLoseModularityHopByHopAsTheFormulaSays(double ratio) {
        HopDecomposition hops = HopDecomposition.of(TwoModules.of(200, ratio).random(Seed.of(1)), 4);
        for (int hop = 2; hop <= 5; hop++) {
            assertEquals(
                    Modularity.ofTwoModules(ratio, hop),
                    Modularity.of(hops.hop(hop), 2),
                    0.01,
                    "hop %d, sampling error of 20,000 edges about 0.005".formatted(hop));
        }
    }

    @Test
    void signedWeightsHaveBothSigns() {
        Weights w = TwoModules.of(100, 0.5).signed().random(Seed.of(1));
        double sum = w.recurrent().sumNumber().doubleValue();
        double absolute = w.recurrent().norm1Number().doubleValue();
        assertTrue(Math.abs(sum) < 0.05 * absolute, sum + " of " + absolute);
    }

    @Test
    void hopThreeIsTheWiringItself() {
        Weights w = TwoModules.of(6, 0.5).random(Seed.of(1));
        Golden.assertClose(w.recurrent().transpose(), HopDecomposition.of(w, 2).hop(3), "hop 3");
    }

    @Test
    void densityIsTheFractionOfEdgesInsideModules() {
        Weights w = TwoModules.of(100, 0).density(0.2).random(Seed.of(5));
        double edges = w.recurrent()
                .neq(0)
                .castTo(w.recurrent().dataType())
                .sumNumber()
                .doubleValue();
        assertEquals(0.2, edges / 5000, 0.03);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crossingsIntoDeadEndsKeepStructureAndLeaveInfluenceInItsModule(boolean signed) {
        TwoModules kind = TwoModules.of(20, 0.5);
        kind = signed ? kind.signed() : kind;
        Weights through = kind.withDeadEnds().random(Seed.of(2));
        Weights into = kind.withCrossingsIntoDeadEnds().random(Seed.of(2));
        assertEquals(40, into.hidden());
        assertEquals(Modularity.of(through.recurrent(), 2), Modularity.of(into.recurrent(), 2), 1e-12);
        WalkMeasure measure = WalkMeasure.resolvent(0.8).normalised().truncated(10);
        double functionalThrough =
                Modularity.of(InfluenceMap.of(through, measure).matrix(), 2);
        INDArray map = InfluenceMap.of(into, measure).matrix();
        for (int a = 0; a < 20; a++) {
            for (int b = 0; b < 20; b++) {
                assertTrue(a / 10 == b / 10 || map.getDouble(a, b) == 0, "%d to %d".formatted(a, b));
            }
        }
        assertTrue(functionalThrough < Modularity.of(map, 2) - 0.1, "through " + functionalThrough);
    }

    @Test
    void oddNumbersAndRatiosAboveOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> TwoModules.of(7, 0.5));
        assertThrows(IllegalArgumentException.class, () -> TwoModules.of(8, 1.5));
        assertThrows(IllegalArgumentException.class, () -> TwoModules.of(8, 0.5).density(-1));
    }
}
