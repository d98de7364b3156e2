package org.hopwise.sweep;

import java.io.Serializable;
import org.hopwise.internal.Check;

/**
 * What the runs of a sweep are attempted on: threads of this virtual machine, or the executors of a cluster. An engine
 * knows nothing of points, tables and files; it takes a job of numbered runs and gives an answer a run. Runs depend on
 * nothing but their number, so order, place and repetition change no bit of an answer.
 */
public interface Engine {

    /**
     * How many runs it attempts at the same time, to estimate the time left.
     *
     * @return at least 1
     */
    int workers();

    /**
     * Attempts every run at least once, in any order, and passes the answers on, on the calling thread. After an answer
     * with a failure, or when the sink says so, it begins no more runs; answers that still come are passed on too.
     *
     * @param job the runs
     * @param sink who takes the answers
     * @throws InterruptedException if the calling thread is told to stop; runs that were finished have been passed on
     * @throws IllegalStateException if runs cannot be attempted here at all, or no longer
     */
    void run(Job job, Sink sink) throws InterruptedException;

    /** Numbered runs, which can travel to another virtual machine. */
    interface Job extends Serializable {

        /**
         * How many runs there are.
         *
         * @return at least 1
         */
        int runs();

        /**
         * Attempts a run, in any thread and virtual machine. It never throws: failures are texts, so that an engine which
         * repeats what was lost does not repeat what fails.
         *
         * @param run from 0 to {@link #runs} - 1
         * @return the answer
         */
        Answer attempt(int run);
    }

    /**
     * What came of a run.
     *
     * @param run its number
     * @param kept the content of the file that keeps it, in JSON; null if it failed
     * @param failure why it failed, in a sentence; null if it did not
     * @param nanos how long it took, in nanoseconds
     */
    record Answer(int run, String kept, String failure, long nanos) implements Serializable {

        /**
         * Checks that it is one of the two.
         *
         * @param run its number
         * @param kept the content of its file, or null
         * @param failure why it failed, or null
         * @param nanos how long it took
         */
        public Answer {
            if ((kept == null) == (failure == null)) {
                throw new IllegalArgumentException(
                        "the answer of run %d has %s; give the content of its file or the failure."
                                .formatted(run, kept == null ? "neither content nor failure" : "both"));
            }
        }
    }

    /** Takes answers, on the thread that called the engine. */
    interface Sink {

        /**
         * One answer; one that was there before changes nothing.
         *
         * @param answer of any run
         * @return false if no more runs should begin
         */
        boolean take(Answer answer);

        /**
         * Something to tell the user beside how many runs are done, such as {@code 1 executor lost, 1 run again}. It takes
         * the place of what was said before.
         *
         * @param detail a few words
         */
        void say(String detail);
    }

    /**
     * The built-in engine.
     *
     * @param count how many threads, at least 1
     * @return threads of this virtual machine
     */
    static Engine threads(int count) {
        return new Threads(Check.positive("threads", count));
    }
}
