package org.hopwise.spark;

import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Counts executors that are lost while a sweep runs, and its runs that are attempted again because of it. */
final class Losses extends SparkListener {

    private final String group;
    private final Queue<SparkEngine.News> news;
    private final Set<Object> stages = new HashSet<>();
    private int executors;
    private int runs;

    Losses(String group, Queue<SparkEngine.News> news) {
        this.group = group;
        this.news = news;
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        if (start.properties() != null && group.equals(start.properties().getProperty("spark.jobGroup.id"))) {
            stages.addAll(CollectionConverters.asJava(start.stageIds()));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.reason() instanceof ExecutorLostFailure && stages.contains(end.stageId())) {
            runs++;
            tell();
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        // Spark ends idle ones by itself where it may.
        if (!removed.reason().contains("killed by driver")) {
            executors++;
            tell();
        }
    }

    /** Tasks end before their executor is removed, or after it. */
    private void tell() {
        if (executors > 0) {
            news.add(new SparkEngine.News(
                    null, "%s lost, %s again".formatted(count(executors, "executor"), count(runs, "run"))));
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
