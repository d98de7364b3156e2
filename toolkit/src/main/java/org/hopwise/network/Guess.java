package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.Candidates.Candidate;

/**
 * Which array is which. Names of the known libraries come first, then shapes; where two readings fit, it is the reader who
 * decides.
 */
final class Guess {

    private static final String INPUT = "(?:w_?(?:in|inp|ih|input)|input(?:_layer|_weights?)?)(?:\\.weight)?";
    private static final String RECURRENT = "(?:w_?(?:rec|hh|recurrent)|recurrent(?:_layer|_weights?)?)(?:\\.weight)?";
    private static final String OUTPUT = "(?:w_?(?:out|output|ho)|output(?:_layer|_weights?)?)(?:\\.weight)?";
    private static final String HIDDEN_BIAS = "b_?(?:rec|h|hh)|bias(?:_rec)?|hidden_?bias";
    private static final String OUTPUT_BIAS = "b_?(?:out|o)|bias_out|output_?bias";
    private static final String READOUT = "(?:fc|linear|readout|out|decoder|output|head)\\.weight";
    private static final String INITIAL = "init_state|y_init|x0|initial_?state";

    private final FileContents contents;
    private final Naming naming;
    private final Candidates candidates;
    private final Taken taken = new Taken();
    private Layout layout;
    private boolean named = true;
    private long units;

    private Guess(FileContents contents, Naming naming) {
        this.contents = contents;
        this.naming = naming;
        this.candidates = new Candidates(contents);
        this.layout = naming.layout();
    }

    static Taken of(FileContents contents, Naming naming, Function<String, NamedArray> reader) {
        Guess guess = new Guess(contents, naming);
        Gates.refuse(guess.candidates, naming);
        guess.told();
        guess.byName();
        guess.requireRecurrent();
        guess.byShape();
        guess.orient();
        guess.requireBiases();
        DynamicsReader.read(guess.taken, contents, naming, reader);
        return guess.taken;
    }

    /** Arrays that the reader named. */
    private void told() {
        naming.take().forEach((role, names) -> {
            List<ArrayHeader> headers = new ArrayList<>();
            for (String name : names) {
                headers.add(contents.arrays().stream()
                        .filter(header -> header.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> FileRefusedException.of(
                                Kind.MISSING,
                                "",
                                "has no numeric array %s; it has %s."
                                        .formatted(
                                                FileRefusedException.quote(name),
                                                Candidates.list(contents.arrays())))));
            }
            taken.put(role, headers.toArray(ArrayHeader[]::new));
        });
    }

    private void put(Role role, Candidate... found) {
        ArrayHeader[] headers = Arrays.stream(found)
                .filter(Objects::nonNull)
                .map(Candidate::header)
                .toArray(ArrayHeader[]::new);
        if (headers.length > 0 && !taken.has(role)) {
            taken.put(role, headers);
        }
    }

    /** The recurrent array of one library's name; null if another was told or none has it. */
    private Candidate recurrent(String pattern) {
        if (taken.has(Role.RECURRENT)) {
            return candidates.matching(pattern).stream()
                    .filter(candidate -> candidate.header().equals(taken.first(Role.RECURRENT)))
                    .findFirst()
                    .orElse(null);
        }
        Candidate found = candidates.only(Role.RECURRENT, pattern);
        put(Role.RECURRENT, found);
        return found;
    }

    private void byName() {
        Candidate torch = recurrent("weight_hh(?:_l0)?");
        if (torch != null) {
            String end = torch.bare().endsWith("_l0") ? "_l0" : "";
            String of = torch.parent();
            put(Role.INPUT, candidates.named(of + "weight_ih" + end));
            put(Role.HIDDEN_BIAS, candidates.named(of + "bias_ih" + end), candidates.named(of + "bias_hh" + end));
            linear();
            return;
        }
        Candidate course = recurrent("h2h\\.weight");
        if (course != null) {
            String of = course.bare().substring(0, course.bare().length() - "h2h.weight".length());
            put(Role.INPUT, candidates.named(of + "input2h.weight"));
            put(Role.HIDDEN_BIAS, candidates.named(of + "input2h.bias"), candidates.named(of + "h2h.bias"));
            linear();
            taken.notes.add("rate or current form is not in the file");
            return;
        }
        if (!sourcesInRows()) {
            generic();
        }
    }

