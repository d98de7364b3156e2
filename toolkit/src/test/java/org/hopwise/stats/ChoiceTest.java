package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class ChoiceTest {

    private static Table errors(double[][] bySetting) {
        Table t = Table.create(DoubleColumn.create("beta"), IntColumn.create("seed"), DoubleColumn.create("error"));
        for (int setting = 0; setting < bySetting.length; setting++) {
            for (int seed = 0; seed < bySetting[setting].length; seed++) {
                t.doubleColumn("beta").append(setting);
                t.intColumn("seed").append(seed);
                t.doubleColumn("error").append(bySetting[setting][seed]);
            }
        }
        return t;
    }

    /** Each seed is best at one setting, and its others say the other one. */
    @Test
    void everySeedIsJudgedAtTheSettingThatTheOthersChoose() {
        Table chosen = Choice.lowestOnOtherSeeds(errors(new double[][] {{1, 1, 5}, {2, 4, 0.5}}), "beta", "error");
        assertEquals(
                List.of(1.0, 1.0, 0.0),
                chosen.sortOn("seed").doubleColumn("beta").asList());
        assertEquals(
                List.of(2.0, 4.0, 5.0),
                chosen.sortOn("seed").doubleColumn("error").asList());
    }

    /** Forty settings of pure noise: the lowest of each seed would be about -2.2. */
    @Test
    void manySettingsToChooseFromDoNotFlatter() {
        var random = new SplittableRandom(3);
        double[][] noise = new double[40][100];
        for (double[] setting : noise) {
            for (int seed = 0; seed < 100; seed++) {
                setting[seed] = random.doubles(12).sum() - 6;
            }
        }
        double mean = Choice.lowestOnOtherSeeds(errors(noise), "beta", "error")
                .doubleColumn("error")
                .mean();
        assertTrue(Math.abs(mean) < 0.4, "mean " + mean);
    }

    @Test
    void aSeedNeedsOthers() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Choice.lowestOnOtherSeeds(errors(new double[][] {{1}, {2}}), "beta", "error"));
        Table twice = errors(new double[][] {{1, 2}}).append(errors(new double[][] {{1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> Choice.lowestOnOtherSeeds(twice, "beta", "error"));
    }
}
