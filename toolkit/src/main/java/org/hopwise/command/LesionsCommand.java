package org.hopwise.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.graph.Wiring;
import org.hopwise.network.Lesions;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.LoadedWiring;
import org.hopwise.rnn.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** What is lost without a unit, a route or a hop. */
@Command(
        name = "lesions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What is lost without each unit and each hop.",
            "Writes lesions.csv and provenance.json. The error of a network is that of its output for white input, of a wiring diagram the lost fraction of the absolute influence."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hopwise lesions net.npz --trials trials.npy --hops 8",
            "  hopwise lesions edges.csv --from a --to f --silence b,c"
        })
final class LesionsCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    @Mixin
    private WalkOptions bounds;

    @Option(
            names = "--silence",
            paramLabel = "UNITS",
            split = ",",
            description = "silence these units together, instead of every one alone")
    private List<String> together = List.of();

    @Option(names = "--remove", description = "units receive nothing either")
    private boolean remove;

    @Option(names = "--keep-sources", description = "silenced sources of a wiring diagram still inject")
    private boolean keepSources;

    @Option(
            names = "--scale",
            paramLabel = "NAME",
            defaultValue = "observed",
            description =
                    "lesioned wiring diagrams at the intact one's radius or at their own: observed, own (${DEFAULT-VALUE})")
    private String scale;

    @Option(names = "--renormalise", description = "the same as --scale own")
    private boolean renormalise;

    @Override
    public Integer call() {
        bounds.require(input);
        if (!scale.equals("own") && !scale.equals("observed")) {
            throw input.usage("--scale is '%s'; it must be own or observed.".formatted(scale));
        }
        boolean own = renormalise || scale.equals("own");
        Lesions lesions;
        if (input.isWiring()) {
            LoadedWiring loaded = input.loadWiring();
            Wiring wiring = input.signed(loaded);
            lesions = Lesions.of(wiring, input.sources(loaded), input.targets(loaded), bounds.hops, bounds.alpha);
            output.begin(input.file, loaded.notes());
            output.record("alpha", bounds.alpha);
            output.record("scale", own ? "own" : "observed");
        } else {
            LoadedNetwork network = input.network();
            Weights weights = input.weights(network, input.inputs());
            lesions = Lesions.of(weights, bounds.hops);
            output.begin(input.file, network.notes());
            output.record("taken", InputOptions.taken(network));
            output.record("matrix", input.choice().toString().toLowerCase(java.util.Locale.ROOT));
            output.record("leak", network.leak());
        }
        output.record("hops", bounds.hops);
        lesions = keepSources ? lesions.keepingSources() : lesions;
        lesions = own ? lesions.renormalising() : lesions;
        Table table;
        if (together.isEmpty()) {
            table = remove ? lesions.removed() : lesions.silenced();
        } else {
            table = lesions.silenced(Map.of(String.join(" ", together), together));
        }
        table = table.append(lesions.hops());
        output.write(new LinkedHashMap<>(Map.of("lesions.csv", table)));
        String first = table.rowCount() == 0 ? "" : Arrays.toString(new String[] {table.getString(0, "what")});
        input.spec
                .commandLine()
                .getOut()
                .print(output.summary("%d lesions, worst %s".formatted(table.rowCount(), first)));
        input.spec.commandLine().getOut().flush();
        return 0;
    }
}
