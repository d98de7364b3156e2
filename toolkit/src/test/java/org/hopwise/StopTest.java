package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.io.MatrixFile;
import org.hopwise.io.NetworkFile;
import org.hopwise.io.WiringFile;
import org.hopwise.linear.PopulationLoss;
import org.hopwise.randommode.coupling.Couplings;
import org.hopwise.randommode.coupling.ModeOverlaps;
import org.hopwise.randommode.coupling.RandomModes;
import org.hopwise.randommode.simulation.Simulation;
import org.hopwise.randommode.theory.Heterogeneity;
import org.hopwise.randommode.theory.HeterogeneousDimension;
import org.hopwise.randommode.theory.OverlapTheory;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.stats.Bootstrap;
import org.hopwise.study.Evaluation;
import org.hopwise.study.JacobianComparison;
import org.hopwise.study.Pressure;
import org.hopwise.study.Recovery;
import org.hopwise.sweep.Sweep;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Every long call ends when its thread is told to stop. */
class StopTest {

    private static final HierarchicalTask TASK = Tasks.averaging();
    private static final RecurrentNetwork NETWORK = RecurrentNetwork.random(TASK, 16, Activation.TANH, Seed.of(1));
    private static final RecurrentNetwork LINEAR = RecurrentNetwork.random(TASK, 16, Activation.LINEAR, Seed.of(1));
    private static final Trainer TRAINER = Trainer.adam(1e-3).updates(50);

    /** Tablesaw looks through the class path when it is first used, and an interrupt then would break it for good. */
    @BeforeAll
    static void loadTables() {
        assertEquals(1, table(0).rowCount());
    }

    @TempDir
    static Path files;

    @BeforeAll
    static void writeFiles() throws IOException {
        Files.writeString(files.resolve("matrix.csv"), "1,2\n3,4\n");
        Files.writeString(files.resolve("edges.csv"), "from,to,weight\na,b,1\n");
        Files.writeString(
                files.resolve("wiring.graphml"),
                "<graphml><graph edgedefault='directed'><node id='a'/><node id='b'/>"
                        + "<edge source='a' target='b'/></graph></graphml>");
        NetworkFile.save(NETWORK, files.resolve("network.npz"));
    }

    /** A long call under its name. */
    private record Call(String name, Runnable work) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> longCalls() {
        Wiring wiring = Wiring.random(400, 1_200, Seed.of(2));
        List<String> from = wiring.names().subList(0, 2);
        List<String> to = wiring.names().subList(2, 4);
        var couplings = Couplings.independent(40, 2, Seed.of(3));
        var activity = Simulation.discrete(couplings).trajectories(4).run();
        var inputs = TASK.batch(8, Seed.of(4)).inputs();
        return Stream.of(
                new Call("training", () -> TRAINER.train(NETWORK, TASK)),
                new Call(
                        "training under a penalty",
                        () -> TRAINER.penalty(
                                        Penalty.hopwise(1e-3, 0.8, TASK.shape().steps()))
                                .train(NETWORK, TASK)),
                new Call("training on an exact loss", () -> TRAINER.train(LINEAR, PopulationLoss.of(TASK))),
                new Call(
                        "a penalty's gradient",
                        () -> Penalty.resolvent(1e-3, 0.8, 10).gradient(NETWORK.weights())),
                new Call("a forward run", () -> NETWORK.run(inputs)),
                new Call("evaluation", () -> Evaluation.of(NETWORK, TASK, 16, Seed.of(5))),
                new Call("recovery", () -> Recovery.of(NETWORK, TASK, 0.8, Seed.of(5))),
                new Call("pressure", () -> Pressure.on(NETWORK, TASK, Seed.of(5))),
                new Call("mean Jacobians", () -> JacobianComparison.of(NETWORK, inputs)),
                new Call("hops of a network", () -> HopDecomposition.of(NETWORK.weights(), 10)),
                new Call("hops of a wiring", () -> HopDecomposition.of(wiring, from, to, 10)),
                new Call(
                        "the resolvent of a wiring",
                        () -> InfluenceMap.of(wiring, from, to, WalkMeasure.resolvent(1e-3))),
                new Call("a spectral radius", wiring::spectralRadius),
                new Call("an estimate of a spectral radius", wiring::estimateSpectralRadius),
                new Call("a network's file", () -> NetworkFile.load(files.resolve("network.npz"))),
                new Call("a matrix in text", () -> MatrixFile.read(files.resolve("matrix.csv"))),
                new Call("edges in text", () -> WiringFile.load(files.resolve("edges.csv"))),
                new Call("a graph in XML", () -> WiringFile.load(files.resolve("wiring.graphml"))),
                new Call("singular values", () -> ModeOverlaps.of(Nd4j.eye(4))),
                new Call("a simulation", () -> Simulation.continuous(couplings).run()),
                new Call("dimensions of a recording", () -> activity.states().dimension()),
                new Call(
                        "theory of overlaps",
                        () -> OverlapTheory.discrete(
                                        RandomModes.flat(800, 1).gain(3).overlap(0.1))
                                .solve()),
                new Call(
                        "theory of unequal units",
                        () -> HeterogeneousDimension.continuous(3, Activation.ERF, Heterogeneity.logNormal(0.4))
                                .states()),
                new Call("a bootstrap", () -> Bootstrap.mean(new double[] {1, 2, 4, 3, 5, 2, 1}, Seed.of(6))),
                new Call(
                        "a sweep",
                        () -> Sweep.over("x", List.of(1, 2, 3)).threads(2).run(point -> table(1))));
    }

