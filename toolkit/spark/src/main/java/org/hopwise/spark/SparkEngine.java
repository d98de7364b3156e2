package org.hopwise.spark;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.hopwise.spark.closure.PackedClosure;
import org.hopwise.sweep.Engine;
import scala.collection.immutable.Range;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The executors of a Spark cluster as an engine for sweeps: {@code Sweep.over(...).on(SparkEngine.of(context))}. Table and
 * kept files are those of threads, byte for byte; the driver writes the files, so no folder needs to be shared.
 *
 * <p>Every run is attempted once. One whose executor is lost is attempted again, up to {@code spark.task.maxFailures}
 * times; one that fails is named at once. A sweep that is stopped, or one of whose runs failed, cuts the runs under way,
 * which threads would finish. What an experiment changes outside itself stays on the executor.
 *
 * <p>Nothing runs before it is clear that it can: the context works, executors are there and have the same toolkit, Java,
 * system and profile as this machine, and the experiment can travel.
 */
public final class SparkEngine implements Engine {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How often to look whether Spark has given up. */
    private static final long LOOK_MILLISECONDS = 100;

    private static final Pattern FAILED_TASK = Pattern.compile("Task (\\d+) in stage \\S+ failed (\\d+) times");
    private static final Pattern LACKING =
            Pattern.compile("(?:ClassNotFoundException|NoClassDefFoundError): org[./]hopwise");
    private static final AtomicLong GROUPS = new AtomicLong();

    private final JavaSparkContext context;
    private final Fingerprint driver;
    private final Duration patience;

    /** For tests: as if this machine were another, and with less patience. */
    SparkEngine(JavaSparkContext context, Fingerprint driver, Duration patience) {
        this.context = Objects.requireNonNull(context, "context");
        this.driver = driver;
        this.patience = patience;
    }

    /** Something that Spark's threads tell the caller's: an answer, or words. */
    record News(Answer answer, String words) {}

    /**
     * The executors of a context.
     *
     * @param context a context that is not stopped; its executors need the toolkit ({@link #jars}) and the same version of
     *     Java, operating system and processor type as this machine
     * @return the engine
     */
    public static SparkEngine of(JavaSparkContext context) {
        return new SparkEngine(context, Fingerprint.here(), PATIENCE);
    }

