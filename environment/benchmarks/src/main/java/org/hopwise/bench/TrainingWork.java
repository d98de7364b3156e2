package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.sweep.Sweep;
import org.hopwise.task.Task;
import org.hopwise.task.TaskBatch;
import org.hopwise.task.TaskShape;
import org.hopwise.train.Penalty;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.Trainer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Updates of one network, or of several in a sweep, on trials that stay the same. */
final class TrainingWork implements Work {

    private static final double ALPHA = 0.8;
    private static final double BETA = 1e-3;
    private static final double RATE = 1e-3;
    private static final int CHECKED = 50;

    private final int inputs;
    private final int hidden;
    private final int outputs;
    private final int networks;
    private final int threads;
    private final Dynamics dynamics;
    private final Trainer trainer;
    private final Task task;

    TrainingWork(JsonObject request) {
        inputs = request.get("inputs").getAsInt();
        hidden = request.get("hidden").getAsInt();
        outputs = request.get("outputs").getAsInt();
        networks = request.has("networks") ? request.get("networks").getAsInt() : 1;
        threads = request.get("threads").getAsInt();
        int batch = request.get("batch").getAsInt();
        int length = request.get("length").getAsInt();
        dynamics = request.has("leak")
                ? new Dynamics(
                        Form.CURRENT,
                        request.get("leak").getAsDouble(),
                        request.get("noise").getAsDouble(),
                        0)
                : Dynamics.discrete();
        int reads = request.has("reads") ? request.get("reads").getAsInt() : 1;
        TaskShape shape = new TaskShape(inputs, outputs, length, reads);
        double[] x = Numbers.uniform(4, length * batch * inputs);
        double[] targets = Numbers.uniform(5, reads * batch * outputs);
        task = Task.fixed(
                reads == 1
                        ? TaskBatch.of(shape, batch, x, targets)
                        : TaskBatch.of(shape, batch, x, targets, zerosAndOnes(targets.length)));
        // Clipping beyond reach, since the others do not clip.
        trainer = Trainer.adam(RATE)
                .constantRate()
                .clip(1e30)
                .batch(batch)
                .penalty(penalty(request.get("penalty").getAsString(), length));
    }

    /** Weights 0 and 1, about as many of both. */
    private static double[] zerosAndOnes(int count) {
        return Arrays.stream(Numbers.uniform(6, count))
                .map(number -> number < 0 ? 0 : 1)
                .toArray();
    }

    private static Penalty penalty(String kind, int length) {
        return switch (kind) {
            case "none" -> Penalty.none();
            case "l1" -> Penalty.l1(BETA);
            case "resolvent" -> Penalty.resolvent(BETA, ALPHA, length);
            case "hopwise" -> Penalty.hopwise(BETA, ALPHA, length);
            default -> throw new IllegalArgumentException("penalty is '%s'".formatted(kind));
        };
    }

    private RecurrentNetwork start(int network) {
        double factor = 1 / Math.sqrt(hidden);
        return RecurrentNetwork.of(
                        Weights.of(
                                Numbers.transposed(Numbers.matrix(10L * network + 1, inputs, hidden, factor)),
                                Numbers.transposed(Numbers.matrix(10L * network + 2, hidden, hidden, factor)),
                                Numbers.transposed(Numbers.matrix(10L * network + 3, hidden, outputs, factor))),
                        Activation.TANH)
                .with(dynamics);
    }

    @Override
    public void run(int count) {
        if (networks == 1) {
            train(0, count);
        } else {
            List<Integer> numbers = IntStream.range(0, networks).boxed().toList();
            Sweep.over("network", numbers)
                    .threads(threads)
                    .run(point -> Table.create(DoubleColumn.create(
                            "loss", last(train(point.value("network", Integer.class), count)))));
        }
    }

    private TrainedNetwork train(int network, int updates) {
        return trainer.updates(updates).train(start(network), task);
    }

    private static double last(TrainedNetwork trained) {
        double[] losses = losses(trained);
        return losses[losses.length - 1];
    }

    private static double[] losses(TrainedNetwork trained) {
        return trained.history().toTable().doubleColumn("loss").asDoubleArray();
    }

    /** The losses of the first 50 updates from the start, those of the last network. */
    @Override
    public double[] check() {
        return losses(train(networks - 1, CHECKED));
    }
}
