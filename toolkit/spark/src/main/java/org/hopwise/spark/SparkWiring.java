package org.hopwise.spark;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import org.hopwise.Seed;
import org.hopwise.graph.RemoteWiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Interruption;

/**
 * A wiring that the executors of a Spark cluster keep in pieces of some of its rows. {@code HopDecomposition.of(wiring, from,
 * to, hops)} gives its hops between units or groups, their profile and every truncated measure, with the bits that one
 * machine would give: a piece's rows are laid out as the whole wiring's.
 *
 * <p>At each hop the block of units x sources goes from the driver to every executor and each piece's rows of the next one
 * come back, so that an executor receives 8 x units x sources bytes; that block must fit into a fifth of its heap.
 */
public final class SparkWiring implements RemoteWiring, AutoCloseable {

    /** Larger pieces go through the block less often; smaller ones find room more easily. */
    private static final double PIECE_BYTES = 100e6;

    /** Filling a piece takes 1.5 times its size for a while, beside those that are there. */
    private static final double PIECE_SHARE = 0.25;

    private static final double MOST_BLOCK_BYTES = 1e9;
    private static final double BLOCK_SHARE = 0.2;

    private static final AtomicLong GROUPS = new AtomicLong();

    private final JavaSparkContext context;
    private final int units;
    private final long edges;
    private final ExecutorMemory memory;
    private final JavaRDD<Piece> pieces;

    private SparkWiring(JavaSparkContext context, int units, long edges, ExecutorMemory memory, JavaRDD<Piece> pieces) {
        this.context = context;
        this.units = units;
        this.edges = edges;
        this.memory = memory;
        this.pieces = pieces;
    }

    /**
     * A random wiring, drawn in the executors: units "unit 1", "unit 2", ...; each receives the same number of edges, give or
     * take one, from other units drawn with replacement. Weights are Gaussian with variance units / edges, so that the
     * spectral radius is about 1. As {@link org.hopwise.graph.Wiring#random}, but the edges to unit r + 1 have a stream of
     * their own, child r of the stream {@code "row"}, in which each edge draws first its source and then its weight.
     *
     * @param context a context with executors, which need the toolkit's jars
     * @param units at least 2
     * @param edges at least 1; 12 bytes each and 4 bytes a unit in the executors' memory
     * @param seed the randomness
     * @return the wiring, kept by the executors until it is closed
     * @throws IllegalArgumentException if the executors cannot keep it, with the bytes that it needs and that are there
     * @throws IllegalStateException if the context is stopped, or has no executor after 60 seconds
     */
    public static SparkWiring random(JavaSparkContext context, int units, long edges, Seed seed) {
        return random(context, units, edges, seed, 0);
    }

    /** In so many pieces, or in as many as are best for 0. */
    static SparkWiring random(JavaSparkContext context, int units, long edges, Seed seed, int asked) {
        Check.between("units", units, 2, Integer.MAX_VALUE - 1);
        if (edges < 1) {
            throw new IllegalArgumentException("edges = %d; it must be at least 1.".formatted(edges));
        }
        double bytes = SparseMatrix.bytes(units, edges);
        ExecutorMemory memory = stoppable(context, () -> ExecutorMemory.of(context, bytes));
        int count = asked > 0 ? asked : pieces(bytes, units, memory);
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        JavaRDD<Piece> pieces = context.parallelize(numbers, count)
                .map(new Piece.Draw(new RandomRows(units, edges, seed), count))
                .persist(StorageLevel.MEMORY_ONLY());
        SparkWiring wiring = new SparkWiring(context, units, edges, memory, pieces);
        try {
            requireRoom(bytes, memory);
            stoppable(context, pieces::count);
            wiring.requireKept();
            return wiring;
        } catch (RuntimeException refused) {
            wiring.close();
            throw refused;
        }
    }

