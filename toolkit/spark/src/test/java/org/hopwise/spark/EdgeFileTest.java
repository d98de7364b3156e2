package org.hopwise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.array.Draws;
import org.hopwise.io.WiringFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Wirings out of files, beside what one machine reads. */
@ExtendWith(TestCluster.class)
class EdgeFileTest {

    private static final List<String> COLUMNS = List.of("pre", "post", "weight");

    @TempDir
    Path folder;

    private final SparkSession session;

    EdgeFileTest(JavaSparkContext context) {
        session = SparkSession.builder().getOrCreate();
        assertEquals(context.sc(), session.sparkContext(), "the context of the cluster");
    }

    private String file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    /** Edges in no order, some named twice, some of them adding up to 0. */
    private String drawn() throws IOException {
        Draws draws = new Draws(Seed.of(5));
        StringBuilder text = new StringBuilder("\"the, region\",pre,post,weight\n");
        for (int edge = 0; edge < 20_000; edge++) {
            int from = draws.below(2_000);
            int to = draws.below(2_000);
            double weight = edge % 7 == 0 ? draws.below(3) - 1 : draws.gaussian();
            int times = edge % 11 == 0 ? 3 : 1;
            for (int time = 0; time < times; time++) {
                text.append(
                        "\"x, y\",\"unit \"\"%d\"\"\",n%d,%s%n".formatted(from, to, time == 1 ? -weight : weight / 3));
            }
        }
        return Files.writeString(folder.resolve("edges.csv"), text).toString();
    }

    private static void assertSame(Wiring here, SparkWiring there) {
        List<String> from = List.of(here.names().get(9), here.names().get(17));
        List<String> to =
                List.of(here.names().get(0), here.names().get(here.names().size() - 1));
        assertEquals(here.edges(), there.edges());
        assertEquals(here.names().size(), there.units());
        assertEquals(
                HopDecomposition.of(here, from, to, 4).toString(),
                HopDecomposition.of(there, from, to, 4).toString(),
                "with a hash of all bits");
    }

    @Test
    void csvAndParquetGiveTheBitsOfOneMachine() throws IOException {
        String csv = drawn();
        Wiring here = WiringFile.load(csv).wiring();
        try (SparkWiring there = EdgeFile.read(session, csv, COLUMNS, 3)) {
            assertSame(here, there);
        }
        String parquet = folder.resolve("edges").toString();
        session.read()
                .option("header", true)
                .option("escape", "\"")
                .option("inferSchema", true)
                .csv(csv)
                .coalesce(1)
                .write()
                .mode(SaveMode.ErrorIfExists)
                .parquet(parquet);
        try (SparkWiring there = SparkWiring.read(session, parquet, "pre", "post", "weight")) {
            assertSame(here, there);
        }
        assertEquals(0, session.sparkContext().getRDDStorageInfo().length);
    }

    private void assertRefused(String message, String path, List<String> columns) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> EdgeFile.read(session, path, columns, 0))
                        .getMessage());
    }

    @Test
    void badFilesAreRefusedWithTheirRow() throws IOException {
        String good = file("good.tsv", "pre\tpost\tweight", "a\tb\t1");
        assertRefused("no column 'count'; " + good + " has pre, post, weight.", good, List.of("pre", "post", "count"));
        String missing = file("missing.csv", "pre,post,weight", "a,b,1", "b,a,", "a,a,x");
        assertRefused(
                "row 1 (counted from 0) of " + missing
                        + ": 'weight' is missing; an edge has a source, a target and a weight, so drop the row or fill it.",
                missing,
                COLUMNS);
        String nameless = file("nameless.csv", "pre,post,weight", "a,,1");
        assertRefused(
                "row 0 (counted from 0) of " + nameless
                        + ": 'post' is missing; an edge has a source, a target and a weight, so drop the row or fill it.",
                nameless,
                COLUMNS);
        for (String bad : List.of("NaN", "1d", "1e999")) {
            String path = file("bad.csv", "pre,post,weight", "a,b,1", "b,c,2", "a,b," + bad);
            assertRefused(
                    "row 2 (counted from 0) of " + path + ": 'weight' is '" + bad
                            + "'; every weight must be a finite number, with a point.",
                    path,
                    COLUMNS);
        }
        String sum = file("sum.csv", "pre,post,weight", "a,b,1e308", "a,b,1e308");
        assertRefused("the edge from 'a' to 'b' of " + sum + " adds up to infinity; scale the weights.", sum, COLUMNS);
        String empty = file("empty.csv", "pre,post,weight");
        assertRefused(empty + " has a header and no row; give one row an edge.", empty, COLUMNS);
    }

    @Test
    void columnsOfOtherTypesAndFilesThatAreNotThereAreRefused() throws IOException {
        String path = folder.resolve("typed").toString();
        session.sql("select 'a' as pre, 1.5 as post, true as weight").write().parquet(path);
        assertRefused(
                "column 'weight' of " + path + " holds boolean; weights must be numbers.",
                path,
                List.of("pre", "pre", "weight"));
        assertRefused(
                "column 'post' of " + path + " holds decimal(2,1); units must be texts or whole numbers.",
                path,
                COLUMNS);
        String nowhere = folder.resolve("nowhere.csv").toString();
        String message = assertThrows(IllegalArgumentException.class, () -> EdgeFile.read(session, nowhere, COLUMNS, 0))
                .getMessage();
        assertEquals(nowhere + " cannot be read: ", message.substring(0, nowhere.length() + 17));
    }

    @Test
    void wholeNumbersNameUnitsAndFloatsKeepTheirValue() {
        String path = folder.resolve("numbers").toString();
        session.sql("select 7L as pre, cast(8 as int) as post, cast(0.1 as float) as weight")
                .write()
                .parquet(path);
        try (SparkWiring wiring = EdgeFile.read(session, path, COLUMNS, 1)) {
            double weight = HopDecomposition.of(wiring, List.of("7"), List.of("8"), 1)
                    .hop(1)
                    .getDouble(0, 0);
            assertEquals((double) 0.1f, weight);
        }
    }
}
