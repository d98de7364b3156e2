package org.hopwise.randommode.coupling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class NullCouplingsTest {

    private static final INDArray COUPLINGS =
            RandomModes.flat(80, 0.5).gain(2).overlap(0.6).random(Seed.of(1));

    private static double[] sorted(INDArray matrix) {
        return Arrays.stream(matrix.reshape(matrix.length()).toDoubleVector())
                .map(Math::abs)
                .sorted()
                .toArray();
    }

    @Test
    void shufflingSourcesKeepsSingularValuesAndDestroysOverlaps() {
        INDArray shuffled = NullCouplings.shuffledSources(COUPLINGS, Seed.of(2));
        ModeOverlaps before = ModeOverlaps.of(COUPLINGS);
        ModeOverlaps after = ModeOverlaps.of(shuffled);
        assertArrayEquals(
                before.singularValues().toDoubleVector(), after.singularValues().toDoubleVector(), 1e-12);
        assertEquals(
                EffectiveRank.of(COUPLINGS).inverse(),
                EffectiveRank.of(shuffled).inverse(),
                1e-12);
        assertTrue(before.spread() > 3, "before " + before.spread());
        // Its modes are as few as its rank, 40, so the root mean square scatters by 11 %.
        assertEquals(1, after.spread(), 0.35);
        assertArrayEquals(sorted(COUPLINGS), sorted(shuffled));
    }

    @Test
    void randomSignsKeepSizesInTheirPlaces() {
        INDArray signed = NullCouplings.randomSigns(COUPLINGS, Seed.of(3));
        for (int i = 0; i < 80; i++) {
            assertEquals(Math.abs(COUPLINGS.getDouble(i, 7)), Math.abs(signed.getDouble(i, 7)));
        }
        assertNotEquals(COUPLINGS, signed);
        assertTrue(EffectiveRank.of(signed).inverse()
                < 0.5 * EffectiveRank.of(COUPLINGS).inverse());
    }

    @Test
    void permutingKeepsTheWeightsOnly() {
        INDArray permuted = NullCouplings.permuted(COUPLINGS, Seed.of(4));
        assertArrayEquals(sorted(COUPLINGS), sorted(permuted));
        assertNotEquals(COUPLINGS, permuted);
        assertEquals(permuted, NullCouplings.permuted(COUPLINGS, Seed.of(4)));
        assertEquals(0, EffectiveRank.of(permuted).inverse(), 0.2);
    }

    @Test
    void scalingSetsTheGain() {
        INDArray scaled = Couplings.scaledTo(COUPLINGS, 3.5);
        assertEquals(3.5, EffectiveRank.of(scaled).gain(), 1e-12);
        assertEquals(
                EffectiveRank.of(COUPLINGS).inverse(), EffectiveRank.of(scaled).inverse(), 1e-12);
    }
}
