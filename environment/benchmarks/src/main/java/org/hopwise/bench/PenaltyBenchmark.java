package org.hopwise.bench;

import java.util.concurrent.TimeUnit;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Value and gradient of the truncated penalties on walks, in double precision, against hidden units. Both should grow
 * with length x hidden^2 x (inputs + outputs): four times for twice the units, not eight times.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PenaltyBenchmark {

    /** Hidden units. */
    @Param({"64", "128", "256", "512", "1024"})
    public int hidden;

    /** The penalty. */
    @Param({"resolvent", "hopwise"})
    public String penalty;

    private Penalty chosen;
    private Weights weights;

    /** Draws the network. */
    @Setup
    public void prepare() {
        HierarchicalTask task = Tasks.averaging();
        weights = RecurrentNetwork.random(task, hidden, Activation.TANH, Seed.of(1))
                .weights();
        chosen = penalty.equals("hopwise") ? Penalty.hopwise(1e-3, 0.8, 10) : Penalty.resolvent(1e-3, 0.8, 10);
    }

    /** The gradient, with the value on the way. */
    @Benchmark
    public Weights gradient() {
        return chosen.gradient(weights);
    }
}
