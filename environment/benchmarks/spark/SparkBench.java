import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.spark.SparkEngine;
import org.hopwise.spark.SparkWiring;
import org.hopwise.sweep.Engine;
import org.hopwise.sweep.Experiment;
import org.hopwise.sweep.Sweep;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** What {@code environment/bench spark} times: one work a call, its numbers as JSON in the last line of the output. */
final class SparkBench {

    private static final Map<String, Object> FOUND = new LinkedHashMap<>();
    private static final int SOURCES = 32;

    private SparkBench() {}

    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[1]);
        int turns = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setAppName("hopwise bench"))) {
            Engine executors = SparkEngine.of(context);
            Sweep.over("x", List.of(1, 2)).on(executors).run(SparkBench::nothing);
            FOUND.put("start", seconds(start));
            switch (arguments[0]) {
                case "sweeps" -> sweeps(context, executors, size, turns);
                case "driver" -> driver(executors, size, Path.of(arguments[3]));
                case "hops" -> hops(context, size, turns, true);
                case "large" -> hops(context, size, turns, false);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println(new Gson().toJson(FOUND));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Table nothing(org.hopwise.sweep.SweepPoint point) {
        return Table.create(DoubleColumn.create("y", point.number("x")));
    }

    private static Experiment training() {
        HierarchicalTask task = Tasks.averaging();
        Trainer trainer = Trainer.adam(1e-3).updates(1000).batch(64).penalty(Penalty.hopwise(1e-3, 0.8, 10));
        return point -> {
            RecurrentNetwork network = RecurrentNetwork.random(task, 32, Activation.TANH, point.seed());
            double[] losses = trainer.seed(point.seed())
                    .train(network, task)
                    .history()
                    .toTable()
                    .doubleColumn("loss")
                    .asDoubleArray();
            return Table.create(DoubleColumn.create("loss", losses[losses.length - 1]));
        };
    }

    /** Trainings on two threads and two executors in turns, after one of warming; empty runs; a lost executor. */
    private static void sweeps(JavaSparkContext context, Engine executors, int runs, int turns) {
        Sweep sweep = Sweep.over("x", List.of(0)).seeds(runs);
        Experiment training = training();
        List<Double> walls = new ArrayList<>();
        List<Double> processors = new ArrayList<>();
        String here = "";
        boolean same = true;
        for (int turn = 0; turn <= turns; turn++) {
            double[] threads = new double[2];
            double[] spark = new double[2];
            for (int side = 0; side < 2; side++) {
                boolean isSpark = (side + turn) % 2 == 1;
                double before = processor(context);
                long start = System.nanoTime();
                String table = sweep.on(isSpark ? executors : Engine.threads(2)).run(training).printAll();
                double[] times = isSpark ? spark : threads;
                times[0] = seconds(start);
                times[1] = processor(context) - before;
                here = here.isEmpty() ? table : here;
                same &= table.equals(here);
            }
            if (turn > 0) {
                walls.add(spark[0] / threads[0]);
                processors.add(spark[1] / threads[1]);
            }
        }
        FOUND.put("wall", walls);
        FOUND.put("processor", processors);
        FOUND.put("same", same);

        List<Integer> many = IntStream.range(0, 500).boxed().toList();
        long start = System.nanoTime();
        Sweep.over("x", many).on(executors).run(SparkBench::nothing);
        FOUND.put("empty", seconds(start) / many.size());

        AtomicReference<String> said = new AtomicReference<>("");
        long again = System.nanoTime();
        String table = sweep.on(executors)
                .listen(progress -> {
                    if (said.get().isEmpty()) {
                        executors(context).get(0).destroyForcibly();
                    }
                    said.set(progress.detail().isEmpty() ? "-" : progress.detail());
                })
                .run(training)
                .printAll();
        FOUND.put("lost", said.get());
        FOUND.put("lost seconds", seconds(again));
        FOUND.put("lost same", table.equals(here));
    }

    /** Processor seconds of this process and of the executors, which are on this machine. */
    private static double processor(JavaSparkContext context) {
        var own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double there = executors(context).stream()
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
        return own.getProcessCpuTime() / 1e9 + there;
    }

    private static List<ProcessHandle> executors(JavaSparkContext context) {
        String ours = "--app-id " + context.sc().applicationId();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(ours))
                .toList();
    }

    /** Trainings that are kept; whoever called kills this process, and calls again. */
    private static void driver(Engine executors, int runs, Path folder) {
        Table table = Sweep.over("x", List.of(0))
                .seeds(runs)
                .in(folder)
                .on(executors)
                .listen(progress -> FOUND.putIfAbsent("first", progress.detail()))
                .run(training());
        FOUND.put("same", table.printAll()
                .equals(Sweep.over("x", List.of(0)).seeds(runs).run(training()).printAll()));
    }

    /** One hop of a wiring on the executors, beside one machine. */
    private static void hops(JavaSparkContext context, int edges, int turns, boolean isCompared) {
        int units = Math.max(1000, edges / 357);
        List<String> from = IntStream.rangeClosed(1, SOURCES).mapToObj(i -> "unit " + i).toList();
        List<Double> there = new ArrayList<>();
        List<Double> here = new ArrayList<>();
        long start = System.nanoTime();
        try (SparkWiring wiring = SparkWiring.random(context, units, edges, Seed.of(1))) {
            FOUND.put("filled", seconds(start));
            FOUND.put("wiring", wiring.toString());
            Wiring whole = isCompared ? Wiring.random(units, edges, Seed.of(1)) : null;
            for (int turn = 0; turn <= turns; turn++) {
                double one = hop(hops -> HopDecomposition.of(wiring, from, from, hops));
                double other = isCompared ? hop(hops -> HopDecomposition.of(whole, from, from, hops)) : Double.NaN;
                if (turn > 0) {
                    there.add(one);
                    here.add(other);
                }
            }
        }
        FOUND.put("there", there);
        if (isCompared) {
            FOUND.put("here", here);
        }
    }

    private interface Walk {
        HopDecomposition of(int hops);
    }

    /** Four hops less one, so that what comes once is not counted. */
    private static double hop(Walk walk) {
        long start = System.nanoTime();
        walk.of(1);
        double one = seconds(start);
        start = System.nanoTime();
        walk.of(4);
        return (seconds(start) - one) / 3;
    }
}
