package org.hopwise.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hopwise.FigureId;
import org.hopwise.internal.machine.OutputFolder;
import org.hopwise.stats.Interval;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ClaimTest {

    private static final Interval HIGH = new Interval(0.95, 0.93, 0.97, 0.95, 10);
    private static final Interval AROUND = new Interval(0.9, 0.85, 0.95, 0.95, 10);
    private static final Interval TWO_SEEDS = new Interval(0.95, 0.94, 0.96, 0.95, 2);
    private static final Interval ONE_SEED = new Interval(0.95, Double.NaN, Double.NaN, 0.95, 1);

    private static Claim claim() {
        return Claim.of("map_test", "The map matches the task.", "A paper, figure 2");
    }

    @Test
    void aClaimOfAFigureBeginsWithTheFiguresFirstWord() {
        Claim claim = Claim.of(FigureId.of("fig2_map_and_task"), "map", "The map matches the task.", "A paper");
        assertEquals(
                "fig2_map",
                claim.equal("one", 1, 1, 0).table().stringColumn("claim").get(0));
    }

    @Test
    void aClaimHoldsWhenTheWholeIntervalLiesAboveTheBound() {
        assertEquals(Verdict.HOLDS, claim().above("correlation", HIGH, 0.9).verdict());
    }

    @Test
    void aClaimDoesNotHoldWhenTheIntervalReachesTheBound() {
        assertEquals(
                Verdict.DOES_NOT_HOLD, claim().above("correlation", AROUND, 0.9).verdict());
    }

    @Test
    void aClaimHoldsInPartWhenSomeCriteriaAreMet() {
        Claim claim = claim().above("map", HIGH, 0.9).below("weights", AROUND, 0.5);
        assertEquals(Verdict.HOLDS_IN_PART, claim.verdict());
    }

    @Test
    void tooFewSeedsLeaveNoOtherVerdict() {
        Claim claim = claim().above("map", HIGH, 0.9).above("weights", TWO_SEEDS, 0.5);
        assertEquals(Verdict.NOT_ENOUGH_SEEDS, claim.verdict());
        Interval six = new Interval(0.95, 0.94, 0.96, 0.95, 6);
        assertEquals(Verdict.HOLDS, claim().above("map", six, 0.9).verdict());
        assertEquals(
                Verdict.NOT_ENOUGH_SEEDS,
                claim().above("map", six, 0.9).minimumSeeds(7).verdict());
        assertThrows(IllegalArgumentException.class, () -> claim().minimumSeeds(5));
    }

    @Test
    void aSingleSeedIsNotEnough() {
        assertEquals(Verdict.NOT_ENOUGH_SEEDS, claim().below("map", ONE_SEED, 2).verdict());
    }

    @Test
    void anExactAnswerNeedsNoSeeds() {
        assertEquals(
                Verdict.HOLDS,
                claim().equal("synapses", 2194.0000001, 2194, 1e-9).verdict());
        assertEquals(
                Verdict.DOES_NOT_HOLD,
                claim().equal("synapses", 2195, 2194, 1e-9).verdict());
    }

    @Test
    void aValueThatIsNotANumberMeetsNothing() {
        assertEquals(
                Verdict.DOES_NOT_HOLD,
                claim().equal("synapses", Double.NaN, 1, 1e-9).verdict());
    }

    @Test
    void aClaimWithoutCriteriaHasNoVerdict() {
        var error = assertThrows(IllegalStateException.class, () -> claim().verdict());
        assertEquals("claim map_test has 0 criteria; add at least one with above, below or equal.", error.getMessage());
    }

    @Test
    void addingACriterionLeavesTheClaimBeforeItAsItWas() {
        Claim before = claim().above("map", HIGH, 0.9);
        before.below("weights", AROUND, 0.5);
        assertEquals(Verdict.HOLDS, before.verdict());
    }

    @Test
    void theTableHasARowACriterionWithItsBoundInWords() {
        Table t = claim().setting("units", 32)
                .setting("seeds", 10)
                .above("map", HIGH, 0.9)
                .equal("hops", 11, 11, 0)
                .table();
        assertEquals("> 0.9", t.stringColumn("bound").get(0));
        assertEquals("= 11", t.stringColumn("bound").get(1));
        assertTrue(t.intColumn("count").isMissing(1));
        assertEquals("holds", t.stringColumn("verdict").get(0));
        assertEquals("units = 32; seeds = 10", t.stringColumn("settings").get(0));
        assertEquals("QUICK", t.stringColumn("profile").get(0));
    }

    @Test
    void savingWritesTheTableAndReturnsTheClaim() throws IOException {
        Claim claim = claim().above("map", HIGH, 0.9);
        assertSame(claim, claim.save());
        Path file = OutputFolder.current().resolve("claims").resolve("map_test.csv");
        String csv = Files.readString(file);
        assertTrue(csv.startsWith("claim,statement,source,what,estimate,low,high,count,bound,met,verdict"), csv);
        assertTrue(csv.contains("> 0.9,true,holds"), csv);
    }

    @Test
    void htmlIsEscapedAndCarriesNoScript() {
        String html = Claim.of("x", "a < b & \"c\" <script>", "d")
                .above("e > f", HIGH, 0.9)
                .html();
        assertTrue(html.contains("a &lt; b &amp; &quot;c&quot; &lt;script&gt;"), html);
        assertTrue(html.contains("e &gt; f"), html);
        assertFalse(html.contains("<script"), html);
    }

    @Test
    void theTextEndsWithTheVerdict() {
        String text = claim().above("map", HIGH, 0.9).toString();
        assertTrue(text.contains("map: 0.95 [0.93, 0.97], n = 10; asked > 0.9: yes"), text);
        assertTrue(text.endsWith("Verdict (QUICK): holds"), text);
    }

    @Test
    void labelsAreNeitherBlankNorRepeated() {
        assertThrows(IllegalArgumentException.class, () -> claim().above(" ", HIGH, 0.9));
        Claim once = claim().above("map", HIGH, 0.9);
        var error = assertThrows(IllegalArgumentException.class, () -> once.below("map", HIGH, 1));
        assertTrue(error.getMessage().contains("has a criterion 'map' already"), error.getMessage());
    }

    @Test
    void whatWasComparedWithWhatStandsInColumnsOfItsOwn() {
        Claim claim = claim().measure("correlation")
                .control("hop 2 alone")
                .exclusion("silent networks")
                .unit("kernel")
                .comparison("map minus control")
                .above("map", HIGH, 0.9);
        Table t = claim.table();
        assertEquals("correlation", t.getString(0, "measure"));
        assertEquals("map minus control", t.getString(0, "comparison"));
        assertEquals("hop 2 alone", t.getString(0, "control"));
        assertEquals("silent networks", t.getString(0, "exclusion"));
        assertEquals("kernel", t.getString(0, "unit"));
        assertEquals("seed", claim().above("map", HIGH, 0.9).table().getString(0, "unit"));
        assertTrue(claim.html().contains("control: hop 2 alone"), claim.html());
        assertThrows(IllegalArgumentException.class, () -> claim().unit(""));
    }

    @Test
    void aValueIsRankedAmongCopiesOfANullModel() {
        double[] copies = java.util.stream.IntStream.range(0, 199)
                .mapToDouble(i -> i / 198.0)
                .toArray();
        Claim claim = claim().above("rank", 1.5, copies);
        assertEquals(Verdict.HOLDS, claim.verdict());
        assertEquals(1 / 200.0, claim.table().doubleColumn("p").get(0), 1e-12);
        double spread = Math.sqrt(199 * 200 / 12.0) / 198;
        assertEquals(1 / spread, claim.table().doubleColumn("effect").get(0), 1e-12);
        assertEquals(Verdict.DOES_NOT_HOLD, claim().above("rank", 0.94, copies).verdict(), "twelve copies lie beyond");
        assertEquals(Verdict.HOLDS, claim().below("rank", -0.1, copies).verdict());
        assertThrows(IllegalArgumentException.class, () -> claim().above("rank", 1, new double[198]));
    }

    @Test
    void anIdWithCapitalsIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> Claim.of("Map", "a", "b"));
        assertTrue(error.getMessage().contains("small letters, digits and underscores"), error.getMessage());
    }
}