    static int pieces(double bytes, int units, ExecutorMemory memory) {
        double most = Math.min(PIECE_BYTES, PIECE_SHARE * memory.each());
        double count = Math.max(memory.executors(), Math.ceil(bytes / most));
        return (int) Math.min(units, count);
    }

    private static void requireRoom(double bytes, ExecutorMemory memory) {
        if (bytes > memory.all()) {
            throw tooLarge(bytes, memory);
        }
    }

    /** Spark would draw a piece that finds no room again at every hop, without a word. */
    private void requireKept() {
        int kept = Arrays.stream(context.sc().getRDDStorageInfo())
                .filter(info -> info.id() == pieces.id())
                .mapToInt(RDDInfo::numCachedPartitions)
                .sum();
        if (kept < pieces.getNumPartitions()) {
            throw tooLarge(SparseMatrix.bytes(units, edges), memory);
        }
    }

    private static IllegalArgumentException tooLarge(double bytes, ExecutorMemory memory) {
        return new IllegalArgumentException(
                "the wiring needs %,d bytes of the executors' memory, half as much again while it is filled, and %,d are there, in %d executors. Give them more (spark.executor.memory), or start more."
                        .formatted((long) bytes, memory.all(), memory.executors()));
    }

    @Override
    public int units() {
        return units;
    }

    /**
     * How many edges there are.
     *
     * @return several between the same two units count each
     */
    public long edges() {
        return edges;
    }

    @Override
    public int unit(String name) {
        if (name.matches("unit [1-9]\\d{0,9}")) {
            long number = Long.parseLong(name.substring(5));
            if (number <= units) {
                return (int) number - 1;
            }
        }
        throw new IllegalArgumentException(
                "unit '%s' is not among the %d units, 'unit 1' to 'unit %d'.".formatted(name, units, units));
    }

    @Override
    public double[] step(double[] reached, int columns) {
        Interruption.check();
        requireBlock(units, columns, memory.heap());
        Broadcast<byte[]> block = context.broadcast(Blocks.encode(reached));
        try {
            List<Piece.Part> parts = stoppable(context, pieces.map(new Piece.Multiply(block, units, columns))::collect);
            double[] next = new double[reached.length];
            parts.forEach(part -> part.putInto(next, columns));
            requireKept();
            return next;
        } finally {
            Tidying.undisturbed(block::destroy);
        }
    }

    static void requireBlock(int units, int columns, double heap) {
        double bytes = 8.0 * units * columns;
        double most = Math.min(MOST_BLOCK_BYTES, BLOCK_SHARE * heap);
        if (bytes > most) {
            throw new IllegalArgumentException(
                    "the block of %d units x %d sources takes %,d bytes, and every executor is sent at most %,d, a fifth of its heap or 1 GB. Use fewer sources at once, or groups of them."
                            .formatted(units, columns, (long) bytes, (long) most));
        }
    }

    /** Runs Spark's jobs so that an interrupt ends them, as it ends all long calls of the toolkit. */
    private static <T> T stoppable(JavaSparkContext context, Callable<T> job) {
        Interruption.check();
        String group = "hopwise wiring " + GROUPS.incrementAndGet();
        context.setJobGroup(group, "hops of a wiring", true);
        try {
            return job.call();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (InterruptedException stop) {
            context.cancelJobGroup(group);
            Thread.currentThread().interrupt();
            Interruption.check();
            throw new IllegalStateException(stop);
        } catch (Exception failed) {
            throw new IllegalStateException("a Spark job on the wiring failed: " + failed.getMessage(), failed);
        } finally {
            context.clearJobGroup();
        }
    }

    /** Gives the executors' memory back. */
    @Override
    public void close() {
        if (!context.sc().isStopped()) {
            Tidying.undisturbed(() -> pieces.unpersist(true));
        }
    }

    @Override
    public String toString() {
        return "wiring of %,d units and %,d edges in %d pieces on Spark"
                .formatted(units, edges, pieces.getNumPartitions());
    }
}
