package org.hopwise.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import org.hopwise.Seed;
import org.hopwise.graph.RemoteWiring;
import org.hopwise.internal.Check;
import org.hopwise.internal.Texts;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.internal.machine.Memory;

/**
 * A wiring that the executors of a Spark cluster keep in pieces of some of its rows. {@code HopDecomposition.of(wiring, from,
 * to, hops)} gives its hops between units or groups, their profile and every truncated measure, with the bits that one
 * machine would give: a piece's rows are laid out as the whole wiring's.
 *
 * <p>At each hop the block of units x sources, 8 bytes a number, goes from the driver to every executor, and each piece's
 * rows of the next one come back. Where it takes more than a fifth of an executor's heap, or 1 GB, it stays with the
 * executors: each is sent all of it by bands of the wiring's columns, through the disks, and holds one band at a time.
 */
public final class SparkWiring implements RemoteWiring, AutoCloseable {

    /** Larger pieces go through the block less often; smaller ones find room more easily. */
    private static final double PIECE_BYTES = 100e6;

    /** Filling a piece takes 1.5 times its size for a while, beside those that are there. */
    private static final double PIECE_SHARE = 0.25;

    private static final double MOST_BLOCK_BYTES = 1e9;
    private static final double BLOCK_SHARE = 0.2;

    private final JavaSparkContext context;
    private final UnitNames names;
    private final long edges;
    private final ExecutorMemory memory;
    private final JavaRDD<Piece> pieces;
    /** What pieces are made of again when an executor is lost. */
    private final Optional<Broadcast<?>> needed;
    /** Bytes of the largest block that is sent to every executor as a whole. */
    private final double mostSent;

    private SparkWiring(
            JavaSparkContext context,
            UnitNames names,
            long edges,
            ExecutorMemory memory,
            JavaRDD<Piece> pieces,
            Optional<Broadcast<?>> needed,
            double mostSent) {
        this.context = context;
        this.names = names;
        this.edges = edges;
        this.memory = memory;
        this.pieces = pieces;
        this.needed = needed;
        this.mostSent = mostSent;
    }

    /** Fills the executors' memory. */
    static SparkWiring filled(
            JavaSparkContext context,
            UnitNames names,
            long edges,
            ExecutorMemory memory,
            JavaRDD<Piece> pieces,
            Optional<Broadcast<?>> needed) {
        SparkWiring wiring = new SparkWiring(
                context,
                names,
                edges,
                memory,
                pieces.persist(StorageLevel.MEMORY_ONLY()),
                needed,
                mostAtOnce(memory.heap()));
        try {
            wiring.run(pieces::count);
            return wiring;
        } catch (RuntimeException refused) {
            wiring.close();
            throw refused;
        }
    }

    /** For tests: as if executors had room for blocks of so many bytes only. */
    SparkWiring sendingAtMost(double bytes) {
        return new SparkWiring(context, names, edges, memory, pieces, needed, bytes);
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
     * @throws IllegalStateException if the context is stopped, has no executor after 60 seconds, or one that lacks the
     *     toolkit or would give other bits
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
        ExecutorMemory memory = ready(context, Fingerprint.here(), bytes);
        requireRoom(bytes, memory);
        int count = asked > 0 ? asked : pieces(bytes, units, memory);
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        JavaRDD<Piece> pieces =
                context.parallelize(numbers, count).map(new Piece.Draw(new RandomRows(units, edges, seed), count));
        return filled(context, new UnitNames.Numbered(units), edges, memory, pieces, Optional.empty());
    }

    /**
     * A wiring out of a file or folder that every executor can open, one row an edge, with the hops that
     * {@code WiringFile.load} gives of the same rows on one machine: units are sorted by name, edges named twice add up in
     * the order of the rows, and an edge of weight 0 is none. Names are texts or whole numbers; the driver and every
     * executor keep all of them, some 100 bytes each.
     *
     * @param session a session of a context with executors, which need the toolkit's jars
     * @param path text with a header if it ends in {@code .csv}, {@code .tsv} (tabulators between the cells), or one of them
     *     with {@code .gz}; else Parquet
     * @param from column with the name of the source unit
     * @param to column with the name of the target unit
     * @param weight column with the weight, a number
     * @return the wiring, kept by the executors until it is closed
     * @throws IllegalArgumentException if a column is not there, with those that are; if a name or weight is missing, or a
     *     weight is no finite number, with its row; if the executors cannot keep it, with the bytes needed and there
     * @throws IllegalStateException as {@link #random}
     */
    public static SparkWiring read(SparkSession session, String path, String from, String to, String weight) {
        return EdgeFile.read(session, path, List.of(from, to, weight), 0);
    }

