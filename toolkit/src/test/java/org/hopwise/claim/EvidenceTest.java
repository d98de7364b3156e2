package org.hopwise.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class EvidenceTest {

    private static final int SEEDS = 8;

    /** Errors before and after damage, with a little noise that both runs of a seed share. */
    private static Table damage(double before, double after, double controlBefore, double controlAfter) {
        Table t = Table.create(
                "damage",
                StringColumn.create("penalty"),
                StringColumn.create("pressure"),
                IntColumn.create("seed"),
                DoubleColumn.create("error"));
        for (int seed = 0; seed < SEEDS; seed++) {
            add(t, "R-sum", "none", seed, before);
            add(t, "R-sum", "pruned", seed, after + 0.01 * seed);
            add(t, "L1", "none", seed, controlBefore);
            add(t, "L1", "pruned", seed, controlAfter + 0.02 * seed);
        }
        return t;
    }

    private static void add(Table t, String penalty, String pressure, int seed, double error) {
        t.stringColumn("penalty").append(penalty);
        t.stringColumn("pressure").append(pressure);
        t.intColumn("seed").append(seed);
        t.doubleColumn("error").append(error);
    }

    private static Evidence lost(Table damage) {
        return Evidence.of(damage, Measure.loss("error", "pressure", "none"))
                .per("pressure")
                .against("penalty", "R-sum", "L1");
    }

    private static Claim claim() {
        return Claim.of("less", "R-sum networks lose less than L1 networks.", "this test");
    }

    /** The sparse task, pruned by 30 %: .193 to .289 against .391 to .391. */
    @Test
    void betterAfterTheDamageIsNotLosingLess() {
        Table damage = damage(0.193, 0.289, 0.391, 0.391);
        assertEquals(Verdict.DOES_NOT_HOLD, claim().below(lost(damage), 0).verdict());
        Table pruned = damage.where(damage.stringColumn("pressure").isEqualTo("pruned"));
        Evidence level = Evidence.of(pruned, Measure.level("error")).against("penalty", "R-sum", "L1");
        assertEquals(Verdict.HOLDS, claim().below(level, 0).verdict());
        assertEquals(
                Verdict.HOLDS,
                claim().below(lost(damage(0.3, 0.31, 0.1, 0.3)), 0).verdict());
    }

    @Test
    void theTableSaysWhatWasMeasuredAndHow() {
        Table t = claim().below(lost(damage(0.3, 0.31, 0.1, 0.3)).withoutLost("error", 0.9), 0)
                .table();
        assertEquals("R-sum minus L1: pruned", t.getString(0, "what"));
        assertEquals("loss of error against pressure = none", t.getString(0, "measure"));
        assertEquals("penalty: R-sum minus L1, in pairs of seeds, within pressure", t.getString(0, "comparison"));
        assertEquals("L1", t.getString(0, "control"));
        assertEquals(
                "pairs of which one has lost the task (error above 0.9 at pressure = none)",
                t.getString(0, "exclusion"));
        assertEquals("seed", t.getString(0, "unit"));
        assertEquals(0, t.intColumn("excluded").get(0));
        assertEquals("< 0, p < 0.05", t.getString(0, "bound"));
    }

    /** Levels of two kinds at one strength; the first so many controls have lost the task. */
    private static Table levels(int lostControls, double lostError) {
        Table t = damage(0, 0.5, 0, 0.6);
        Table pruned = t.where(t.stringColumn("pressure").isEqualTo("pruned")).copy();
        for (int row = 0; row < pruned.rowCount(); row++) {
            if (pruned.getString(row, "penalty").equals("L1")
                    && pruned.intColumn("seed").get(row) < lostControls) {
                pruned.doubleColumn("error").set(row, lostError);
            }
        }
        return pruned.setName("levels");
    }

    @Test
    void pairsWithALostNetworkAreCountedAndNotCompared() {
        Evidence two = Evidence.of(levels(2, 1.0006), Measure.level("error"))
                .against("penalty", "R-sum", "L1")
                .withoutLost("error", 0.9);
        assertEquals(6, two.table().intColumn("count").get(0));
        assertEquals(2, two.table().intColumn("excluded").get(0));
        Evidence all = Evidence.of(levels(8, 1.0006), Measure.level("error"))
                .against("penalty", "R-sum", "L1")
                .withoutLost("error", 0.9);
        assertEquals(Verdict.NOT_ENOUGH_SEEDS, claim().below(all, 0).verdict());
        assertTrue(claim().below(all, 0).toString().contains("not compared (8 left out)"));
    }

    @Test
    void aGroupOfTheDeadIsNoCriterionAndTheOthersDecide() {
        Table t = levels(8, 0.99).addColumns(StringColumn.create("beta", java.util.Collections.nCopies(16, "strong")));
        Table weak = levels(0, 0).addColumns(StringColumn.create("beta", java.util.Collections.nCopies(16, "weak")));
        Evidence evidence = Evidence.of(weak.append(t), Measure.level("error"))
                .per("beta")
                .against("penalty", "R-sum", "L1")
                .withoutLost("error", 0.9);
        Claim claim = claim().below(evidence, 0);
        assertEquals(Verdict.HOLDS, claim.verdict());
        assertTrue(claim.table().booleanColumn("met").isMissing(1));
        assertEquals(List.of(0, 8), claim.table().intColumn("excluded").asList());
    }

    @Test
    void whereOneOfTwoIsAliveItMayBeCompared() {
        Evidence evidence = Evidence.of(levels(8, 1), Measure.level("error"))
                .against("penalty", "R-sum", "L1")
                .withoutBothLost("error", 0.9);
        assertEquals(8, evidence.table().intColumn("count").get(0));
        assertEquals(Verdict.HOLDS, claim().below(evidence, 0).verdict());
        Evidence dead = Evidence.of(levels(8, 1), Measure.level("error"))
                .against("penalty", "R-sum", "L1")
                .withoutBothLost("error", 0.4);
        assertEquals(0, dead.table().intColumn("count").get(0));
    }

    @Test
    void fewPairsAreNotEnoughWhateverTheirInterval() {
        Table t = levels(0, 0);
        Table five = t.where(t.intColumn("seed").isLessThan(5));
        Evidence evidence = Evidence.of(five, Measure.level("error")).against("penalty", "R-sum", "L1");
        assertEquals(Verdict.NOT_ENOUGH_SEEDS, claim().below(evidence, 0).verdict());
    }

    @Test
    void copiesOfASeedAreNoReplicates() {
        Table t = levels(0, 0);
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> Evidence.of(t, Measure.level("error")).table());
        assertTrue(
                error.getMessage().contains("levels has 2 rows at [0]; a seed is one observation"), error.getMessage());
    }

    @Test
    void aLossNeedsWhatItIsCountedFrom() {
        Table t = damage(0, 0.1, 0, 0.1);
        Table pruned = t.where(t.stringColumn("pressure").isEqualTo("pruned"));
        assertThrows(IllegalArgumentException.class, () -> lost(pruned).table());
    }

    @Test
    void matchedNetworksAreComparedOutsideGapsAndWithoutTheLost() {
        Table t = Table.create(
                "runs",
                StringColumn.create("penalty"),
                IntColumn.create("seed"),
                DoubleColumn.create("heard"),
                DoubleColumn.create("error"));
        for (int seed = 0; seed < SEEDS; seed++) {
            for (double heard : new double[] {0, 0.8, 0.85, 0.9, 0.95, 1}) {
                for (String penalty : List.of("R-sum", "L1")) {
                    t.stringColumn("penalty").append(penalty);
                    t.intColumn("seed").append(seed);
                    t.doubleColumn("heard").append(heard);
                    t.doubleColumn("error").append(heard == 0 ? 1 : penalty.equals("L1") ? 0.3 + 0.01 * seed : 0.2);
                }
            }
        }
        Evidence evidence = Evidence.of(t, Measure.level("error"))
                .against("penalty", "R-sum", "L1")
                .matched("heard", 0.3);
        assertEquals(0.2, evidence.table().doubleColumn("overlap").get(0), 1e-12);
        assertEquals(0.05, evidence.table().doubleColumn("gap").get(0), 1e-12);
        assertEquals(Verdict.HOLDS, claim().below(evidence, 0).verdict());
        assertEquals(
                1,
                evidence.withoutLost("error", 0.9)
                        .table()
                        .doubleColumn("overlap")
                        .get(0),
                1e-12,
                "without the lost ones the living reach no farther than 0.8 to 1");
    }
}