    /** Keras, Flax and Haiku, whose rows are sources. */
    private boolean sourcesInRows() {
        Candidate keras = recurrent("recurrent_kernel");
        Candidate flax = keras == null ? recurrent("h\\.kernel") : null;
        Candidate haiku =
                keras == null && flax == null ? recurrent("vanilla_rnn(?:_[0-9]+)?(?:\\.~)?\\.linear_1\\.w") : null;
        if (keras != null) {
            put(Role.INPUT, candidates.named(keras.parent() + "kernel"));
            put(Role.HIDDEN_BIAS, candidates.named(keras.parent() + "bias"));
        } else if (flax != null) {
            String of = flax.bare().substring(0, flax.bare().length() - "h.kernel".length());
            put(Role.INPUT, candidates.named(of + "i.kernel"));
            put(Role.HIDDEN_BIAS, candidates.named(of + "i.bias"), candidates.named(of + "h.bias"));
        } else if (haiku != null) {
            String of = haiku.bare().substring(0, haiku.bare().length() - "linear_1.w".length());
            put(Role.INPUT, candidates.named(of + "linear.w"));
            put(Role.HIDDEN_BIAS, candidates.named(of + "linear.b"), candidates.named(of + "linear_1.b"));
            taken.function = UnitFunction.of("relu");
        } else {
            return false;
        }
        layout = layout == null ? Layout.KERAS : layout;
        return true;
    }

    /** A read-out by the usual names of a linear layer. */
    private void linear() {
        List<ArrayHeader> found = candidates.matching(READOUT).stream()
                .map(Candidate::header)
                .filter(header -> header.isMatrix() && fits(header.columns()))
                .toList();
        if (!taken.has(Role.OUTPUT) && !found.isEmpty()) {
            if (found.size() > 1) {
                throw Candidates.ambiguous(Role.OUTPUT, found);
            }
            taken.put(Role.OUTPUT, found.get(0));
        }
    }

    /** Whether a read-out of so many columns can follow on the recurrent weights that were found. */
    private boolean fits(long columns) {
        return !taken.has(Role.RECURRENT) || taken.first(Role.RECURRENT).shape().contains(columns);
    }

    /** W_in, W_rec, W_out and their like: PsychRNN, trainRNNbrain, smc_rnns, ours. */
    private void generic() {
        Candidate full = recurrent(RECURRENT);
        if (!taken.has(Role.RECURRENT)) {
            lowRank();
        }
        if (!taken.has(Role.INPUT)) {
            put(Role.INPUT, candidates.only(Role.INPUT, INPUT));
        }
        if (!taken.has(Role.OUTPUT)) {
            put(Role.OUTPUT, candidates.only(Role.OUTPUT, OUTPUT));
        }
        linear();
        if (!taken.has(Role.HIDDEN_BIAS)) {
            put(Role.HIDDEN_BIAS, candidates.only(Role.HIDDEN_BIAS, HIDDEN_BIAS));
        }
        if (!taken.has(Role.HIDDEN_BIAS) && full != null) {
            put(Role.HIDDEN_BIAS, sibling(Role.INPUT), sibling(Role.RECURRENT));
        }
        if (!taken.has(Role.OUTPUT_BIAS)) {
            put(Role.OUTPUT_BIAS, candidates.only(Role.OUTPUT_BIAS, OUTPUT_BIAS));
        }
        named = full != null || (taken.has(Role.RECURRENT) && taken.has(Role.INPUT) && taken.has(Role.OUTPUT));
    }

    private void lowRank() {
        Candidate left = candidates.only(Role.RECURRENT, "m");
        Candidate right = candidates.only(Role.RECURRENT, "n");
        if (left != null
                && right != null
                && left.header().isMatrix()
                && right.header().isMatrix()) {
            taken.put(Role.RECURRENT, left.header(), right.header());
        }
    }

