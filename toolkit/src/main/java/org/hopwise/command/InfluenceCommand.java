package org.hopwise.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.network.InfluenceRanks;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.LoadedWiring;
import org.hopwise.rnn.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What every source does to every target by walks of all lengths. */
@Command(
        name = "influence",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What every source does to every target by walks of all lengths.",
            "Writes influence.csv and provenance.json. With --resample counts are drawn anew, and the influence of all sources together on each target gets an interval, and so does its rank."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hopwise influence edges.csv --nodes nodes.csv --from role=input --to role=output",
            "  hopwise influence edges.csv --from a,b --to e,f --resample poisson --draws 100",
            "  hopwise influence net.npz --trials trials.npy --hops 12"
        })
final class InfluenceCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    @Mixin
    private WalkOptions bounds;

    @Option(
            names = "--scale-by",
            paramLabel = "NAME",
            defaultValue = "radius",
            description = "radius, or real-part as the ConnectomeInfluenceCalculator has it (${DEFAULT-VALUE})")
    private String scaleBy;

    @Option(
            names = "--resample",
            paramLabel = "HOW",
            description = "poisson, or binomial=RATE where synapses are seen at a known rate")
    private String resample;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "1000",
            description = "draws of the counts (${DEFAULT-VALUE})")
    private int draws;

    @Mixin
    private SeedOption random;

    @Override
    public Integer call() {
        if (!scaleBy.equals("radius") && !scaleBy.equals("real-part")) {
            throw input.usage("--scale-by is '%s'; it must be radius or real-part.".formatted(scaleBy));
        }
        bounds.require(input);
        if (draws < 2) {
            throw input.usage("--draws is %d; it must be 2 or more.".formatted(draws));
        }
        Table table = input.isWiring() ? ofWiring() : ofNetwork();
        output.write(Map.of("influence.csv", table));
        input.spec.commandLine().getOut().print(output.summary("influence of %d pairs".formatted(table.rowCount())));
        input.spec.commandLine().getOut().flush();
        return 0;
    }

    private Table ofWiring() {
        LoadedWiring loaded = input.loadWiring();
        Wiring wiring = input.signed(loaded);
        List<String> from = input.sources(loaded);
        List<String> to = input.targets(loaded);
        output.begin(input.file, loaded.notes());
        InfluenceRanks ranks = scaleBy.equals("radius")
                ? InfluenceRanks.of(wiring, from, to)
                : InfluenceRanks.byRealPart(wiring, from, to);
        ranks.notes().forEach(output::warn);
        output.record("alpha", bounds.alpha);
        output.record("scale", ranks.scale());
        if (resample == null) {
            Table pairs = InfluenceMap.of(
                            wiring.scaled(1 / ranks.scale()), from, to, WalkMeasure.resolvent(bounds.alpha))
                    .toTable();
            return Table.create("influence", pairs.column("from"), pairs.column("to"), pairs.column("influence"));
        }
        output.record("seed", random.value);
        output.warn("edges that were never seen stay unseen in every draw");
        Table table;
        if (resample.equals("poisson")) {
            table = ranks.poisson(bounds.alpha, draws, random.seed());
        } else if (resample.startsWith("binomial=")) {
            table = ranks.binomial(rate(), bounds.alpha, draws, random.seed());
        } else {
            throw input.usage("--resample is '%s'; it must be poisson or binomial=RATE.".formatted(resample));
        }
        StringColumn sources = StringColumn.create("from");
        table.forEach(row -> sources.append("all sources"));
        return table.insertColumn(0, sources);
    }

    private double rate() {
        try {
            return Double.parseDouble(resample.substring("binomial=".length()));
        } catch (NumberFormatException word) {
            throw input.usage("--resample is '%s'; the rate must be a number.".formatted(resample));
        }
    }

    private Table ofNetwork() {
        LoadedNetwork network = input.network();
        Weights weights = input.weights(network, input.inputs());
        output.begin(input.file, network.notes());
        output.record("taken", InputOptions.taken(network));
        output.record("matrix", input.choice().toString().toLowerCase(java.util.Locale.ROOT));
        output.record("leak", network.leak());
        output.record("hops", bounds.hops);
        HopDecomposition walks = HopDecomposition.of(weights, bounds.hops);
        Table pairs = InfluenceMap.of(walks.total(WalkMeasure.powers())).toTable();
        return Table.create("influence", pairs.column("from"), pairs.column("to"), pairs.column("influence"));
    }
}