    /**
     * What executors need beside Spark, for {@code spark.jars}: the jars of this virtual machine's class path, but those
     * that lie in one folder with Spark's own.
     *
     * @return paths, with commas between them
     */
    public static String jars() {
        Path sparks = Path.of(SparkContext.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getParent();
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(jar -> !Objects.equals(jar.getParent(), sparks))
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    @Override
    public int workers() {
        requireRunning();
        int each = Math.max(1, context.getConf().getInt("spark.task.cpus", 1));
        return Math.max(1, context.defaultParallelism() / each);
    }

    @Override
    public void run(Job job, Sink sink) throws InterruptedException {
        byte[] packed = PackedClosure.pack(job);
        requireRunning();
        awaitExecutors();
        String group = "hopwise sweep " + GROUPS.incrementAndGet();
        BlockingQueue<News> news = new LinkedBlockingQueue<>();
        Losses losses = new Losses(group, news);
        SparkContext spark = context.sc();
        Broadcast<byte[]> shipped = context.broadcast(packed);
        context.setJobGroup(group, "sweep", true);
        spark.addSparkListener(losses);
        try {
            probe(group);
            pass(submit(job.runs(), shipped, news), job.runs(), news, sink);
            passRest(news, sink);
        } catch (InterruptedException stop) {
            passRest(news, sink);
            throw stop;
        } finally {
            if (!spark.isStopped()) {
                Tidying.undisturbed(() -> {
                    context.cancelJobGroup(group);
                    context.clearJobGroup();
                    spark.removeSparkListener(losses);
                    shipped.destroy();
                });
            }
        }
    }

    private void requireRunning() {
        if (context.sc().isStopped()) {
            throw new IllegalStateException(
                    "the Spark context is stopped; make a new one, and an engine of it with SparkEngine.of(context).");
        }
    }

    private void awaitExecutors() throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        // Spark lists the driver too, which does the work itself in local mode.
        int itself = context.master().startsWith("local") ? 0 : 1;
        while (context.sc().statusTracker().getExecutorInfos().length <= itself) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "no executor of %s was there after %d s; start workers there, or ask for less memory and fewer cores an executor."
                                .formatted(context.master(), patience.toSeconds()));
            }
            Thread.sleep(LOOK_MILLISECONDS);
            requireRunning();
        }
    }

    /** Asks as many times as there are cores who is there. Executors that join later are asked with their first run. */
    private void probe(String group) throws InterruptedException {
        int asked = workers();
        BlockingQueue<Fingerprint> found = new LinkedBlockingQueue<>();
        var answers = new AbstractFunction2<Object, Fingerprint, BoxedUnit>() {
            @Override
            public BoxedUnit apply(Object number, Fingerprint there) {
                found.add(there);
                return BoxedUnit.UNIT;
            }
        };
        SimpleFutureAction<Object> done =
                context.sc().submitJob(numbers(asked), new Probe(driver.profile()), all(asked), answers, new Nothing());
        while (!done.isCompleted()) {
            try {
                Thread.sleep(LOOK_MILLISECONDS / 10);
            } catch (InterruptedException stop) {
                context.cancelJobGroup(group);
                throw stop;
            }
        }
        Throwable failure = failure(done);
        if (failure != null
                && LACKING.matcher(String.valueOf(failure.getMessage())).find()) {
            throw new IllegalStateException(
                    "executors lack hopwise %s: set spark.jars to SparkEngine.jars() before you make the context, or spark.executor.extraClassPath where folders are shared."
                            .formatted(driver.toolkit()),
                    failure);
        }
        if (failure != null) {
            throw broken(failure);
        }
        for (Fingerprint there : found) {
            driver.difference(there).ifPresent(fault -> {
                throw new IllegalStateException(fault);
            });
        }
    }

    private SimpleFutureAction<Object> submit(int runs, Broadcast<byte[]> shipped, BlockingQueue<News> news) {
        // Spark calls this on a thread of its scheduler, which must not wait.
        var answers = new AbstractFunction2<Object, Answer, BoxedUnit>() {
            @Override
            public BoxedUnit apply(Object number, Answer answer) {
                news.add(new News(answer, null));
                return BoxedUnit.UNIT;
            }
        };
        return context.sc().submitJob(numbers(runs), new Attempt(shipped, driver), all(runs), answers, new Nothing());
    }

    /** Passes on what is heard until every run has an answer, the sink wants no more, or Spark gives up. */
    private static void pass(SimpleFutureAction<Object> done, int runs, BlockingQueue<News> news, Sink sink)
            throws InterruptedException {
        int heard = 0;
        while (heard < runs) {
            boolean wasDone = done.isCompleted();
            News next = news.poll(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (next == null && wasDone) {
                passFailure(failure(done), sink);
                return;
            }
            if (next != null && next.words() != null) {
                sink.say(next.words());
            } else if (next != null) {
                heard++;
                if (!sink.take(next.answer())) {
                    return;
                }
            }
        }
    }

    private static void passRest(BlockingQueue<News> news, Sink sink) {
        for (News next = news.poll(); next != null; next = news.poll()) {
            if (next.answer() != null && next.answer().failure() == null) {
                sink.take(next.answer());
            }
        }
    }

    /** A run whose executors died names itself; whatever else ended the job is told as Spark tells it. */
    private static void passFailure(Throwable failure, Sink sink) {
        String message = String.valueOf(failure == null ? null : failure.getMessage());
        Matcher task = FAILED_TASK.matcher(message);
        if (!message.contains("ExecutorLostFailure") || !task.find()) {
            throw broken(failure);
        }
        String reason =
                "its executor died %s times; it probably needs more memory than an executor has, so raise spark.executor.memory."
                        .formatted(task.group(2));
        sink.take(new Answer(Integer.parseInt(task.group(1)), null, reason, 0));
    }

    private static IllegalStateException broken(Throwable failure) {
        String message = String.valueOf(failure == null ? "its job ended early" : failure.getMessage());
        return new IllegalStateException(
                "Spark gave up: %s".formatted(message.lines().findFirst().orElse(message)), failure);
    }

    /** Why a job that is over failed; null if it did not. */
    private static Throwable failure(SimpleFutureAction<Object> done) {
        var value = done.value().get();
        return value.isFailure() ? value.failed().get() : null;
    }

    /** One number a partition. */
    private RDD<Integer> numbers(int count) {
        return context.parallelize(IntStream.range(0, count).boxed().toList(), count)
                .rdd();
    }

    /** All partitions. */
    private static Seq<Object> all(int count) {
        return new Range.Exclusive(0, count, 1);
    }

    /** What a job gives beside its answers. */
    private static final class Nothing extends AbstractFunction0<Object> {
        @Override
        public Object apply() {
            return "done";
        }
    }

    /** For errors: which cluster. */
    @Override
    public String toString() {
        return "the executors of " + context.master();
    }
}
