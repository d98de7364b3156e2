package org.hopwise.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hopwise.io.NetworkFile;
import org.hopwise.io.WiringFile;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.LoadedWiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file in another format. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"A network as npz or safetensors, rows being targets; a wiring diagram as csv or graphml."},
        footerHeading = "%nExamples:%n",
        footer = {"  hopwise convert net.npz --out net.safetensors", "  hopwise convert edges.csv --out edges.graphml"})
final class ConvertCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "a name that ends in .npz, .safetensors, .csv or .graphml")
    private Path out;

    @Option(names = "--quiet", description = "no summary")
    private boolean quiet;

    @Override
    public Integer call() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        String told;
        if (name.endsWith(".npz") || name.endsWith(".safetensors")) {
            LoadedNetwork network = input.network();
            NetworkFile.save(network, out);
            told = network.toString();
        } else if (name.endsWith(".csv") || name.endsWith(".graphml")) {
            LoadedWiring loaded = input.loadWiring();
            WiringFile.save(input.signed(loaded), out);
            told = loaded.toString();
        } else {
            throw input.usage(
                    "--out is '%s'; its name must end in .npz, .safetensors, .csv or .graphml.".formatted(out));
        }
        if (!quiet) {
            input.spec.commandLine().getOut().println(told);
            input.spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
