package org.hopwise.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.graph.Wiring;
import org.hopwise.network.Communities;
import org.hopwise.network.LoadedWiring;
import org.hopwise.network.ModularityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Modules of a wiring diagram. */
@Command(
        name = "communities",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Modules with as much weight inside as they can have, the best of 100 searches.",
            "Writes communities.csv and provenance.json."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hopwise communities edges.csv --gamma 1 --seed 3"})
final class CommunitiesCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--kind",
            paramLabel = "NAME",
            defaultValue = "asymmetric",
            description = "how signs count: absolute, positive, asymmetric, symmetric, simple (${DEFAULT-VALUE})")
    private ModularityKind kind;

    @Option(
            names = "--gamma",
            paramLabel = "G",
            defaultValue = "1",
            description = "resolution; more makes more modules (${DEFAULT-VALUE})")
    private double gamma;

    @Mixin
    private SeedOption random;

    @Override
    public Integer call() {
        if (!(gamma > 0)) {
            throw input.usage("--gamma must be above 0.");
        }
        LoadedWiring loaded = input.loadWiring();
        Wiring wiring = input.signed(loaded);
        Communities found = Communities.of(wiring, kind, gamma, random.seed());
        output.begin(input.file, loaded.notes());
        output.record("kind", kind.toString());
        output.record("gamma", gamma);
        output.record("seed", random.value);
        output.record("modularity", found.modularity());
        output.record("reached", found.reached());
        output.record("agreement", found.agreement());
        output.write(Map.of("communities.csv", found.table()));
        input.spec.commandLine().getOut().print(output.summary(found.toString()));
        input.spec.commandLine().getOut().flush();
        return 0;
    }
}
