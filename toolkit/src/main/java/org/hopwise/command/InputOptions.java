package org.hopwise.command;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.Wiring;
import org.hopwise.io.ArrayFile;
import org.hopwise.io.NetworkFile;
import org.hopwise.io.TextOptions;
import org.hopwise.io.WiringFile;
import org.hopwise.network.Layout;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.LoadedWiring;
import org.hopwise.network.NamedArray;
import org.hopwise.network.Naming;
import org.hopwise.network.Role;
import org.hopwise.network.UnitFunction;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The file that is asked about, and what it does not say itself. */
final class InputOptions {

    /** Which weights walks run on. */
    enum MatrixChoice {
        RAW,
        LEAK,
        EFFECTIVE
    }

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "network (npz, npy, pt, safetensors, json) or wiring diagram (csv, tsv, txt, graphml, npz, npy)")
    Path file;

    @Option(
            names = "--matrix",
            paramLabel = "NAME",
            description = "raw, leak or effective (effective with --trials, else leak)")
    MatrixChoice matrix;

    @Option(names = "--trials", paramLabel = "FILE", description = "inputs, steps x trials x inputs (npy or npz)")
    Path trials;

    @Option(names = "--leak", paramLabel = "A", description = "leak a = dt / tau")
    Double leak;

    @Option(names = "--dt", paramLabel = "DT", description = "time step")
    Double dt;

    @Option(names = "--tau", paramLabel = "TAU", description = "time constant")
    Double tau;

    @Option(names = "--form", paramLabel = "NAME", description = "current or rate")
    Form form;

    @Option(names = "--activation", paramLabel = "NAME", description = "linear, tanh, relu, softplus or sigmoid")
    String activation;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "torch (rows are targets) or keras (rows are sources)")
    Layout layout;

    @Option(
            names = "--take",
            paramLabel = "ROLE=NAME",
            description = "which array is which, such as recurrent=rnn.w; two factors with a comma")
    Map<String, String> take = new LinkedHashMap<>();

    @Option(names = "--lowrank-scale", paramLabel = "C", description = "factor before low-rank factors m n (1 / units)")
    Double lowRankScale;

    @Option(
            names = "--from",
            paramLabel = "UNITS",
            description = "sources of a wiring diagram: names with commas, or column=value of --nodes")
    String from;

    @Option(names = "--to", paramLabel = "UNITS", description = "targets, as --from")
    String to;

    @Option(names = "--nodes", paramLabel = "FILE", description = "table of the units, their name in the first column")
    Path nodes;

    @Option(
            names = "--negative",
            paramLabel = "UNITS",
            description = "units whose outgoing edges are negative, as --from")
    String negative;

    @Option(names = "--encoding", paramLabel = "NAME", description = "encoding of text, where it is not UTF-8")
    String encoding;

    @Option(names = "--edges", description = "an edge list, even if it could be a matrix")
    boolean edges;

    @Option(names = "--rows", paramLabel = "targets", description = "rows of a matrix are targets (sources)")
    String rows;

    @Option(names = "--undirected", description = "every edge counts both ways")
    boolean undirected;

    @Option(
            names = "--duplicates",
            paramLabel = "error",
            description = "refuse edges that are named twice (add them up)")
    String duplicates;

    @Option(names = "--weight", paramLabel = "COLUMN", description = "column of the weights")
    String weight;

    /** Whether the file is asked about as a wiring diagram: sources are named, or it is text. */
    boolean isWiring() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return from != null
                || to != null
                || nodes != null
                || Arrays.asList("csv", "tsv", "txt", "graphml", "xml")
                        .contains(name.substring(name.lastIndexOf('.') + 1));
    }

    CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    Naming naming() {
        try {
            Naming naming = Naming.guessed();
            for (Map.Entry<String, String> taken : take.entrySet()) {
                naming = naming.take(role(taken.getKey()), taken.getValue().split(","));
            }
            naming = layout == null ? naming : naming.layout(layout);
            naming = leak == null ? naming : naming.leak(leak);
            if (dt != null || tau != null) {
                if (dt == null || tau == null) {
                    throw usage("--dt and --tau go together; give both, or --leak.");
                }
                naming = naming.timeConstants(dt, tau);
            }
            naming = form == null ? naming : naming.form(form);
            naming = activation == null ? naming : naming.activation(UnitFunction.of(activation));
            return lowRankScale == null ? naming : naming.lowRankScale(lowRankScale);
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    private Role role(String name) {
        for (Role role : Role.values()) {
            if (role.toString().equalsIgnoreCase(name) || role.name().equalsIgnoreCase(name)) {
                return role;
            }
        }
        throw usage("--take names the role '%s'; there are %s.".formatted(name, Arrays.toString(Role.values())));
    }

    LoadedNetwork network() {
        return NetworkFile.load(file, naming());
    }

    /** The inputs of --trials; null without. */
    INDArray inputs() {
        if (trials == null) {
            return null;
        }
        List<NamedArray> all = new ArrayList<>(ArrayFile.read(trials).values());
        List<NamedArray> fitting =
                all.stream().filter(array -> array.header().shape().size() == 3).toList();
        if (fitting.size() != 1) {
            throw FileRefusedException.of(
                            fitting.isEmpty() ? Kind.SHAPE : Kind.AMBIGUOUS,
                            "",
                            "has %d arrays of steps x trials x inputs; give one.".formatted(fitting.size()))
                    .in(trials);
        }
        return fitting.get(0).array();
    }

    /** Which matrix is asked for. */
    MatrixChoice choice() {
        if (matrix == MatrixChoice.EFFECTIVE && trials == null) {
            throw usage("--matrix effective takes slopes from runs; give inputs with --trials FILE.");
        }
        return matrix != null ? matrix : trials != null ? MatrixChoice.EFFECTIVE : MatrixChoice.LEAK;
    }

    Weights weights(LoadedNetwork network, INDArray inputs) {
        return switch (choice()) {
            case RAW -> network.weights();
            case LEAK -> network.leaky();
            case EFFECTIVE -> network.effective(inputs);
        };
    }

    /** Hops of a GRU or LSTM, by its mean Jacobian; null if the file is none or no trials are given. */
    HopDecomposition gated() {
        return trials == null
                ? null
                : HopDecomposition.ofMaps(NetworkFile.loadGated(file).meanJacobian(inputs()));
    }

    LoadedWiring loadWiring() {
        TextOptions options = TextOptions.defaults();
        if (encoding != null) {
            try {
                options = options.encoding(Charset.forName(encoding));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw usage("--encoding is '%s', which this JVM does not know; try UTF-8 or windows-1252."
                        .formatted(encoding));
            }
        }
        options = weight == null ? options : options.weight(weight);
        options = edges ? options.edges() : options;
        options = told("--rows", rows, "targets") ? options.rowsTargets() : options;
        options = undirected ? options.bothWays() : options;
        options = told("--duplicates", duplicates, "error") ? options.distinct() : options;
        return WiringFile.load(file, options);
    }

    private boolean told(String option, String value, String word) {
        if (value == null) {
            return false;
        }
        if (!value.equals(word) && !value.equals(word.equals("targets") ? "sources" : "add")) {
            throw usage("%s is '%s'; it must be %s or %s."
                    .formatted(option, value, word, word.equals("targets") ? "sources" : "add"));
        }
        return value.equals(word);
    }

    /** The wiring with the signs that are asked for. */
    Wiring signed(LoadedWiring loaded) {
        return negative == null
                ? loaded.wiring()
                : loaded.wiring().withInhibitory(units(loaded, "--negative", negative));
    }

    List<String> sources(LoadedWiring loaded) {
        return units(loaded, "--from", from);
    }

    List<String> targets(LoadedWiring loaded) {
        return units(loaded, "--to", to);
    }

    /** Units by name, or by a column of the nodes' table. */
    private List<String> units(LoadedWiring loaded, String option, String value) {
        if (value == null) {
            throw usage("%s is missing; name units of the wiring diagram.".formatted(option));
        }
        int equals = value.indexOf('=');
        List<String> known = loaded.wiring().names();
        if (equals < 0) {
            List<String> names =
                    Arrays.stream(value.split(",")).map(String::trim).toList();
            for (String name : names) {
                if (!known.contains(name)) {
                    throw usage("%s names '%s', which is not among the %d units, such as '%s'."
                            .formatted(option, name, known.size(), known.isEmpty() ? "" : known.get(0)));
                }
            }
            return names;
        }
        Table table = nodes == null ? loaded.units() : WiringFile.units(nodes);
        String column = value.substring(0, equals);
        if (!table.containsColumn(column)) {
            throw usage("%s asks for column '%s'; there are %s.".formatted(option, column, table.columnNames()));
        }
        List<String> found = new ArrayList<>();
        StringColumn names = table.column(0).asStringColumn();
        StringColumn values = table.column(column).asStringColumn();
        for (int row = 0; row < table.rowCount(); row++) {
            if (values.get(row).equals(value.substring(equals + 1)) && known.contains(names.get(row))) {
                found.add(names.get(row));
            }
        }
        if (found.isEmpty()) {
            throw usage("%s %s fits no unit of the wiring diagram.".formatted(option, value));
        }
        return found;
    }

    /** Names taken and turned. */
    static Map<String, Object> taken(LoadedNetwork network) {
        Map<String, Object> taken = new LinkedHashMap<>();
        network.names().forEach((role, names) -> taken.put(role.toString(), names));
        taken.put("turned", network.transposed().stream().map(Role::toString).toList());
        return taken;
    }
}
