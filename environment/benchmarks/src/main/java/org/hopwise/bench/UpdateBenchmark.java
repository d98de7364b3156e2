package org.hopwise.bench;

import com.google.gson.JsonObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One update of one network of the default size under each penalty. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpdateBenchmark {

    private static final int UPDATES = 500;

    /** The penalty. */
    @Param({"none", "l1", "resolvent", "hopwise"})
    public String penalty;

    private TrainingWork work;

    /** Draws the network and its trials. */
    @Setup
    public void prepare() {
        JsonObject sizes = new JsonObject();
        for (String ends : new String[] {"inputs", "hidden", "outputs"}) {
            sizes.addProperty(ends, 32);
        }
        sizes.addProperty("batch", 64);
        sizes.addProperty("length", 10);
        sizes.addProperty("threads", 1);
        sizes.addProperty("penalty", penalty);
        work = new TrainingWork(sizes);
    }

    /** Updates in one go, of which JMH shows the time of one. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public void update() {
        work.run(UPDATES);
    }
}
