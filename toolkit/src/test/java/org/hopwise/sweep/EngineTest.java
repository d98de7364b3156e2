package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hopwise.internal.array.Draws;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class EngineTest {

    private static final Sweep SWEEP = Sweep.over("task", List.of(Tasks.sparse(), Tasks.onOff()))
            .and("beta", List.of(0.1, 0.2, 0.3))
            .seeds(2);

    @TempDir
    Path folder;

    /** As a cluster would: the job arrives as a copy, runs backwards, and some answers come twice. */
    private record Elsewhere(int skipped) implements Engine {

        @Override
        public int workers() {
            return 2;
        }

        @Override
        public void run(Job job, Sink sink) {
            Job there = copy(job);
            for (int run = job.runs() - 1; run >= skipped; run--) {
                Answer answer = there.attempt(run);
                boolean goesOn = sink.take(answer);
                assertEquals(goesOn, sink.take(answer), "the same answer once more");
                if (!goesOn) {
                    return;
                }
                sink.say(run + " to go");
            }
        }

        private static Job copy(Job job) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(job);
                return (Job) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
            } catch (IOException | ClassNotFoundException lost) {
                throw new AssertionError(lost);
            }
        }
    }

    private static Table draw(SweepPoint point) {
        int hops = point.value("task", HierarchicalTask.class).signalHops().length;
        double drawn = new Draws(point.seed()).uniform();
        return Table.create(
                DoubleColumn.create("result", hops + point.number("beta") + drawn, Double.NaN),
                StringColumn.create("word", "", "\"a\", é <b>"));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void tableAndKeptFilesAreThoseOfThreads() throws IOException {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        Table onThreads = SWEEP.in(here).run(EngineTest::draw);
        Table elsewhere = SWEEP.in(there).on(new Elsewhere(0)).run(EngineTest::draw);
        assertEquals(onThreads.printAll(), elsewhere.printAll());
        assertEquals(onThreads.printAll(), SWEEP.run(EngineTest::draw).printAll(), "nothing kept");
        assertEquals(12, files(here).size());
        assertEquals(files(here), files(there));
    }

    @Test
    void aThreadBeginsAnotherRunOnceWhatItFinishedIsKept() {
        for (int threads = 1; threads <= 3; threads++) {
            Path kept = folder.resolve("on " + threads);
            int behind = threads;
            AtomicInteger begun = new AtomicInteger();
            List<String> lost = new CopyOnWriteArrayList<>();
            SWEEP.in(kept).threads(threads).run(point -> {
                int before = begun.getAndIncrement();
                int files = size(kept);
                if (files < before - behind + 1) {
                    lost.add("%d begun before, %d kept".formatted(before, files));
                }
                return draw(point);
            });
            assertEquals(12, size(kept));
            assertEquals(List.of(), lost);
        }
    }

    private static int size(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return (int) all.filter(file -> file.toString().endsWith(".json")).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aSweepGoesOnOnAnotherEngine() {
        List<String> heard = new ArrayList<>();
        Sweep kept = SWEEP.in(folder).listen(progress -> heard.add(progress.detail()));
        assertThrows(
                UnfinishedSweepException.class, () -> kept.on(new Elsewhere(5)).run(EngineTest::draw));
        Table whole = kept.threads(3).run(EngineTest::draw);
        assertTrue(heard.contains("7 there already"), heard::toString);
        assertEquals(SWEEP.run(EngineTest::draw).printAll(), whole.printAll());
    }

    @Test
    void aRunThatFailsElsewhereIsNamedAndHasNoCauseHere() {
        var failure = assertThrows(
                UnfinishedSweepException.class,
                () -> SWEEP.on(new Elsewhere(0)).run(point -> {
                    if (point.number("beta") == 0.2) {
                        throw new ArithmeticException("no root");
                    }
                    return draw(point);
                }));
        assertEquals("the run at task = on-off, beta = 0.2, seed = 1 failed: no root", failure.getMessage());
        assertNull(failure.getCause());
        assertEquals(4, failure.finished().rowCount(), "rows of the two points before it");
    }

    @Test
    void whatTheEngineSaysStandsInTheLineOfProgress() {
        List<String> heard = new ArrayList<>();
        SWEEP.on(new Elsewhere(0))
                .listen(progress -> heard.add(progress.detail()))
                .run(EngineTest::draw);
        assertEquals("11 to go", heard.get(1));
        assertTrue(heard.get(2).endsWith("s left, 11 to go"), heard.get(2));
    }

    @Test
    void aRunWithoutAnAnswerIsNamed() {
        var failure = assertThrows(
                UnfinishedSweepException.class, () -> SWEEP.on(new Elsewhere(1)).run(EngineTest::draw));
        assertEquals(
                "the run at task = sparse, beta = 0.1, seed = 0 failed: the engine ended without an answer; run the sweep again, or on threads.",
                failure.getMessage());
    }

    @Test
    void aPlainFunctionRunsOnThreadsAndIsRefusedElsewhere() {
        Function<SweepPoint, Table> plain = EngineTest::draw;
        assertEquals(SWEEP.run(EngineTest::draw).printAll(), SWEEP.run(plain).printAll());
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> SWEEP.on(new Elsewhere(0)).run(plain));
        assertTrue(refusal.getMessage().contains("declare the variable as an Experiment"), refusal::getMessage);
    }

    @Test
    void anEngineThatBreaksLosesNoFinishedRun() {
        Engine broken = new Engine() {
            @Override
            public int workers() {
                return 1;
            }

            @Override
            public void run(Job job, Sink sink) {
                sink.take(job.attempt(3));
                throw new IllegalStateException("the cluster is gone.");
            }
        };
        var failure = assertThrows(
                UnfinishedSweepException.class, () -> SWEEP.on(broken).run(EngineTest::draw));
        assertEquals("the cluster is gone.", failure.getMessage());
        assertEquals(2, failure.finished().rowCount());
    }

    @Test
    void anAnswerIsContentOrFailure() {
        assertThrows(IllegalArgumentException.class, () -> new Engine.Answer(0, null, null, 1));
        assertThrows(IllegalArgumentException.class, () -> new Engine.Answer(0, "{}", "no root", 1));
    }

    @Test
    void damagedContentIsNotBelieved() {
        Engine damaging = new Engine() {
            @Override
            public int workers() {
                return 1;
            }

            @Override
            public void run(Job job, Sink sink) {
                Answer answer = job.attempt(0);
                assertFalse(sink.take(new Answer(0, answer.kept().replace("0", "1"), null, 1)));
            }
        };
        var failure = assertThrows(
                UnfinishedSweepException.class, () -> SWEEP.on(damaging).run(EngineTest::draw));
        assertTrue(failure.getMessage().endsWith("the content is not what was written"), failure::getMessage);
    }
}
