package org.hopwise.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.Seed;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;

class PrecisionTest {

    private static final HierarchicalTask TASK = Tasks.subtraction().size(8, 4).steps(6);

    static List<Penalty> penalties() {
        return List.of(
                Penalty.none(),
                Penalty.l1(1e-3),
                Penalty.resolvent(1e-3, 0.8, 6),
                Penalty.hopwise(1e-3, 0.8, 6),
                Penalty.absoluteWalks(1e-3, 0.8, 6),
                Penalty.normalisedResolvent(1e-3, 0.8, 6),
                Penalty.l1(1e-3).plus(Penalty.hopwise(1e-3, 0.8, 6).from(Schedule.delayed(0.2, 0.5))));
    }

    static List<Arguments> activationsAndPenalties() {
        List<Arguments> all = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            penalties().forEach(penalty -> all.add(Arguments.of(activation, penalty)));
        }
        return all;
    }

    /** Fifty updates of both precisions on the same trials. */
    @ParameterizedTest
    @MethodSource("activationsAndPenalties")
    void singlePrecisionFollowsDoublePrecision(Activation activation, Penalty penalty) {
        RecurrentNetwork start = RecurrentNetwork.random(TASK, 21, activation, Seed.of(1));
        Trainer trainer =
                Trainer.adam(3e-3).updates(50).batch(36).seed(Seed.of(4)).penalty(penalty);
        TrainedNetwork single = trainer.train(start, TASK);
        TrainedNetwork exact = trainer.precision(Precision.DOUBLE).train(start, TASK);
        for (String column : List.of("loss", "penalty")) {
            DoubleColumn expected = exact.history().toTable().doubleColumn(column);
            DoubleColumn actual = single.history().toTable().doubleColumn(column);
            for (int n = 0; n < 50; n++) {
                assertEquals(expected.get(n), actual.get(n), 2e-5 * expected.get(n), column + " " + n);
            }
        }
        assertClose(exact.weights(), single.weights(), 1e-3);
    }

    /** Weights near 0 follow the sign of a gradient that may be mere rounding, so single ones may differ more. */
    private static void assertClose(Weights expected, Weights actual, double tolerance) {
        DMatrixRMaj e = WeightsDoor.copy(expected).recurrent();
        DMatrixRMaj a = WeightsDoor.copy(actual).recurrent();
        double squares = 0;
        double difference = 0;
        for (int i = 0; i < e.data.length; i++) {
            squares += e.data[i] * e.data[i];
            difference += (e.data[i] - a.data[i]) * (e.data[i] - a.data[i]);
        }
        assertTrue(Math.sqrt(difference / squares) < tolerance, "distance " + Math.sqrt(difference / squares));
    }

    /**
     * In a JVM of its own: where code of both precisions ran before, the JIT no longer knows which one a call is for. On a
     * busy machine a JVM now and then never compiles a loop well, so that its vectors stay objects: another one is asked.
     */
    @Test
    void anUpdateOnAFixedBatchAllocatesNothing() throws IOException {
        List<Penalty> penalties = FixedTraining.penalties();
        List<Double> bytes = List.of();
        for (int jvm = 0; jvm < 3 && !areSmall(bytes); jvm++) {
            bytes = bytesAnUpdate();
        }
        assertEquals(penalties.size(), bytes.size());
        for (int i = 0; i < penalties.size(); i++) {
            assertTrue(
                    bytes.get(i) < FixedTraining.bound(penalties.get(i)),
                    penalties.get(i) + ": " + bytes.get(i) + " bytes an update");
        }
    }

    private static boolean areSmall(List<Double> bytes) {
        List<Penalty> penalties = FixedTraining.penalties();
        return !bytes.isEmpty()
                && IntStream.range(0, bytes.size()).allMatch(i -> bytes.get(i) < FixedTraining.bound(penalties.get(i)));
    }

    private static List<Double> bytesAnUpdate() throws IOException {
        String told = child(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                FixedTraining.class.getName());
        return told.lines().map(Double::valueOf).toList();
    }

    @Test
    void theFirstUpdateOfBothPrecisionsHasTheSameTrials() {
        RecurrentNetwork start = RecurrentNetwork.random(TASK, 21, Activation.TANH, Seed.of(1));
        Trainer trainer = Trainer.adam(3e-3).updates(1).batch(36);
        double single = trainer.train(start, TASK)
                .history()
                .toTable()
                .doubleColumn("loss")
                .get(0);
        double exact = trainer.precision(Precision.DOUBLE)
                .train(start, TASK)
                .history()
                .toTable()
                .doubleColumn("loss")
                .get(0);
        assertEquals(exact, single, 1e-6 * exact);
    }

    /** This JVM has the Vector API, the child has not. */
    @Test
    void aJvmWithoutTheVectorApiTrainsTheSameNetworks() throws IOException {
        assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        String told = child("-cp", System.getProperty("java.class.path"), PlainTraining.class.getName());
        assertEquals(PlainTraining.checksums().toString(), told);
    }

    /** What a JVM with these arguments prints. */
    private static String child(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(child.getInputStream().readAllBytes(), UTF_8).strip();
    }
}
