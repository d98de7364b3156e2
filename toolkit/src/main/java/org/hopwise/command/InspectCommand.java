package org.hopwise.command;

import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hopwise.io.ArrayFile;
import org.hopwise.network.FileContents;
import org.hopwise.network.LoadedWiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is in a file. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What is in a file: names, types and shapes of its arrays, read without their numbers; units and edges of a wiring diagram."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hopwise inspect net.npz", "  hopwise inspect edges.csv --json"})
final class InspectCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = input.spec.commandLine().getOut();
        if (input.isWiring()) {
            LoadedWiring loaded = input.loadWiring();
            if (json) {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("units", loaded.wiring().names().size());
                told.put("edges", loaded.wiring().edges());
                told.put("columns", loaded.units().columnNames());
                told.put("notes", loaded.notes());
                print(told, out);
            } else {
                out.println(loaded);
            }
        } else {
            FileContents contents = ArrayFile.inspect(input.file);
            if (json) {
                print(contents, out);
            } else {
                out.println(contents);
            }
        }
        out.flush();
        return 0;
    }

    private static void print(Object told, PrintWriter out) {
        out.println(new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(told));
    }
}
