package org.hopwise.spark;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.hopwise.internal.machine.Interruption;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Range;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** How Spark is asked to do something. */
final class Jobs {

    private static final AtomicLong GROUPS = new AtomicLong();

    private Jobs() {}

    /** A name for jobs that are cancelled together. */
    static String newGroup(String what) {
        return "hopwise " + what + " " + GROUPS.incrementAndGet();
    }

    /** Runs Spark's jobs so that an interrupt ends them, as it ends all long calls of the toolkit. */
    static <T> T stoppable(JavaSparkContext context, Callable<T> job) {
        Interruption.check();
        String group = newGroup("wiring");
        context.setJobGroup(group, "hops of a wiring", true);
        try {
            return job.call();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (InterruptedException stop) {
            Tidying.undisturbed(() -> context.cancelJobGroup(group));
            Thread.currentThread().interrupt();
            Interruption.check();
            throw new IllegalStateException(stop);
        } catch (Exception failed) {
            throw new IllegalStateException("a Spark job on the wiring failed: " + failed.getMessage(), failed);
        } finally {
            context.clearJobGroup();
        }
    }

    /** Numbers from 0 on, one a partition; what is made of each is taken on a thread of Spark's scheduler, which must not wait. */
    static <T> SimpleFutureAction<Object> submit(
            JavaSparkContext context, int count, Function1<Iterator<Integer>, T> work, Taker<T> taker) {
        RDD<Integer> numbers = context.parallelize(
                        IntStream.range(0, count).boxed().toList(), count)
                .rdd();
        var take = new AbstractFunction2<Object, T, BoxedUnit>() {
            @Override
            public BoxedUnit apply(Object number, T made) {
                taker.take(made);
                return BoxedUnit.UNIT;
            }
        };
        var nothing = new AbstractFunction0<Object>() {
            @Override
            public Object apply() {
                return "done";
            }
        };
        return context.sc().submitJob(numbers, work, new Range.Exclusive(0, count, 1), take, nothing);
    }

    /** Takes what a partition gave. */
    interface Taker<T> {
        void take(T made);
    }

    /** Why a job that is over failed; null if it did not. */
    static Throwable failure(SimpleFutureAction<Object> done) {
        var value = done.value().get();
        return value.isFailure() ? value.failed().get() : null;
    }

    /** What Spark says when it gives up, in one line. */
    static IllegalStateException broken(Throwable failure) {
        String message = String.valueOf(failure == null ? "its job ended early" : failure.getMessage());
        return new IllegalStateException(
                "Spark gave up: %s".formatted(message.lines().findFirst().orElse(message)), failure);
    }
}