    @ParameterizedTest
    @MethodSource("longCalls")
    void aCallOnAThreadThatWasToldToStopEndsAndLeavesTheStatusSet(Call call) {
        Thread.currentThread().interrupt();
        try {
            StoppedException stop = assertThrows(StoppedException.class, call.work()::run);
            assertTrue(Thread.currentThread().isInterrupted(), "the status is passed on");
            assertTrue(stop.getMessage().contains("kept"), stop.getMessage());
            assertFalse(stop.getMessage().contains("\n"), stop.getMessage());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void aCallWorksAfterOneThatWasStopped() {
        Thread.currentThread().interrupt();
        assertThrows(StoppedException.class, () -> TRAINER.train(NETWORK, TASK));
        assertTrue(Thread.interrupted());
        assertEquals(50, TRAINER.train(NETWORK, TASK).history().updates());
    }

    private static Table table(double value) {
        return Table.create("t", DoubleColumn.create("y", value));
    }

    @Test
    void aTrainingOfThreeMillionUpdatesEndsInTheMiddleAndSaysHowFarItCame() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Trainer trainer = Trainer.adam(1e-3).updates(3_000_000).batch(4).watch(5, Map.of("begun", weights -> {
            begun.countDown();
            return 0;
        }));
        Throwable stop = stopped(begun, () -> trainer.train(NETWORK, TASK));
        assertInstanceOf(StoppedException.class, stop);
        assertTrue(
                stop.getMessage().matches("Training ended after \\d+ of 3000000 updates; nothing is kept.*"),
                stop::getMessage);
    }

    @Test
    void aStoppedSweepLeavesNoWorkerBehindKeepsItsRunsAndGoesOn(@TempDir Path folder) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        AtomicInteger ran = new AtomicInteger();
        Sweep sweep = Sweep.over("x", List.of(1, 2, 3, 4, 5, 6)).threads(2).in(folder);
        Throwable stop = stopped(
                begun,
                () -> sweep.run(point -> {
                    ran.incrementAndGet();
                    if (point.number("x") > 2) {
                        begun.countDown();
                        Trainer.adam(1e-3).updates(3_000_000).batch(4).train(NETWORK, TASK);
                    }
                    return table(point.number("x"));
                }));
        assertInstanceOf(StoppedException.class, stop);
        assertTrue(stop.getMessage().startsWith("The sweep ended after 2 of 6 runs; they are kept"), stop::getMessage);
        assertEquals(4, ran.get(), "points that were begun");
        assertEquals(List.of(), threads("hopwise-sweep"));
        Table table = sweep.run(point -> {
            ran.incrementAndGet();
            return table(point.number("x"));
        });
        assertEquals(8, ran.get(), "kept runs are not run again");
        assertEquals(6, table.rowCount());
    }

