package org.hopwise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.Profile;
import org.hopwise.StoppedException;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.sweep.Experiment;
import org.hopwise.sweep.Sweep;
import org.hopwise.sweep.SweepPoint;
import org.hopwise.sweep.UnfinishedSweepException;
import org.hopwise.task.MappedTask;
import org.hopwise.task.Task;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Sweeps on the executors of a real cluster. */
@ExtendWith(TestCluster.class)
class SparkEngineTest {

    static final Sweep SIX = Sweep.over("x", List.of(0, 1, 2, 3, 4, 5));

    @TempDir
    Path folder;

    private final SparkEngine engine;

    SparkEngineTest(JavaSparkContext context) {
        engine = SparkEngine.of(context);
    }

    static Table plain(SweepPoint point) {
        return Table.create(DoubleColumn.create(
                "y", Math.sqrt(point.number("x") + point.seed().value())));
    }

    /** Leaves a file behind that says which process is at it. */
    private static void note(String folder, SweepPoint point) {
        try {
            Path begun = Path.of(
                    folder,
                    "%.0f-%d"
                            .formatted(
                                    point.number("x"), ProcessHandle.current().pid()));
            Files.move(Files.createTempFile(Path.of(folder), "new", ""), begun);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static List<String> notes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+-\\d+"))
                    .sorted()
                    .toList();
        }
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

    /** How many runs are kept, while others may be on their way. */
    private static long kept(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("run-\\w+\\.json"))
                    .count();
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StoppedException("woken");
        }
    }

    @Test
    void trainingsGiveTheTableAndTheKeptFilesOfThreads() throws IOException {
        Trainer trainer = Trainer.adam(3e-3).updates(40).batch(16).listen(progress -> {});
        Experiment train = point -> {
            Task task = point.value("task", MappedTask.class);
            RecurrentNetwork start = RecurrentNetwork.random(task, 8, Activation.TANH, point.seed());
            double[] losses = trainer.penalty(Penalty.hopwise(point.number("beta")))
                    .train(start, task)
                    .history()
                    .toTable()
                    .doubleColumn("loss")
                    .asDoubleArray();
            return Table.create(DoubleColumn.create("loss", losses[losses.length - 1]));
        };
        Sweep sweep = Sweep.over(
                        "task",
                        List.of(Tasks.averaging().size(4, 2), Tasks.sparse().size(4, 2)))
                .and("beta", List.of(0.0, 1e-3))
                .seeds(2)
                .setting("trainer", trainer);
        Table here = sweep.in(folder.resolve("here")).run(train);
        Table there = sweep.in(folder.resolve("there")).on(engine).run(train);
        assertEquals(here.printAll(), there.printAll());
        assertEquals(8, files(folder.resolve("here")).size());
        assertEquals(files(folder.resolve("here")), files(folder.resolve("there")));
    }

    @Test
    void aSweepBegunOnThreadsGoesOnOnTheClusterAndBack() {
        List<String> heard = new ArrayList<>();
        Sweep kept = SIX.in(folder).listen(progress -> heard.add(progress.done() + " " + progress.detail()));
        kept.run(SparkEngineTest::plain);
        kept.seeds(2).on(engine).run(SparkEngineTest::plain);
        Table whole = kept.seeds(3).run(SparkEngineTest::plain);
        assertTrue(heard.containsAll(List.of("6 6 there already", "12 12 there already")), heard::toString);
        assertEquals(6 + 1 + 6 + 1 + 6, heard.size(), heard::toString);
        assertEquals(SIX.seeds(3).run(SparkEngineTest::plain).printAll(), whole.printAll());
    }

    @Test
    void aFailingPointIsNamedAfterOneTry() throws IOException {
        String notes = folder.toString();
        var failure = assertThrows(
                UnfinishedSweepException.class,
                () -> SIX.on(engine).run(point -> {
                    note(notes, point);
                    if (point.number("x") == 1) {
                        throw new ArithmeticException("no root");
                    }
                    return plain(point);
                }));
        assertEquals("the run at x = 1, seed = 0 failed: no root", failure.getMessage());
        assertEquals(
                1, notes(folder).stream().filter(note -> note.startsWith("1-")).count());
    }

    @Test
    void aKilledExecutorCostsTheRunThatItWasAtAndNothingElse() throws IOException, InterruptedException {
        String notes = folder.toString();
        List<String> heard = new ArrayList<>();
        Thread killer = new Thread(() -> {
            // Run 2 stays at work until its executor is gone.
            String victim = "";
            while (victim.isEmpty()) {
                sleep(20);
                try {
                    victim = notes(folder).stream()
                            .filter(note -> note.startsWith("2-"))
                            .findFirst()
                            .orElse("");
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            }
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(victim.substring(2))).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            folder.resolve("gone").toFile().mkdir();
        });
        killer.start();
        Table there = SIX.on(engine)
                .listen(progress -> heard.add(progress.detail()))
                .run(point -> {
                    note(notes, point);
                    while (point.number("x") == 2 && !Files.exists(Path.of(notes, "gone"))) {
                        sleep(20);
                    }
                    return plain(point);
                });
        killer.join();
        assertEquals(SIX.run(SparkEngineTest::plain).printAll(), there.printAll());
        assertEquals(7, notes(folder).size(), "runs that began");
        assertTrue(heard.stream().anyMatch(line -> line.endsWith("1 executor lost, 1 run again")), heard::toString);
    }

    @Test
    void aStoppedSweepIsBackAtOnceKeepsItsRunsAndLeavesTheClusterFree() throws IOException, InterruptedException {
        String notes = folder.toString();
        Path keptIn = folder.resolve("kept");
        Thread caller = Thread.currentThread();
        Sweep kept = SIX.in(keptIn).listen(progress -> caller.interrupt());
        StoppedException stop = assertThrows(
                StoppedException.class,
                () -> kept.on(engine).run(point -> {
                    note(notes, point);
                    if (point.number("x") > 0) {
                        // A core is free again only if this ends.
                        Trainer.adam(1e-3)
                                .updates(Integer.MAX_VALUE / 1000)
                                .train(
                                        RecurrentNetwork.random(Tasks.averaging(), 32, Activation.TANH, point.seed()),
                                        Tasks.averaging());
                    }
                    return plain(point);
                }));
        assertTrue(Thread.interrupted());
        assertEquals(
                "The sweep ended after 1 of 6 runs; they are kept: run the same sweep again and it goes on from there.",
                stop.getMessage());
        assertEquals(1, files(keptIn).size());
        assertEquals(
                SIX.run(SparkEngineTest::plain).printAll(),
                SIX.in(keptIn).on(engine).run(SparkEngineTest::plain).printAll());
        assertTrue(notes(folder).size() < 6, "the rest did not begin");
    }

    /** A virtual machine as this one, for a driver of its own. */
    private static List<String> java(Class<?> main, String argument) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String classes = Stream.of(false, true)
                .flatMap(jars -> TestCluster.Cluster.classPath(jars).stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classes, main.getName(), argument));
        return command;
    }

    @Test
    void aKilledDriverLosesNoFinishedRun() throws IOException, InterruptedException {
        Process driver = new ProcessBuilder(java(KilledDriver.class, folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (driver.isAlive() && kept(folder) < KilledDriver.FINISHED) {
                sleep(20);
            }
            assertTrue(driver.isAlive(), "it was at work");
        } finally {
            driver.destroyForcibly().waitFor();
        }
        List<String> heard = new ArrayList<>();
        Table table = SIX.in(folder)
                .on(engine)
                .listen(progress -> heard.add(progress.detail()))
                .run(SparkEngineTest::plain);
        assertEquals("3 there already", heard.get(0));
        assertEquals(SIX.run(SparkEngineTest::plain).printAll(), table.printAll());
    }

    @Test
    void whatCannotTravelIsNamedBeforeAnyRun() {
        StringReader file = new StringReader("1 2 3");
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> SIX.on(engine)
                        .run(point -> Table.create(IntColumn.create("ready", new int[] {file.hashCode()}))));
        assertTrue(refusal.getMessage().contains("StringReader"), refusal::getMessage);
    }

    @Test
    void executorsThatWouldGiveOtherBitsAreRefused(JavaSparkContext context) {
        Fingerprint here = Fingerprint.here();
        Fingerprint other = new Fingerprint(here.toolkit(), "99", here.system(), here.profile());
        SparkEngine elsewhere = new SparkEngine(context, other, Duration.ofSeconds(60));
        var refusal = assertThrows(
                UnfinishedSweepException.class, () -> SIX.on(elsewhere).run(SparkEngineTest::plain));
        assertInstanceOf(IllegalStateException.class, refusal.getCause());
        assertTrue(refusal.getMessage().contains(here.toString()), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("Java 99"), refusal::getMessage);
        assertEquals(0, refusal.finished().rowCount());
    }

    @Test
    void aRunWhoseExecutorsDieIsNamed() {
        var failure = assertThrows(
                UnfinishedSweepException.class,
                () -> SIX.on(engine).run(point -> {
                    if (point.number("x") == 4) {
                        Runtime.getRuntime().halt(1);
                    }
                    return plain(point);
                }));
        assertEquals(
                "the run at x = 4, seed = 0 failed: its executor died 2 times; it probably needs more memory than an"
                        + " executor has, so raise spark.executor.memory.",
                failure.getMessage());
    }

    @Test
    void contextsThatCannotRunAnythingSayWhy(TestCluster.Cluster cluster) throws IOException, InterruptedException {
        List<String> command = java(FaultyDriver.class, cluster.url());
        Process driver = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, driver.waitFor());
        String none =
                "no executor of %s was there after 1 s; start workers there, or ask for less memory and fewer cores an executor.";
        assertEquals(none.formatted(cluster.url()), said.get(0));
        String stopped =
                "the Spark context is stopped; make a new one, and SparkEngine.of(context) or the wiring with it.";
        assertEquals(List.of(stopped, stopped), said.subList(1, 3));
        String lacking =
                "executors lack hopwise .*: set spark\\.jars to SparkEngine\\.jars\\(\\) before you make the context, .*";
        assertTrue(said.get(3).matches(lacking) && said.get(4).matches(lacking), said::toString);
    }

    /** Speculation never copies a run to the host that it is on. */
    @Test
    void executorsCountAsTwoMachines(TestCluster.Cluster cluster) {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "other systems have one loopback address");
        assertEquals(
                List.of("127.0.0.1", "127.0.0.1", "127.0.0.2"), cluster.hosts(), "of the driver and two executors");
    }

    @Test
    void theProfileTravelsWithTheJob(JavaSparkContext context) {
        Fingerprint here = Fingerprint.here();
        Fingerprint full = new Fingerprint(here.toolkit(), here.java(), here.system(), "FULL");
        Table table = SIX.on(new SparkEngine(context, full, Duration.ofSeconds(60)))
                .run(point -> Table.create(
                        IntColumn.create("size", new int[] {Profile.current().pick(1, 2)})));
        assertEquals(2.0, table.intColumn("size").mean());
    }

    @Test
    void itsWorkersAreTheCoresOfTheExecutors() {
        assertEquals(2, engine.workers());
    }
}
