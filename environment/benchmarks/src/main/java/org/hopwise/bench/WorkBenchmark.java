package org.hopwise.bench;

import com.google.gson.JsonParser;
import java.util.concurrent.TimeUnit;
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

/** Hop blocks of dense and sparse networks, and a sweep of eight networks on one thread and on two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WorkBenchmark {

    private static final String SWEEP =
            "'work': 'training', 'inputs': 32, 'hidden': 32, 'outputs': 32, 'batch': 64, 'length': 10,"
                    + " 'penalty': 'hopwise', 'networks': 8, 'threads': ";

    /** The work, as in a request to the contestant; a sweep makes 100 updates of each network. */
    @Param({"dense 500", "dense 2000", "sparse 1000", "sparse 10000", "sweep 1", "sweep 2"})
    public String work;

    private Work made;
    private int count;

    /** Draws its numbers. */
    @Setup
    public void prepare() {
        String number = work.substring(work.indexOf(' ') + 1);
        String hops = "'work': 'hops', 'ends': 32, 'length': 10, 'units': " + number;
        boolean isSweep = work.startsWith("sweep");
        String request = isSweep ? SWEEP + number : hops + ", 'degree': " + (work.startsWith("sparse") ? 100 : 0);
        made = Work.of(JsonParser.parseString("{" + request + "}").getAsJsonObject());
        count = isSweep ? 100 : 1;
    }

    /** Does it once. */
    @Benchmark
    public void run() {
        made.run(count);
    }
}