    /** The bias of the layer of which a weight was taken. */
    private Candidate sibling(Role role) {
        if (!taken.has(role)) {
            return null;
        }
        ArrayHeader weight = taken.first(role);
        return candidates.all().stream()
                .filter(candidate -> candidate.header().equals(weight)
                        && !bias(candidate.bare()).equals(candidate.bare()))
                .findFirst()
                .map(candidate -> candidates.named(bias(candidate.bare())))
                .orElse(null);
    }

    private static String bias(String weight) {
        return weight.replaceFirst("kernel$", "bias")
                .replaceFirst("weight$", "bias")
                .replaceFirst("(^|\\.)w$", "$1b");
    }

    private void requireRecurrent() {
        if (!taken.has(Role.RECURRENT)) {
            List<ArrayHeader> square = candidates.all().stream()
                    .map(Candidate::header)
                    .filter(ArrayHeader::isSquare)
                    .toList();
            if (square.isEmpty()) {
                throw candidates.noRecurrent();
            }
            if (square.size() > 1) {
                throw Candidates.ambiguous(Role.RECURRENT, square);
            }
            taken.put(Role.RECURRENT, square.get(0));
            named = false;
            taken.notes.add("recurrent weights are the only square matrix");
        }
        if (taken.isLowRank()) {
            units = Factors.units(taken);
            return;
        }
        ArrayHeader recurrent = taken.first(Role.RECURRENT);
        if (taken.arrays.get(Role.RECURRENT).size() > 2 || !recurrent.isSquare() || recurrent.rows() == 0) {
            throw FileRefusedException.of(
                    Kind.SHAPE,
                    "array " + FileRefusedException.quote(recurrent.name()),
                    "is %s; recurrent weights must be square, or two factors.".formatted(recurrent.sizes()));
        }
        units = recurrent.rows();
    }

    /** Matrices that nothing was taken for and that have a side of as many entries as there are units. */
    private List<ArrayHeader> left(boolean rows) {
        return candidates.all().stream()
                .map(Candidate::header)
                .filter(header -> header.isMatrix()
                        && (rows ? header.rows() : header.columns()) == units
                        && taken.arrays.values().stream().noneMatch(arrays -> arrays.contains(header)))
                .toList();
    }

    private void byShape() {
        boolean wanting = !taken.has(Role.INPUT) || !taken.has(Role.OUTPUT);
        List<ArrayHeader> rows = left(true);
        List<ArrayHeader> columns = left(false);
        if (wanting && layout == null && !named && !(rows.isEmpty() && columns.isEmpty())) {
            List<ArrayHeader> all = new ArrayList<>(rows);
            columns.stream().filter(header -> !rows.contains(header)).forEach(all::add);
            throw FileRefusedException.of(
                    Kind.AMBIGUOUS,
                    "",
                    "has no names that tell input from output and rows from columns: %s; give the layout (torch or keras) or take arrays by name."
                            .formatted(Candidates.list(all)));
        }
        boolean turned = layout == Layout.KERAS;
        fill(Role.INPUT, turned ? columns : rows);
        fill(Role.OUTPUT, turned ? left(true) : left(false));
        if (!named && layout != null) {
            vectors();
        }
        if (taken.has(Role.OUTPUT) && !taken.has(Role.OUTPUT_BIAS)) {
            put(Role.OUTPUT_BIAS, sibling(Role.OUTPUT));
        }
    }

    private void fill(Role role, List<ArrayHeader> found) {
        if (taken.has(role) || found.isEmpty()) {
            return;
        }
        if (found.size() > 1) {
            throw Candidates.ambiguous(role, found);
        }
        taken.put(role, found.get(0));
        taken.notes.add("%s is the only other matrix of its shape".formatted(role));
    }

