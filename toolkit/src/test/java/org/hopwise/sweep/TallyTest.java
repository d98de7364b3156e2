package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hopwise.ProgressListener.Progress;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class TallyTest {

    private static final Run FINISHED = Run.finished(Table.create());
    private static final Run DIVERGED = new Run(Table.create(), "Lower the rate.");

    private final List<Progress> heard = new ArrayList<>();

    private Tally tally(int total, int workers, List<Run> kept, String... setAside) {
        return new Tally(heard::add, total, workers, kept, List.of(setAside));
    }

    private String last() {
        return heard.get(heard.size() - 1).detail();
    }

    @Test
    void theTimeLeftIsTheMeanRunTimesTheRunsLeftForEachWorker() {
        Tally tally = tally(10, 2, List.of());
        tally.add(FINISHED, TimeUnit.SECONDS.toNanos(50));
        assertEquals("4 min left", last());
        tally.add(FINISHED, TimeUnit.SECONDS.toNanos(10));
        assertEquals("2 min left", last());
    }

    @Test
    void shortTimesAreInSecondsAndLongOnesInHours() {
        tally(2, 1, List.of()).add(FINISHED, TimeUnit.MILLISECONDS.toNanos(11_500));
        assertEquals("12 s left", last());
        tally(2, 1, List.of()).add(FINISHED, TimeUnit.MINUTES.toNanos(125));
        assertEquals("2 h 05 min left", last());
    }

    @Test
    void runsThatWereThereDoNotCountTowardsTheTimeLeft() {
        Tally tally = tally(4, 1, List.of(FINISHED, FINISHED));
        assertEquals(new Progress("sweep", 2, 4, "2 there already"), heard.get(0));
        tally.add(FINISHED, TimeUnit.SECONDS.toNanos(29));
        assertEquals(new Progress("sweep", 3, 4, "30 s left"), heard.get(1));
    }

    @Test
    void divergedRunsAndFilesSetAsideAreSaidToTheEnd() {
        Tally tally = tally(3, 1, List.of(DIVERGED), "run-a.json: half-written", "run-b.json: damaged");
        assertEquals("1 there already; set aside run-a.json: half-written; set aside run-b.json: damaged", last());
        tally.add(DIVERGED, 0);
        assertEquals("1 s left, 2 diverged, 2 files set aside", last());
        tally.add(FINISHED, 0);
        assertEquals("2 diverged, 2 files set aside", last());
    }

    @Test
    void nothingIsSaidBeforeTheFirstRunOfAFreshSweep() {
        tally(3, 1, List.of());
        assertEquals(List.of(), heard);
    }
}
