package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.stream.IntStream;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Strengths, overlaps and the normalisation of the printed paper. */
class PrintedFamiliesTest {

    private static double[] vector(JsonElement element) {
        return Golden.array(element).reshape(-1).toDoubleVector();
    }

    @Test
    void strengthsAndOverlapsAreThoseOfFigureSeven() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("families_K35")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            RandomModes modes = RandomModes.decaying(
                            c.get("modes").getAsInt(), c.get("PRD").getAsDouble())
                    .sigmoidOverlaps(c.get("gamma").getAsDouble());
            assertArrayEquals(vector(c.get("D")), modes.strengths(), 1e-11);
            assertArrayEquals(vector(c.get("rho")), modes.overlaps(), 1e-11);
            RandomModes many = RandomModes.decaying(5000, c.get("PRD").getAsDouble())
                    .sigmoidOverlaps(c.get("gamma").getAsDouble());
            double reciprocal = mean(many, 2);
            assertEquals(c.get("reciprocal_50").getAsDouble(), reciprocal, 1e-11);
            assertEquals(0, mean(many, 1), 1e-12);
        }
    }

    /** The mean of (D rho)^power. */
    private static double mean(RandomModes modes, int power) {
        double[] d = modes.strengths();
        double[] rho = modes.overlaps();
        return IntStream.range(0, d.length)
                .mapToDouble(a -> Math.pow(d[a] * rho[a], power))
                .average()
                .orElseThrow();
    }

    @Test
    void decayingStrengthsHaveTheRankThatWasAskedFor() {
        for (double rank : new double[] {0.1, 0.5, 1, 3}) {
            RandomModes modes = RandomModes.decaying(2000, rank);
            assertEquals(rank, modes.effectiveRank(), 1e-4 * rank, "rank");
            assertEquals(Math.min(1, rank), modes.strengthParticipation(), 1e-4, "PR^D");
        }
    }

    @Test
    void aNetworkOfSigmoidOverlapsHasNoSelfCouplingsOnAverage() {
        INDArray j = RandomModes.decaying(600, 0.3).sigmoidOverlaps(0.6).gain(3).random(Seed.of(4));
        double trace = IntStream.range(0, 600)
                .mapToDouble(i -> j.getDouble(i, i))
                .average()
                .orElseThrow();
        // Entries have deviation 3 / sqrt(600) = 0.12, their mean 0.005; one rho of 0.6 for all would give 0.6 <D> =
        // 1.3.
        assertEquals(0, trace, 0.03);
    }

    @Test
    void anOverlapBeyondOneIsRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> RandomModes.flat(10, 1).sigmoidOverlaps(-1.5));
        assertEquals(
                "gamma is -1.5; the overlaps that it scales are correlations, from -1 to 1.", refusal.getMessage());
    }

    @Test
    void signedNormalisationEndsWhereThePaperSays() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("signed_normalisation_B")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            INDArray matrix = Golden.array(c.get("matrix"));
            int sweeps = c.get("sweeps").getAsInt();
            assertSame(c, "columns", EffectiveRank.signedBalanced(matrix, EffectiveRank.Ending.COLUMNS, sweeps));
            assertSame(c, "rows", EffectiveRank.signedBalanced(matrix, EffectiveRank.Ending.ROWS, sweeps));
            if (sweeps != 50) {
                assertSame(c, "columns", EffectiveRank.signedBalanced(matrix, EffectiveRank.Ending.COLUMNS));
                assertSame(c, "rows", EffectiveRank.signedBalanced(matrix, EffectiveRank.Ending.ROWS));
            }
        }
    }

    private static void assertSame(JsonObject c, String ending, INDArray actual) {
        assertArrayEquals(
                vector(c.get("after_" + ending)), actual.dup('c').reshape(-1).toDoubleVector(), 1e-11);
        double participation = EffectiveRank.of(actual).singularParticipation();
        assertEquals(c.get("PR_sigma_after_" + ending).getAsDouble(), participation, 1e-11);
    }

    @Test
    void emptyRowsStayEmptyAndScalesDropOut() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{0, 2, -1}, {0, 0, 0}, {3, 0, -2}});
        INDArray one = EffectiveRank.signedBalanced(matrix, EffectiveRank.Ending.ROWS, 20);
        INDArray other = EffectiveRank.signedBalanced(matrix.mul(1e9), EffectiveRank.Ending.ROWS, 20);
        assertEquals(0, one.getRow(1).norm1Number().doubleValue());
        assertTrue(one.equalsWithEps(other, 1e-12));
    }
}