    /** Biases without names, by their length. */
    private void vectors() {
        long outputs = taken.has(Role.OUTPUT)
                ? layout == Layout.KERAS
                        ? taken.first(Role.OUTPUT).columns()
                        : taken.first(Role.OUTPUT).rows()
                : -1;
        for (Role role : List.of(Role.HIDDEN_BIAS, Role.OUTPUT_BIAS)) {
            long length = role == Role.HIDDEN_BIAS ? units : outputs;
            List<ArrayHeader> found = candidates.all().stream()
                    .map(Candidate::header)
                    .filter(header -> header.is(length)
                            && taken.arrays.values().stream().noneMatch(arrays -> arrays.contains(header)))
                    .toList();
            if (!taken.has(role) && found.size() > 1) {
                throw Candidates.ambiguous(role, found);
            }
            if (!taken.has(role) && !found.isEmpty()) {
                taken.put(role, found.get(0));
            }
        }
    }

    /** Rows become targets: all weights of a layout with sources in rows, else those whose shape says so. */
    private void orient() {
        boolean keras = layout == Layout.KERAS;
        if (keras && !taken.isLowRank()) {
            taken.turned.add(Role.RECURRENT);
        }
        for (Role role : List.of(Role.INPUT, Role.OUTPUT)) {
            if (!taken.has(role)) {
                continue;
            }
            ArrayHeader weight = taken.first(role);
            if (!weight.isMatrix()) {
                throw shape(role, weight);
            }
            long straight = role == Role.INPUT ? weight.rows() : weight.columns();
            long across = role == Role.INPUT ? weight.columns() : weight.rows();
            if ((keras ? across : straight) == units) {
                if (keras) {
                    taken.turned.add(role);
                }
            } else if ((keras ? straight : across) == units) {
                if (!keras) {
                    taken.turned.add(role);
                }
            } else {
                throw shape(role, weight);
            }
        }
        requireClearTurn();
    }

    /** Where both ports stand source by target, square weights between them probably do too, and cannot show it. */
    private void requireClearTurn() {
        boolean both = taken.turned.contains(Role.INPUT) && taken.turned.contains(Role.OUTPUT);
        if (both && naming.layout() == null && layout != Layout.KERAS && !taken.isLowRank()) {
            throw FileRefusedException.of(
                    Kind.AMBIGUOUS,
                    "",
                    "has input and output weights with sources in rows, and does not show how %s stands; give layout keras (turned too) or torch (as it is)."
                            .formatted(FileRefusedException.quote(
                                    taken.first(Role.RECURRENT).name())));
        }
        taken.notes.add(
                taken.isLowRank()
                        ? "the product of the factors has rows as targets"
                        : taken.turned.contains(Role.RECURRENT)
                                ? "rows of the recurrent matrix are taken as sources and turned"
                                : "rows of the recurrent matrix are taken as targets");
    }

    private FileRefusedException shape(Role role, ArrayHeader weight) {
        return FileRefusedException.of(
                Kind.SHAPE,
                "array " + FileRefusedException.quote(weight.name()),
                "is %s, which does not fit as %s of %d hidden units; take another array."
                        .formatted(weight.sizes(), role, units));
    }

    private void requireBiases() {
        long outputs = units;
        if (taken.has(Role.OUTPUT)) {
            ArrayHeader output = taken.first(Role.OUTPUT);
            outputs = taken.turned.contains(Role.OUTPUT) ? output.columns() : output.rows();
        }
        for (Role role : List.of(Role.HIDDEN_BIAS, Role.OUTPUT_BIAS)) {
            long length = role == Role.HIDDEN_BIAS ? units : outputs;
            for (ArrayHeader bias : taken.arrays.getOrDefault(role, List.of())) {
                if (!(bias.is(length) || bias.is(1, length) || bias.is(length, 1))) {
                    throw shape(role, bias);
                }
            }
        }
        List<Candidate> initial = candidates.matching(INITIAL);
        if (initial.size() == 1) {
            ArrayHeader state = initial.get(0).header();
            taken.initialState = state.is(units) || state.is(1, units) || state.is(units, 1) ? state : null;
        }
    }
}
