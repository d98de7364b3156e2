package org.hopwise.sweep;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hopwise.internal.Texts;

/**
 * The built-in engine: threads of this virtual machine. When the caller is told to stop, so are the workers, and the call
 * ends when they have.
 *
 * @param workers how many threads
 */
record Threads(int workers) implements Engine {

    /** How long to wait for workers that were told to stop; the toolkit's own calls take a fraction of it. */
    private static final long PATIENCE_MILLISECONDS = 400;

    @Override
    public void run(Job job, Sink sink) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        AtomicBoolean ended = new AtomicBoolean();
        int threads = Math.max(1, Math.min(workers, job.runs()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, Threads::daemon);
        CompletionService<Answer> answers = new ExecutorCompletionService<>(pool);
        try {
            // A thread is given another run once what it finished is kept, so that a process that dies loses none of
            // it.
            int next = 0;
            while (next < threads) {
                begin(job, next++, answers, ended);
            }
            for (int passed = 0; passed < job.runs(); passed++) {
                pass(answers.take(), sink, ended);
                if (next < job.runs()) {
                    begin(job, next++, answers, ended);
                }
            }
        } catch (InterruptedException stop) {
            ended.set(true);
            pool.shutdownNow();
            awaitEnd(pool);
            passFinished(answers, sink, ended);
            throw stop;
        } finally {
            ended.set(true);
            pool.shutdownNow();
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return Texts.count(workers, "thread");
    }

    private static void begin(Job job, int run, CompletionService<Answer> answers, AtomicBoolean ended) {
        answers.submit(() -> ended.get() ? null : attempt(job, run, ended));
    }

    /** A failure lets no more runs begin, before the sink hears of it. */
    private static Answer attempt(Job job, int run, AtomicBoolean ended) {
        Answer answer = job.attempt(run);
        if (answer.failure() != null) {
            ended.set(true);
        }
        return answer;
    }

    /** Runs that did not begin have no answer. */
    private static void pass(Future<Answer> done, Sink sink, AtomicBoolean ended) throws InterruptedException {
        Answer answer = answer(done);
        if (answer != null && !sink.take(answer)) {
            ended.set(true);
        }
    }

    /** What was finished before the stop, and not what failed because of it. */
    private static void passFinished(CompletionService<Answer> answers, Sink sink, AtomicBoolean ended)
            throws InterruptedException {
        for (Future<Answer> done = answers.poll(); done != null; done = answers.poll()) {
            Answer answer = answer(done);
            if (answer != null && answer.failure() == null) {
                pass(done, sink, ended);
            }
        }
    }

    private static Answer answer(Future<Answer> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "an attempt threw %s; it must answer with a text instead.".formatted(failed.getCause()), failed);
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        try {
            // Code that is not the toolkit's may not listen; its daemon threads are then left to end by themselves.
            pool.awaitTermination(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hopwise-sweep");
        thread.setDaemon(true);
        return thread;
    }
}
