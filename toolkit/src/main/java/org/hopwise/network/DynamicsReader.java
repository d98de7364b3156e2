package org.hopwise.network;

import java.util.Map;
import java.util.function.Function;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.rnn.Form;

/** Leak, form and unit function, as far as a file says or its library is known for them. */
final class DynamicsReader {

    private DynamicsReader() {}

    static void read(Taken taken, FileContents contents, Naming naming, Function<String, NamedArray> reader) {
        library(taken, contents);
        Map<String, String> values = contents.values();
        if (values.containsKey("equation_type")) {
            trainRnnBrain(taken, values);
        }
        LoadedNetwork.word("form", contents, reader).ifPresent(word -> taken.form = form(word));
        leak(taken, contents, reader);
        if (!Double.isNaN(naming.leak())) {
            taken.leak = naming.leak();
            taken.notes.add("leak a = %s, as told".formatted(naming.leak()));
        } else if (Double.isNaN(taken.leak)) {
            taken.leak = 1;
            taken.notes.add("no leak in the file: a = 1, unless told");
        }
        taken.form = naming.form() == null ? taken.form : naming.form();
        taken.function = naming.function() == null ? taken.function : naming.function();
        if (taken.function == null
                && contents.arrays().stream().noneMatch(header -> header.name().equals("activation"))) {
            taken.notes.add("the unit function is not in the file: tanh");
        }
    }

    /** Libraries that are known by arrays that only they write. */
    private static void library(Taken taken, FileContents contents) {
        boolean psychRnn = find(contents, "init_state") != null && find(contents, "rec_connectivity") != null;
        if (psychRnn) {
            taken.form = Form.CURRENT;
            taken.function = UnitFunction.of("relu");
            taken.notes.add(
                    "PsychRNN: current form, ReLU; weights are stored masked and signed, masks are not applied again");
        }
        ArrayHeader inputScale = find(contents, "w_inp_scale");
        ArrayHeader outputScale = find(contents, "w_out_scale");
        if (taken.isLowRank() && inputScale != null && outputScale != null) {
            taken.scales.put(Role.INPUT, inputScale);
            taken.scales.put(Role.OUTPUT, outputScale);
            taken.form = Form.CURRENT;
            taken.function = UnitFunction.of("relu");
            taken.leak = 0.1;
            taken.outputDividedByUnits = true;
            taken.biasInsideRecurrent = true;
            taken.notes.add(
                    "smc_rnns: current form, ReLU, a = 0.1; output weights divided by the units, ports times their scales, hidden bias inside the function of the recurrent drive only");
        }
    }

    private static Form form(String word) {
        for (Form form : Form.values()) {
            if (form.toString().equals(word)) {
                return form;
            }
        }
        throw FileRefusedException.of(
                Kind.UNSUPPORTED,
                "array 'form'",
                "says %s; current and rate are known.".formatted(FileRefusedException.quote(word)));
    }

    private static ArrayHeader find(FileContents contents, String end) {
        return contents.arrays().stream()
                .filter(header -> header.name().equals(end) || header.name().endsWith("." + end))
                .findFirst()
                .orElse(null);
    }

    private static void trainRnnBrain(Taken taken, Map<String, String> values) {
        taken.form = switch (values.get("equation_type")) {
            case "h" -> Form.CURRENT;
            case "s" -> Form.RATE;
            default ->
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED,
                        "equation_type",
                        "is %s; h (current) and s (rate) are read."
                                .formatted(FileRefusedException.quote(values.get("equation_type"))));
        };
        taken.lastInputUnused = true;
        taken.cubicLeak = number(values, "gamma", 0);
        if (values.containsKey("activation_args.name")) {
            double beta = number(values, "activation_args.beta", 1);
            try {
                if (beta != 1) {
                    throw new IllegalArgumentException("beta is %s; only 1 is read.".formatted(beta));
                }
                taken.function = new UnitFunction(
                        values.get("activation_args.name"),
                        number(values, "activation_args.slope", 1),
                        number(values, "activation_args.shift", 0));
            } catch (IllegalArgumentException unknown) {
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED, "activation_args", "cannot be read: " + unknown.getMessage());
            }
        }
        taken.notes.add(
                "trainRNNbrain: weights are stored masked and signed, masks are not applied again; the input of step t - 1 drives step t, so the last one is unused");
    }

    private static double number(Map<String, String> values, String name, double absent) {
        if (!values.containsKey(name)) {
            return absent;
        }
        try {
            return Double.parseDouble(values.get(name));
        } catch (NumberFormatException word) {
            throw FileRefusedException.of(
                    Kind.NOT_NUMERIC,
                    name,
                    "is %s; it must be a number.".formatted(FileRefusedException.quote(values.get(name))));
        }
    }

    private static void leak(Taken taken, FileContents contents, Function<String, NamedArray> reader) {
        double step = scalar("dt", contents, reader);
        double constant = scalar("tau", contents, reader);
        if (Double.isNaN(step) || Double.isNaN(constant)) {
            return;
        }
        double leak = step / constant;
        if (!(leak > 0 && leak <= 1)) {
            throw FileRefusedException.of(
                    Kind.CORRUPT,
                    "dt / tau",
                    "is %s / %s; a leak is above 0 and at most 1, give one.".formatted(step, constant));
        }
        taken.leak = leak;
        taken.notes.add("leak a = dt / tau = %s / %s".formatted(step, constant));
    }

    private static double scalar(String name, FileContents contents, Function<String, NamedArray> reader) {
        for (ArrayHeader header : contents.arrays()) {
            if (header.name().equals(name) && header.shape().stream().allMatch(size -> size == 1)) {
                return reader.apply(name).value(0);
            }
        }
        return number(contents.values(), name, Double.NaN);
    }
}
