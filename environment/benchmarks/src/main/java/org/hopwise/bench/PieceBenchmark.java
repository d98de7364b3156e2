package org.hopwise.bench;

import java.util.concurrent.TimeUnit;
import org.hopwise.internal.engine.Reals;
import org.hopwise.internal.engine.SingleReals;
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

/** The pieces of an update in single precision: products of the three kinds and the hyperbolic tangent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PieceBenchmark {

    /** Rows x units: a batch of states. */
    @Param({"64x32", "128x128", "128x256"})
    public String size;

    private int rows;
    private int units;
    private Reals states;
    private Reals weights;
    private Reals result;
    private Reals gradient;

    /** Draws the numbers. */
    @Setup
    public void prepare() {
        rows = Integer.parseInt(size.substring(0, size.indexOf('x')));
        units = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        states = drawn(1, rows * units);
        Reals matrix = drawn(2, units * units);
        weights = states.zeros(matrix.panelsLength(units, units));
        weights.panels(matrix, units, units);
        result = states.zeros(rows * units);
        gradient = states.zeros(units * units);
    }

    private static Reals drawn(long stream, int length) {
        Reals numbers = new SingleReals(length);
        for (int i = 0; i < length; i++) {
            numbers.set(i, Numbers.uniform(stream, (long) i));
        }
        return numbers;
    }

    /** States times weights: 2 x rows x units^2 operations. */
    @Benchmark
    public Reals product() {
        result.product(0, states, 0, weights, rows, units, units, false);
        return result;
    }

    /** Transposed states times states, as for the gradient by the weights. */
    @Benchmark
    public Reals transposedProduct() {
        gradient.addTransposedProduct(states, 0, states, 0, rows, units, units);
        return gradient;
    }

    /** A copy and its hyperbolic tangent. */
    @Benchmark
    public Reals tanh() {
        result.copy(0, states);
        result.tanh(0, rows * units);
        return result;
    }
}
