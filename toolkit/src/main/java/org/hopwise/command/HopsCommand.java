package org.hopwise.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.machine.Cores;
import org.hopwise.network.HopProfile;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.LoadedWiring;
import org.hopwise.network.NullComparison;
import org.hopwise.network.NullModel;
import org.hopwise.network.NullSettings;
import org.hopwise.network.Nulls;
import org.hopwise.network.Quantity;
import org.hopwise.rnn.Weights;
import org.hopwise.stats.NullTest;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Which path lengths carry input to output, and whether that is more than chance. */
@Command(
        name = "hops",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Which path lengths carry input to output, and whether that is more than chance.",
            "Writes hops.csv, profile.csv and provenance.json; of a leaky network also synapses.csv, the same walks by synapses."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hopwise hops net.npz --trials trials.npy --hops 8 --null weights,spectrum --draws 320",
            "  hopwise hops net.npz --matrix raw",
            "  hopwise hops edges.csv --nodes nodes.csv --from role=input --to role=output --hops 4 --null degree --draws 200 --seed 7 --resume"
        })
final class HopsCommand implements Callable<Integer>, Hopwise.Terminal {

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    @Mixin
    private WalkOptions bounds;

    @Option(
            names = "--null",
            paramLabel = "NAME",
            split = ",",
            description =
                    "null models: weights, rows, columns, degree, degree-signed, classes, strength, synapses, spectrum, roles")
    private List<String> nulls = List.of();

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "1000",
            description = "draws of each null model (${DEFAULT-VALUE})")
    private int draws;

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            defaultValue = "influence",
            description = "what is tested: influence, absolute or share (${DEFAULT-VALUE})")
    private Quantity measure;

    @Option(names = "--loops", paramLabel = "shuffle", description = "shuffle edges from a unit to itself too")
    private String loops;

    @Option(
            names = "--scale",
            paramLabel = "NAME",
            defaultValue = "own",
            description = "draws at their own radius or at the observed one: own, observed (${DEFAULT-VALUE})")
    private String scale;

    @Mixin
    private SeedOption random;

    @Option(names = "--threads", paramLabel = "N", description = "threads (all cores); changes no number")
    private Integer threads;

    @Option(names = "--resume", description = "go on from the draws that an interrupted run kept in the output folder")
    private boolean resume;

    private boolean terminal;

    @Override
    public void terminal(boolean isTerminal) {
        terminal = isTerminal;
    }

    @Override
    public Integer call() {
        require();
        Map<String, Table> tables = new LinkedHashMap<>();
        HopDecomposition walks;
        HopProfile profile;
        if (input.isWiring()) {
            LoadedWiring loaded = input.loadWiring();
            Wiring wiring = input.signed(loaded);
            List<String> from = input.sources(loaded);
            List<String> to = input.targets(loaded);
            profile = HopProfile.of(wiring, from, to, bounds.hops, bounds.alpha);
            walks = HopDecomposition.of(wiring.scaled(profile.factor()), from, to, bounds.hops);
            output.begin(input.file, loaded.notes());
            output.record("alpha", bounds.alpha);
            output.record("radius", bounds.alpha / profile.factor());
            output.record("scale", scale);
        } else if (isGated()) {
            walks = input.gated();
            profile = HopProfile.of(walks);
            output.begin(input.file, List.of("gated: hops of the mean Jacobian over trials"));
            output.record("matrix", "jacobian");
        } else {
            LoadedNetwork network = input.network();
            INDArray inputs = input.inputs();
            Weights weights = input.weights(network, inputs);
            walks = HopDecomposition.of(weights, bounds.hops);
            profile = HopProfile.of(weights, bounds.hops);
            output.begin(input.file, network.notes());
            record(network, weights);
            if (network.leak() < 1 && input.choice() != InputOptions.MatrixChoice.RAW) {
                HopDecomposition crossed = inputs == null || input.choice() == InputOptions.MatrixChoice.LEAK
                        ? network.synapses(bounds.hops)
                        : network.synapses(inputs, bounds.hops);
                tables.put("synapses.csv", HopProfile.of(crossed).table());
            }
        }
        output.record("hops", bounds.hops);
        tables.put("hops.csv", pairs(walks));
        tables.put("profile.csv", profile(profile));
        output.write(tables);
        out().print(output.summary(profile.toString()));
        out().flush();
        return 0;
    }

    private boolean isGated() {
        try {
            input.network();
            return false;
        } catch (org.hopwise.FileRefusedException refused) {
            if (refused.kind() == org.hopwise.FileRefusedException.Kind.GATED && input.trials != null) {
                return true;
            }
            throw refused;
        }
    }

    private void record(LoadedNetwork network, Weights weights) {
        output.record("taken", InputOptions.taken(network));
        output.record("matrix", input.choice().toString().toLowerCase(Locale.ROOT));
        output.record("leak", network.leak());
        double radius = weights.spectralRadius();
        output.record("radius", radius);
        if (radius >= 1) {
            String next = switch (input.choice()) {
                case RAW -> "--matrix leak may be below 1";
                case LEAK -> "--trials gives the effective matrix";
                case EFFECTIVE -> "more hops add more";
            };
            output.warn(String.format(
                    Locale.ROOT,
                    "the radius is %.6g, so walks of all lengths have no sum; %d hops do, and %s",
                    radius,
                    bounds.hops,
                    next));
        }
    }

    private void require() {
        bounds.require(input);
        if (draws < 1 || (threads != null && threads < 1)) {
            throw input.usage("--draws and --threads must be 1 or more.");
        }
        if (!scale.equals("own") && !scale.equals("observed")) {
            throw input.usage("--scale is '%s'; it must be own or observed.".formatted(scale));
        }
        if (loops != null && !loops.equals("shuffle") && !loops.equals("keep")) {
            throw input.usage("--loops is '%s'; it must be shuffle or keep.".formatted(loops));
        }
        for (String name : nulls) {
            if (!Nulls.names().contains(name)) {
                throw input.usage("--null names '%s'; there are %s.".formatted(name, Nulls.names()));
            }
        }
        if (!nulls.isEmpty() && draws < NullTest.fewestDraws(bounds.hops)) {
            throw new IllegalArgumentException(
                    "%d draws are too few nulls for p values of %d hops after Holm; use --draws %d or more."
                            .formatted(draws, bounds.hops, NullTest.fewestDraws(bounds.hops)));
        }
    }

    private Table profile(HopProfile profile) {
        if (nulls.isEmpty()) {
            return profile.table();
        }
        output.record("seed", random.value);
        Path kept = output.out.toAbsolutePath().resolve("draws");
        if (!resume) {
            forget(kept);
        }
        ProgressLines lines = new ProgressLines(err(), terminal);
        NullSettings settings = NullSettings.defaults().threads(threads == null ? Cores.count() : threads);
        settings = (output.quiet ? settings : settings.listen(lines)).in(kept);
        Table all = null;
        for (String name : nulls) {
            NullModel model = Nulls.named(name);
            model = loops != null && loops.equals("shuffle") ? model.shufflingLoops() : model;
            NullComparison comparison;
            try {
                comparison = profile.against(model, draws, random.seed(), settings);
            } finally {
                lines.close();
            }
            comparison = scale.equals("observed") ? comparison.observedScale() : comparison;
            comparison.notes().forEach(note -> output.warn(name + ": " + note));
            Table one = comparison.table(measure);
            all = all == null ? one : all.append(one);
        }
        return all;
    }

    private static void forget(Path kept) {
        if (!Files.isDirectory(kept)) {
            return;
        }
        try (var files = Files.newDirectoryStream(kept, "null-*.csv")) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("%s cannot be cleared; choose another --out.".formatted(kept), failure);
        }
    }

    /** hop, from, to, influence, share of the sum of moduli. */
    private static Table pairs(HopDecomposition walks) {
        Table table = walks.toTable();
        double total = 0;
        for (double influence : table.doubleColumn("influence")) {
            total += Math.abs(influence);
        }
        DoubleColumn share = DoubleColumn.create("share");
        for (double influence : table.doubleColumn("influence")) {
            share.append(total == 0 ? 0 : Math.abs(influence) / total);
        }
        return table.addColumns(share);
    }

    private PrintWriter out() {
        return input.spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return input.spec.commandLine().getErr();
    }
}
