package org.hopwise.spark;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.hopwise.spark.closure.PackedClosure;
import org.hopwise.sweep.Engine;

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

    /** How often to look whether Spark has given up. */
    private static final long LOOK_MILLISECONDS = 100;

    private static final Pattern FAILED_TASK = Pattern.compile("Task (\\d+) in stage \\S+ failed (\\d+) times");

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
        return new SparkEngine(context, Fingerprint.here(), Readiness.PATIENCE);
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
        return Readiness.workers(context);
    }

    @Override
    public void run(Job job, Sink sink) throws InterruptedException {
        byte[] packed = PackedClosure.pack(job);
        Readiness.requireRunning(context);
        String group = Jobs.newGroup("sweep");
        BlockingQueue<News> news = new LinkedBlockingQueue<>();
        Losses losses = new Losses(group, news);
        SparkContext spark = context.sc();
        Broadcast<byte[]> shipped = context.broadcast(packed);
        context.setJobGroup(group, "sweep", true);
        spark.addSparkListener(losses);
        try {
            Readiness.of(context, driver, patience, 0);
            Attempt attempt = new Attempt(shipped, driver);
            var done = Jobs.submit(context, job.runs(), attempt, answer -> news.add(new News(answer, null)));
            pass(done, job.runs(), news, sink);
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

    /** Passes on what is heard until every run has an answer, the sink wants no more, or Spark gives up. */
    private static void pass(SimpleFutureAction<Object> done, int runs, BlockingQueue<News> news, Sink sink)
            throws InterruptedException {
        int heard = 0;
        while (heard < runs) {
            boolean wasDone = done.isCompleted();
            News next = news.poll(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (next == null && wasDone) {
                passFailure(Jobs.failure(done), sink);
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
            throw Jobs.broken(failure);
        }
        String reason =
                "its executor died %s times; it probably needs more memory than an executor has, so raise spark.executor.memory."
                        .formatted(task.group(2));
        sink.take(new Answer(Integer.parseInt(task.group(1)), null, reason, 0));
    }

    /** For errors: which cluster. */
    @Override
    public String toString() {
        return "the executors of " + context.master();
    }
}