    /** Asks whether executors are there and would give this machine's bits. */
    static ExecutorMemory ready(JavaSparkContext context, Fingerprint driver, double bytes) {
        Readiness.requireRunning(context);
        return Jobs.stoppable(context, () -> Readiness.of(context, driver, Readiness.PATIENCE, bytes));
    }

    static int pieces(double bytes, int units, ExecutorMemory memory) {
        double most = Math.min(PIECE_BYTES, PIECE_SHARE * memory.each());
        double count = Math.max(memory.executors(), Math.ceil(bytes / most));
        return (int) Math.min(units, count);
    }

    static void requireRoom(double bytes, ExecutorMemory memory) {
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
            throw tooLarge(SparseMatrix.bytes(units(), edges), memory);
        }
    }

    private static IllegalArgumentException tooLarge(double bytes, ExecutorMemory memory) {
        return new IllegalArgumentException(
                "the wiring needs %,d bytes of the executors' memory, half as much again while it is filled, and %,d are there, in %s. Give them more (spark.executor.memory), or start more."
                        .formatted((long) bytes, memory.all(), Texts.count(memory.executors(), "executor")));
    }

    @Override
    public int units() {
        return names.count();
    }

    /**
     * How many edges there are.
     *
     * @return of a random wiring, several between the same two units count each
     */
    public long edges() {
        return edges;
    }

    @Override
    public int unit(String name) {
        return names.place(name);
    }

    @Override
    public Block block(int[][] sources) {
        Interruption.check();
        Readiness.requireRunning(context);
        int columns = sources.length;
        double bytes = 8.0 * units() * columns;
        if (bytes <= mostSent && bytes / 8 < Integer.MAX_VALUE - 8) {
            // The block, its bytes on their way, and what comes back.
            Memory.require(
                    "Blocks of %d units x %d sources".formatted(units(), columns),
                    4 * bytes,
                    "Use fewer sources at once, or groups of them");
            return SentBlock.of(this, sources);
        }
        requireBand(units(), columns, bandWidth(), memory);
        return BandedBlock.of(this, memory.executors(), sources);
    }

    /** Bytes of a block, or of parts of it, that may lie in an executor beside its pieces. */
    private static double mostAtOnce(double heap) {
        return Math.min(MOST_BLOCK_BYTES, BLOCK_SHARE * heap);
    }

    /** One band of columns, and each executor's own rows of two blocks, must find room. */
    static void requireBand(int units, int columns, int bandWidth, ExecutorMemory memory) {
        double bytes = 8.0 * columns * (Math.min(units, bandWidth) + 2.0 * units / memory.executors());
        double most = BLOCK_SHARE * memory.heap();
        if (bytes > most) {
            throw new IllegalArgumentException(
                    "of the block of %d units x %d sources each of %s must hold %,d bytes at once, by bands of %d columns, and has room for %,d, a fifth of its heap. Use fewer sources at once, or groups of them, or more executors."
                            .formatted(
                                    units,
                                    columns,
                                    Texts.count(memory.executors(), "executor"),
                                    (long) bytes,
                                    bandWidth,
                                    (long) most));
        }
    }

    JavaSparkContext context() {
        return context;
    }

    JavaRDD<Piece> pieces() {
        return pieces;
    }

    int bandWidth() {
        return SparseMatrix.bandWidth(units(), edges);
    }

    /** Runs a job on the pieces, which an interrupt ends, and looks whether they were all kept. */
    <T> T run(Callable<T> job) {
        T result = Jobs.stoppable(context, job);
        requireKept();
        return result;
    }

    /** Gives the executors' memory back. */
    @Override
    public void close() {
        if (!context.sc().isStopped()) {
            Tidying.undisturbed(() -> {
                pieces.unpersist(true);
                needed.ifPresent(Broadcast::destroy);
            });
        }
    }

    @Override
    public String toString() {
        return "wiring of %,d units and %,d edges in %s on Spark"
                .formatted(units(), edges, Texts.count(pieces.getNumPartitions(), "piece"));
    }
}
