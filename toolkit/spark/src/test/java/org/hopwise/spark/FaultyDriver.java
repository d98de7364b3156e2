package org.hopwise.spark;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.Seed;
import org.hopwise.internal.machine.TableStart;
import org.junit.jupiter.api.function.Executable;

/** Contexts without executors, stopped, and of executors without the toolkit, in a virtual machine of their own. */
final class FaultyDriver {

    private FaultyDriver() {}

    /** Prints what sweeps and wirings are told, a line each. */
    public static void main(String[] arguments) {
        TableStart.load();
        SparkConf conf = TestCluster.Cluster.conf(arguments[0]).set("spark.cores.max", "1");
        Duration second = Duration.ofSeconds(1);
        try (JavaSparkContext context = new JavaSparkContext(conf.clone().set("spark.executor.memory", "900g"))) {
            SparkEngine engine = new SparkEngine(context, Fingerprint.here(), second);
            tell(() -> SparkEngineTest.SIX.on(engine).run(SparkEngineTest::plain));
            context.stop();
            tell(() -> SparkEngineTest.SIX.on(engine).run(SparkEngineTest::plain));
            tell(() -> SparkWiring.random(context, 10, 20, Seed.of(1)));
        }
        conf.remove("spark.executor.extraClassPath");
        try (JavaSparkContext context = new JavaSparkContext(conf.set("spark.executor.memory", "600m"))) {
            tell(() -> SparkEngineTest.SIX.on(SparkEngine.of(context)).run(SparkEngineTest::plain));
            tell(() -> SparkWiring.random(context, 10, 20, Seed.of(1)));
        }
    }

    private static void tell(Executable call) {
        try {
            call.execute();
            System.out.println("nothing was wrong");
        } catch (Throwable fault) {
            System.out.println(fault.getMessage());
        }
    }
}
