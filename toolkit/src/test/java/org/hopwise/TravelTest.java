package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dale;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Loss;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Schedule;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an experiment uses arrives in another virtual machine as it left this one. */
class TravelTest {

    private static final Seed SEED = Seed.of(7);
    private static final TaskShape SHAPE = new TaskShape(3, 2, 5, 2);
    private static final RecurrentNetwork NETWORK =
            RecurrentNetwork.random(Tasks.averaging().size(4, 2).steps(3), 5, Activation.TANH, SEED);

    @SuppressWarnings("unchecked")
    static <T> T travelled(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    static Stream<Object> values() {
        return Stream.of(
                SEED,
                SHAPE,
                Schedule.delayed(0.2, 0.3),
                Dynamics.discrete(),
                Dale.ratio(0.8),
                Penalty.none(),
                Penalty.l1(0.1).plus(Penalty.l2(0.2)),
                Penalty.resolvent(0.1).from(Schedule.delayed(0.2, 0.3)),
                Penalty.hopwise(0.1).leaky(0.5),
                Penalty.absoluteWalks(0.1, 0.5, 3),
                Penalty.normalisedResolvent(0.1, 0.5, 3),
                WalkMeasure.resolvent(0.5),
                WalkMeasure.communicability().normalised(),
                WalkMeasure.powers().truncated(4),
                Trainer.adam(1e-3)
                        .penalty(Penalty.hopwise(0.1))
                        .mask(NETWORK.weights())
                        .dale(Dale.ratio(0.5))
                        .trainStart()
                        .seed(SEED));
    }

    @ParameterizedTest
    @MethodSource("values")
    void settingsArriveEqual(Object value) throws Exception {
        assertEquals(value, travelled(value));
    }

    static Stream<Task> tasks() {
        List<Task> tasks = new ArrayList<>(Tasks.all());
        tasks.addAll(List.of(Tasks.perceptual(), Tasks.context(), Tasks.match(), Tasks.gonogo()));
        tasks.addAll(
                List.of(Tasks.comparison(), Tasks.flipflop(), Tasks.sparse().fixed(4, SEED)));
        tasks.add(Tasks.perceptual().fixed(4, SEED));
        tasks.add(Task.fixed(Tasks.sparse().batch(3, SEED), Loss.SQUARES));
        double loudness = 0.5;
        tasks.add(Task.of("own", SHAPE, (trial, random) -> {
            trial.input(0, 2, 0, loudness * random.nextGaussian());
            trial.target(3, 5, 1, 1);
        }));
        return tasks.stream();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void tasksDrawTheSameTrials(Task task) throws Exception {
        Task there = travelled(task);
        assertEquals(task.name(), there.name());
        assertEquals(task.loss(), there.loss());
        assertBatch(task.batch(3, SEED), there.batch(3, SEED));
    }

    @Test
    void batchesKeepTrialsWeightsAndConditions() throws Exception {
        TaskBatch batch = Tasks.context().batch(3, SEED);
        assertBatch(batch, travelled(batch));
    }

    private static double[] values(INDArray array) {
        return array.reshape(array.length()).toDoubleVector();
    }

    private static void assertBatch(TaskBatch here, TaskBatch there) {
        assertEquals(here.shape(), there.shape());
        assertArrayEquals(values(here.inputs()), values(there.inputs()));
        assertArrayEquals(values(here.targets()), values(there.targets()));
        assertArrayEquals(values(here.weights()), values(there.weights()));
        assertEquals(here.conditions().keySet(), there.conditions().keySet());
        here.conditions()
                .forEach((name, values) ->
                        assertArrayEquals(values, there.conditions().get(name)));
    }

    @Test
    void networksKeepEveryBit() throws Exception {
        RecurrentNetwork there = travelled(NETWORK);
        assertEquals(NETWORK.activation(), there.activation());
        assertEquals(NETWORK.dynamics(), there.dynamics());
        assertEquals(NETWORK.start(), there.start());
        assertWeights(NETWORK.weights(), there.weights());
    }

    private static void assertWeights(Weights here, Weights there) {
        assertArrayEquals(values(here.input()), values(there.input()));
        assertArrayEquals(values(here.recurrent()), values(there.recurrent()));
        assertArrayEquals(values(here.output()), values(there.output()));
        assertArrayEquals(values(here.hiddenBias()), values(there.hiddenBias()));
        assertArrayEquals(values(here.outputBias()), values(there.outputBias()));
    }

    @Test
    void trainersTrainTheSameNetworkAndLeaveTheirListenerBehind() throws Exception {
        List<Object> heard = new ArrayList<>();
        Trainer trainer = Trainer.adam(1e-2).updates(3).batch(4).listen(heard::add);
        Task task = Tasks.averaging().size(4, 2).steps(3);
        Weights there = travelled(trainer).train(NETWORK, task).network().weights();
        assertEquals(List.of(), heard);
        assertWeights(trainer.train(NETWORK, task).network().weights(), there);
        assertEquals(3, heard.size());
    }

    @Test
    void wiringKeepsUnitsAndEdges() throws Exception {
        Wiring wiring = Wiring.random(40, 200, SEED);
        Wiring there = travelled(wiring);
        assertEquals(wiring.names(), there.names());
        assertEquals(edges(wiring), edges(there));
        assertEquals(200, edges(there).size());
    }

    private static List<String> edges(Wiring wiring) {
        List<String> edges = new ArrayList<>();
        wiring.forEachEdge((from, to, weight) -> edges.add(from + " " + to + " " + weight));
        return edges;
    }

    @Test
    void aMeasureOfOneLambdaTravels() throws Exception {
        WalkMeasure measure = hop -> 1.0 / hop;
        assertEquals(0.25, travelled(measure).coefficient(4));
    }
}