    @Test
    void aStoppedSimulationLeavesNoHelperBehind() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Simulation simulation = Simulation.continuous(Couplings.independent(50, 2, Seed.of(1)))
                .record(1_000)
                .settle(2e4)
                .threads(2)
                .listen(progress -> begun.countDown());
        Throwable stop = stopped(begun, simulation::run);
        assertInstanceOf(StoppedException.class, stop);
        assertEquals(List.of(), threads("hopwise-helper"));
    }

    /** What the work threw on a thread that was told to stop after the work had begun. */
    private static Throwable stopped(CountDownLatch begun, Runnable work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error failure) {
                thrown.set(failure);
            } finally {
                while (begun.getCount() > 0) {
                    begun.countDown();
                }
            }
        });
        thread.start();
        begun.await();
        thread.interrupt();
        thread.join();
        return thrown.get();
    }

    /** Those that do not end: the last steps of one that does may take a moment on a busy machine. */
    private static List<String> threads(String name) throws InterruptedException {
        List<Thread> found = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
        for (Thread thread : found) {
            thread.join(60_000);
        }
        return found.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    /** Loops whose length grows with the cube of a size, or that a user's number of steps makes long. */
    private static final List<String> HEAVY = List.of(
            "org.hopwise.internal.array.Singles.product",
            "org.hopwise.internal.array.Products.addProduct",
            "org.hopwise.internal.array.PackedMatrix.multiply",
            "org.hopwise.internal.array.SparseMatrix.multiply",
            "org.hopwise.internal.array.TallProducts.multiply",
            "org.hopwise.internal.engine.Reals.product");

    @Test
    void noPublicCallThatReachesAHeavyLoopForgetsToAsk() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.hopwise");
        Map<String, Set<String>> callers = callers(classes);
        Set<String> heavy = reaching(callers, HEAVY);
        Set<String> asking = reaching(callers, List.of(Interruption.class.getName() + ".check"));
        Set<String> forgotten = new TreeSet<>();
        int found = 0;
        for (JavaClass type : classes) {
            boolean isHidden = type.getPackageName().startsWith("org.hopwise.internal")
                    || !type.getModifiers().contains(JavaModifier.PUBLIC);
            for (JavaCodeUnit unit : isHidden ? Set.<JavaCodeUnit>of() : type.getCodeUnits()) {
                if (unit.getModifiers().contains(JavaModifier.PUBLIC) && heavy.contains(name(unit))) {
                    found++;
                    if (!asking.contains(name(unit))) {
                        forgotten.add(name(unit));
                    }
                }
            }
        }
        assertTrue(found > 20, "calls that reach a heavy loop: " + found);
        assertEquals(Set.of(), forgotten, "long calls that never ask whether they should stop");
    }

    private static String name(JavaCodeUnit unit) {
        return unit.getOwner().getName() + "." + unit.getName();
    }

    /** Who may call a method, by name; a call of a method may be one of whatever overrides it. */
    private static Map<String, Set<String>> callers(JavaClasses classes) {
        Map<String, Set<String>> callers = new HashMap<>();
        for (JavaClass type : classes) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                    if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
                        JavaClass owner = target.getOwner();
                        Stream.concat(Stream.of(owner), owner.getAllSubclasses().stream())
                                .map(called -> called.getName() + "." + target.getName())
                                .forEach(called -> callers.computeIfAbsent(called, unused -> new HashSet<>())
                                        .add(name(unit)));
                    }
                }
            }
        }
        return callers;
    }

    /** All that reach one of these methods, and these. */
    private static Set<String> reaching(Map<String, Set<String>> callers, List<String> methods) {
        Set<String> seen = new HashSet<>(methods);
        Deque<String> open = new ArrayDeque<>(methods);
        while (!open.isEmpty()) {
            for (String caller : callers.getOrDefault(open.pop(), Set.of())) {
                if (seen.add(caller)) {
                    open.push(caller);
                }
            }
        }
        return seen;
    }

    @Test
    void aFinishedResultIsWrittenEvenIfItsThreadIsToldToStop(@TempDir Path folder) throws Exception {
        Thread.currentThread().interrupt();
        try {
            AtomicFiles.write(folder, Map.of("a", new byte[] {7}));
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
        assertEquals(7, Files.readAllBytes(folder.resolve("a"))[0]);
    }
}
