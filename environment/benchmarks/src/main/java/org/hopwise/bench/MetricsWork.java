package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.Arrays;
import org.hopwise.metrics.NetworkMetrics;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Metrics of a network that carries data, unfolded over time; or its forward run alone, which they need anyway. */
final class MetricsWork implements Work {

    private final RecurrentNetwork network;
    private final INDArray inputs;
    private final boolean forward;

    MetricsWork(JsonObject request) {
        int ends = request.get("ends").getAsInt();
        int hidden = request.get("hidden").getAsInt();
        int trials = request.get("batch").getAsInt();
        int steps = request.get("length").getAsInt();
        forward = request.has("forward") && request.get("forward").getAsBoolean();
        network = RecurrentNetwork.of(
                Weights.of(
                        matrix(1, hidden, ends, Math.sqrt(3.0 / ends)),
                        matrix(2, hidden, hidden, 0.9 * Math.sqrt(3.0 / hidden)),
                        matrix(3, ends, hidden, Math.sqrt(3.0 / hidden))),
                Activation.TANH);
        inputs = Nd4j.createFromArray(Numbers.uniform(4, steps * trials * ends)).reshape(steps, trials, ends);
    }

    private static INDArray matrix(long stream, int rows, int columns, double factor) {
        return Nd4j.createFromArray(Numbers.matrix(stream, rows, columns, factor));
    }

    @Override
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            if (forward) {
                network.run(inputs);
            } else {
                NetworkMetrics.of(network, inputs);
            }
        }
    }

    /** The activity that both have gone through, its mean over steps, trials and units. */
    @Override
    public double[] check() {
        double mean = forward
                ? network.run(inputs).states().meanNumber().doubleValue()
                : Arrays.stream(NetworkMetrics.of(network, inputs)
                                .neuronsActivation()
                                .where(t -> t.stringColumn("layer").isEqualTo("hidden"))
                                .doubleColumn("mean")
                                .asDoubleArray())
                        .average()
                        .orElseThrow();
        return new double[] {mean};
    }
}
