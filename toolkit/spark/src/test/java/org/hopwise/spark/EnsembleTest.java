package org.hopwise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.array.Draws;
import org.hopwise.lowrank.LatentFit;
import org.hopwise.lowrank.LowRank;
import org.hopwise.lowrank.Observation;
import org.hopwise.lowrank.Ramp;
import org.hopwise.lowrank.StochasticNetwork;
import org.hopwise.lowrank.Trials;
import org.hopwise.network.HopProfile;
import org.hopwise.network.NullComparison;
import org.hopwise.network.NullSettings;
import org.hopwise.network.Nulls;
import org.hopwise.network.Quantity;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.spark.closure.PackedClosure;
import org.hopwise.sweep.Engine;
import org.hopwise.sweep.Experiment;
import org.hopwise.sweep.Sweep;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Ensembles on executors, bit by bit beside threads. */
@ExtendWith(TestCluster.class)
class EnsembleTest {

    private final SparkEngine engine;

    EnsembleTest(JavaSparkContext context) {
        engine = SparkEngine.of(context);
    }

    private static HopProfile profile() {
        Wiring wiring = Wiring.random(40, 400, Seed.of(2));
        return HopProfile.of(wiring, List.of("unit 1", "unit 2"), List.of("unit 39", "unit 40"), 4);
    }

    @Test
    void drawsOfANullModelAreThoseOfThreadsAndAreKept(@TempDir Path folder) {
        HopProfile profile = profile();
        NullSettings kept = NullSettings.defaults().in(folder);
        NullComparison here = profile.against(Nulls.degree(), 40, Seed.of(3));
        List<String> heard = new ArrayList<>();
        NullComparison there = profile.against(
                Nulls.degree(),
                40,
                Seed.of(3),
                kept.on(engine).listen(progress -> heard.add(progress.done() + " of " + progress.total())));
        assertEquals("40 of 40", heard.get(heard.size() - 1));
        assertEquals(here.notes(), there.notes());
        NullComparison again = profile.against(Nulls.degree(), 60, Seed.of(3), kept);
        for (int hop = 1; hop <= 4; hop++) {
            double[] draws = here.values(Quantity.INFLUENCE, hop);
            assertArrayEquals(draws, there.values(Quantity.INFLUENCE, hop));
            double[] more = again.values(Quantity.INFLUENCE, hop);
            assertEquals(60, more.length);
            assertArrayEquals(
                    draws, IntStream.range(0, 40).mapToDouble(i -> more[i]).toArray());
        }
        assertEquals(16, folder.toFile().list().length, "chains that ran elsewhere are kept here");
    }

    private static void assertSame(Sweep sweep, Engine engine, Experiment experiment) {
        Table here = sweep.run(experiment);
        assertTrue(here.rowCount() > 1
                && here.stringColumn("outcome").isEqualTo("finished").size() == here.rowCount());
        assertEquals(here.printAll(), sweep.on(engine).run(experiment).printAll());
    }

    @Test
    void resamplesOfHopProfilesAreThoseOfThreads() {
        HierarchicalTask task = Tasks.averaging().size(8, 2).steps(4);
        List<RecurrentNetwork> networks = IntStream.range(0, 6)
                .mapToObj(seed -> RecurrentNetwork.random(task, 8, Activation.TANH, Seed.of(seed)))
                .toList();
        assertSame(Sweep.over("resample", IntStream.range(0, 10).boxed().toList()), engine, point -> {
            Draws draws = new Draws(point.seed().named("resample").child((long) point.number("resample")));
            double[] shares = new double[4];
            for (int i = 0; i < networks.size(); i++) {
                RecurrentNetwork drawn = networks.get(draws.below(networks.size()));
                double[] shareOfHop = HopDecomposition.of(drawn.weights(), 4)
                        .profile()
                        .doubleColumn("share")
                        .asDoubleArray();
                for (int hop = 0; hop < shares.length; hop++) {
                    shares[hop] += shareOfHop[hop] / networks.size();
                }
            }
            return Table.create(DoubleColumn.create("share", shares));
        });
    }

    /** Runs that have travelled, and yet are here: the executors of these tests lack the native library of arrays. */
    private record Travelled(int workers) implements Engine {
        @Override
        public void run(Job job, Sink sink) {
            Job there = (Job) PackedClosure.unpack(PackedClosure.pack(job));
            IntStream.range(0, job.runs()).forEach(run -> sink.take(there.attempt(run)));
        }
    }

    @Test
    void fitsOverRanksAndSeedsAreThoseOfThreads() {
        Trials data = StochasticNetwork.of(LowRank.ring(6), Observation.units(0.04))
                .noise(0.2)
                .simulate(8, 20, Seed.of(1));
        LatentFit fit = LatentFit.radam(1e-2).updates(5).batch(4).particles(8).listen(progress -> {});
        assertSame(Sweep.over("rank", List.of(1, 2)).seeds(2), new Travelled(1), point -> {
            int rank = (int) point.number("rank");
            StochasticNetwork start =
                    StochasticNetwork.of(LowRank.random(12, rank, Ramp.RELU, point.seed()), Observation.units(0.1));
            return fit.seed(point.seed()).fit(start, data).history().toTable().last(1);
        });
    }
}
