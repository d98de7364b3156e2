package org.hopwise.spark;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.internal.machine.TableStart;
import org.hopwise.sweep.SweepPoint;
import tech.tablesaw.api.Table;

/** A driver in a virtual machine of its own, for a test that kills it after three runs. */
final class KilledDriver {

    static final int FINISHED = 3;

    private KilledDriver() {}

    public static void main(String[] arguments) {
        TableStart.load();
        SparkConf conf = new SparkConf()
                .setMaster("local[1]")
                .setAppName("killed")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false");
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            SparkEngineTest.SIX
                    .in(Path.of(arguments[0]))
                    .on(SparkEngine.of(context))
                    .run(KilledDriver::someForEver);
        }
    }

    private static Table someForEver(SweepPoint point) {
        while (point.number("x") >= FINISHED) {
            Thread.onSpinWait();
        }
        return SparkEngineTest.plain(point);
    }
}
