package org.hopwise.network;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Check;
import org.hopwise.internal.Matrices;
import org.hopwise.internal.Nd;
import org.hopwise.internal.WeightsDoor;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained network from a file, or one of ours, turned so that row = target, with all that was taken, turned or supposed. Weights are raw
 * as the library applies them; {@link #leaky} and {@link #effective} are the matrices whose powers say what a step back
 * in time does.
 */
public final class LoadedNetwork {

    private final Taken taken;
    private final Matrices matrices;
    private final double[] initialState;
    private final UnitFunction function;
    private final List<String> notes;

    private LoadedNetwork(
            Taken taken, Matrices matrices, double[] initialState, UnitFunction function, List<String> notes) {
        this.taken = taken;
        this.matrices = matrices;
        this.initialState = initialState;
        this.function = function;
        this.notes = List.copyOf(notes);
    }

    /**
     * Finds out which array is which and puts the network together. Names of known libraries come first, then shapes.
     *
     * @param contents what the file has
     * @param naming what it does not say
     * @param reader reads one array by its name; asked only for those that are taken
     * @return the network
     * @throws FileRefusedException if an array is missing, two readings fit, shapes do not agree, a weight is not finite,
     *     or the weights belong to gated units, several layers or two directions
     */
    public static LoadedNetwork of(FileContents contents, Naming naming, Function<String, NamedArray> reader) {
        Taken taken = Guess.of(contents, naming, reader);
        Arrays arrays = new Arrays(taken, reader);
        DMatrixRMaj recurrent = arrays.recurrent(naming.lowRankScale());
        int units = recurrent.numRows;
        DMatrixRMaj input = arrays.port(Role.INPUT, units);
        DMatrixRMaj output = arrays.port(Role.OUTPUT, units);
        Matrices matrices = new Matrices(
                input,
                recurrent,
                output,
                arrays.bias(Role.HIDDEN_BIAS, units),
                arrays.bias(Role.OUTPUT_BIAS, output.numRows));
        double[] initial = taken.initialState == null
                ? new double[units]
                : arrays.finite(taken.initialState).values();
        List<String> notes = new ArrayList<>(taken.notes);
        notes.addAll(arrays.notes);
        return new LoadedNetwork(taken, matrices, initial, function(taken, contents, reader), notes);
    }

    /**
     * A network of ours, for what is asked of loaded ones: its synapses, its Jacobian by back-propagation, lesions of its
     * paths. Noise is left out.
     *
     * @param network of linear, tanh, ReLU or softplus units
     * @return the network with its weights, leak, form and start
     * @throws IllegalArgumentException if the unit function is another one
     */
    public static LoadedNetwork of(RecurrentNetwork network) {
        Taken taken = new Taken();
        taken.form = network.dynamics().form();
        taken.leak = network.dynamics().leak();
        taken.function = UnitFunction.of(network.activation().toString());
        double[] start =
                network.start().stream().mapToDouble(Double::doubleValue).toArray();
        return new LoadedNetwork(
                taken, WeightsDoor.copy(network.weights()), start, taken.function, List.of("trained here"));
    }

    private static UnitFunction function(Taken taken, FileContents contents, Function<String, NamedArray> reader) {
        if (taken.function != null) {
            return taken.function;
        }
        Optional<String> kept = word("activation", contents, reader);
        try {
            return UnitFunction.of(kept.orElse("tanh"));
        } catch (IllegalArgumentException unknown) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "array 'activation'",
                    "says %s; linear, tanh, relu, softplus and sigmoid are known."
                            .formatted(FileRefusedException.quote(kept.orElseThrow())));
        }
    }

    /** A word of our own files, which is kept as the letters of an array of bytes. */
    static Optional<String> word(String name, FileContents contents, Function<String, NamedArray> reader) {
        boolean isKept = contents.arrays().stream()
                .anyMatch(header -> header.name().equals(name) && header.type().matches("u?int8"));
        if (!isKept) {
            return Optional.empty();
        }
        NamedArray array = reader.apply(name);
        byte[] letters = new byte[array.length()];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) array.value(i);
        }
        return Optional.of(new String(letters, StandardCharsets.US_ASCII));
    }

    /** An array whose numbers are all finite. */
    static NamedArray finite(ArrayHeader header, Function<String, NamedArray> reader) {
        NamedArray array = reader.apply(header.name());
        double[] values = array.shared();
        for (int at = 0; at < values.length; at++) {
            if (!Double.isFinite(values[at])) {
                throw FileRefusedException.of(
                        Kind.NOT_FINITE,
                        "array " + FileRefusedException.quote(header.name()),
                        "holds %s at place %d of %d (counted from 0); every weight must be finite."
                                .formatted(values[at], at, values.length));
            }
        }
        return array;
    }

    /** Arrays read, checked, turned and scaled. */
    private static final class Arrays {

        private final Taken taken;
        private final Function<String, NamedArray> reader;
        private final List<String> notes = new ArrayList<>();

        Arrays(Taken taken, Function<String, NamedArray> reader) {
            this.taken = taken;
            this.reader = reader;
        }

        NamedArray finite(ArrayHeader header) {
            NamedArray array = LoadedNetwork.finite(header, reader);
            if (array.isRounded()) {
                notes.add(
                        "integers beyond 2^53 in %s were rounded".formatted(FileRefusedException.quote(header.name())));
            }
            return array;
        }

        private DMatrixRMaj matrix(ArrayHeader header) {
            return DMatrixRMaj.wrap(
                    (int) header.rows(), (int) header.columns(), finite(header).shared());
        }

        private DMatrixRMaj turned(Role role, DMatrixRMaj matrix) {
            return taken.turned.contains(role) ? CommonOps_DDRM.transpose(matrix, null) : matrix;
        }

        DMatrixRMaj recurrent(double lowRankScale) {
            List<ArrayHeader> headers = taken.arrays.get(Role.RECURRENT);
            if (!taken.isLowRank()) {
                return turned(Role.RECURRENT, matrix(headers.get(0)));
            }
            boolean divided = Double.isNaN(lowRankScale);
            double factor = divided ? 1 : lowRankScale;
            double divisor = divided ? Factors.units(taken) : 1;
            notes.add("recurrent weights are %s times %s %s, rank %d"
                    .formatted(
                            FileRefusedException.quote(headers.get(0).name()),
                            FileRefusedException.quote(headers.get(1).name()),
                            divided ? "divided by %d".formatted(Factors.units(taken)) : "times " + lowRankScale,
                            Factors.rank(taken)));
            return Factors.product(matrix(headers.get(0)), matrix(headers.get(1)), factor, divisor);
        }

        DMatrixRMaj port(Role role, int units) {
            if (!taken.has(role)) {
                notes.add("no %s weights: the identity, one %s a unit".formatted(role, role));
                return CommonOps_DDRM.identity(units);
            }
            DMatrixRMaj port = turned(role, matrix(taken.first(role))).copy();
            if (taken.scales.containsKey(role)) {
                double[] scale = finite(taken.scales.get(role)).shared();
                scale(role, port, scale, taken.outputDividedByUnits && role == Role.OUTPUT ? units : 1);
            }
            return port;
        }

        /** One scale for all, or one an input or output. */
        private void scale(Role role, DMatrixRMaj port, double[] scale, double divisor) {
            int ends = role == Role.INPUT ? port.numCols : port.numRows;
            if (scale.length != 1 && scale.length != ends) {
                throw FileRefusedException.of(
                        Kind.SHAPE,
                        "array "
                                + FileRefusedException.quote(
                                        taken.scales.get(role).name()),
                        "has %d scales for %d ends; there must be one, or one each.".formatted(scale.length, ends));
            }
            for (int i = 0; i < port.numRows; i++) {
                for (int j = 0; j < port.numCols; j++) {
                    int end = role == Role.INPUT ? j : i;
                    port.set(i, j, port.get(i, j) * scale[scale.length == 1 ? 0 : end] / divisor);
                }
            }
        }

        DMatrixRMaj bias(Role role, int length) {
            DMatrixRMaj sum = new DMatrixRMaj(length, 1);
            for (ArrayHeader header : taken.arrays.getOrDefault(role, List.of())) {
                double[] values = finite(header).shared();
                for (int i = 0; i < length; i++) {
                    sum.data[i] += values[i];
                }
            }
            if (taken.arrays.getOrDefault(role, List.of()).size() > 1) {
                notes.add("both hidden biases are added");
            }
            return sum;
        }
    }

    /**
     * What was taken for what.
     *
     * @return names of arrays in the file by role; roles without an array are absent
     */
    public Map<Role, List<String>> names() {
        Map<Role, List<String>> names = new EnumMap<>(Role.class);
        taken.arrays.forEach((role, headers) ->
                names.put(role, headers.stream().map(ArrayHeader::name).toList()));
        return Collections.unmodifiableMap(names);
    }

    /**
     * Which weights were turned, so that rows became targets.
     *
     * @return the roles
     */
    public Set<Role> transposed() {
        return Collections.unmodifiableSet(taken.turned);
    }

    /**
     * Raw weights with biases, row = target and column = source. Without input or output weights in the file, the
     * identity stands for them.
     *
     * @return W_in, W, W_out, b, c
     */
    public Weights weights() {
        return WeightsDoor.weights(matrices);
    }

    /**
     * The leak.
     *
     * @return a = dt / tau, in (0, 1]
     */
    public double leak() {
        return taken.leak;
    }

    /**
     * Where the nonlinearity stands, if file or reader say so. At leak 1 and from a start at 0 both are the same network.
     *
     * @return current, rate or nothing
     */
    public Optional<Form> form() {
        return Optional.ofNullable(taken.form);
    }

    /**
     * The unit function; tanh where neither file nor reader say which.
     *
     * @return f
     */
    public UnitFunction function() {
        return function;
    }

    /**
     * The factor gamma of trainRNNbrain's cubic leak, -gamma x^3.
     *
     * @return gamma; 0 where there is none
     */
    public double cubicLeak() {
        return taken.cubicLeak;
    }

    /**
     * The state before the first step, a copy.
     *
     * @return one number a hidden unit; 0 where the file has none
     */
    public double[] initialState() {
        return initialState.clone();
    }

    /**
     * What weights, plain function, leak, form and initial state do not say of the network.
     *
     * @return in words; nothing for most networks
     */
    public Optional<String> unkept() {
        if (!function.isPlain()) {
            return Optional.of("the function " + function);
        }
        if (taken.cubicLeak != 0) {
            return Optional.of("a cubic leak of " + taken.cubicLeak);
        }
        if (taken.biasInsideRecurrent) {
            return Optional.of("a bias inside the function of the recurrent drive only");
        }
        return taken.lastInputUnused ? Optional.of("a last input that goes unused") : Optional.empty();
    }

    /**
     * What was taken, turned, added or supposed.
     *
     * @return sentences
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * The unit function as our own networks have it.
     *
     * @return the function
     * @throws IllegalStateException if the function is another one
     */
    public Activation activation() {
        for (Activation activation : Activation.values()) {
            if (function.isPlain() && function.name().equals(activation.toString())) {
                return activation;
            }
        }
        throw new IllegalStateException("the unit function is %s; networks here have one of %s."
                .formatted(function, java.util.Arrays.toString(Activation.values())));
    }

    /**
     * The network as ours, with its leak, form and start, and without noise. Where the form is not told, current form is
     * taken.
     *
     * @return the network
     * @throws IllegalStateException if the unit function is none of ours, or the network has what ours cannot: a cubic
     *     leak, a bias inside the recurrent drive, or inputs that act a step later
     */
    public RecurrentNetwork network() {
        if (taken.cubicLeak != 0 || taken.biasInsideRecurrent || (taken.lastInputUnused && taken.leak != 1)) {
            throw new IllegalStateException(
                    "the network has a cubic leak, a bias inside its drive, or inputs that act a step later, which networks here cannot. Use weights(), leaky() or effective(trials).");
        }
        return RecurrentNetwork.of(weights(), activation())
                .with(new Dynamics(form().orElse(Form.CURRENT), taken.leak, 0, 0))
                .startingAt(initialState);
    }

    /**
     * The weights of one step with the leak: a W_in, (1 - a) I + a W, W_out. Hop k of these is what the input of k - 2 steps
     * ago does to the output, if units were linear with slope 1.
     *
     * @return weights without biases
     */
    public Weights leaky() {
        return StepWeights.of(matrices, taken.leak, Form.CURRENT, Gains.ones(matrices.recurrent().numRows), 0);
    }

    /**
     * The weights of one step with the leak and one gain a unit, g = mean of f' over trials and steps. Current form: a W_in,
     * (1 - a) I + a W diag g, W_out diag g; rate form: a diag g W_in, (1 - a) I + a diag g W, W_out; a cubic leak also takes
     * 3 a gamma mean x^2 from the diagonal. Where the form is not told, current form is taken. Runs from the initial state
     * in the file, or from 0.
     *
     * @param inputs steps x trials x inputs, as {@code TaskBatch.inputs} gives them
     * @return weights without biases; hop k of them approximates the mean Jacobian to the input of k - 2 steps ago
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public Weights effective(INDArray inputs) {
        double[] values = Nd.values("inputs", inputs, 3);
        int steps = drivingSteps(inputs);
        int trials = (int) inputs.size(1);
        Gains gains = Gains.of(rule(), values, steps, trials);
        return StepWeights.of(matrices, taken.leak, formOrCurrent(), gains, taken.cubicLeak);
    }

    /**
     * The hops by synapses: hop j + 2 is what crosses j recurrent synapses, summed over the lags 0 to length - 1. In a leaky
     * network a lag is no number of synapses, since a unit holds what it has; both ways of sorting the same walks have the
     * same sum. Cost: length^2 units^2 inputs.
     *
     * @param inputs steps x trials x inputs, from which gains are taken as for {@link #effective}
     * @param length the number of lags, at least 1
     * @return hops 2 to length + 1
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public HopDecomposition synapses(INDArray inputs, int length) {
        double[] values = Nd.values("inputs", inputs, 3);
        Gains gains = Gains.of(rule(), values, drivingSteps(inputs), (int) inputs.size(1));
        return synapses(gains, Check.positive("length", length));
    }

    /**
     * The hops by synapses of the leaky weights, as if units were linear with slope 1.
     *
     * @param length the number of lags, at least 1
     * @return hops 2 to length + 1
     */
    public HopDecomposition synapses(int length) {
        return synapses(Gains.ones(matrices.recurrent().numRows), Check.positive("length", length));
    }

    private HopDecomposition synapses(Gains gains, int length) {
        Matrices step =
                WeightsDoor.matrices(StepWeights.of(matrices, taken.leak, formOrCurrent(), gains, taken.cubicLeak));
        double[] decay = new double[matrices.recurrent().numRows];
        for (int i = 0; i < decay.length; i++) {
            decay[i] = 1 - taken.leak - 3 * taken.leak * taken.cubicLeak * gains.squares[i];
        }
        List<INDArray> blocks = new ArrayList<>();
        for (DMatrixRMaj block : SynapseWalks.of(step, decay, length)) {
            blocks.add(Nd.array(block));
        }
        return HopDecomposition.ofMaps(blocks);
    }

    /**
     * The mean Jacobian by back-propagation along the states: hop l + 2 is the mean over trials of dy_L / du_(L - l). Cost:
     * trials x steps x outputs x units^2.
     *
     * @param inputs steps x trials x inputs
     * @return hops 2 to L + 1, where L counts the inputs that drive a state
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public HopDecomposition jacobian(INDArray inputs) {
        StepRule rule = rule();
        double[][][] trials = trials(inputs);
        double[][] sums = new double[drivingSteps(inputs)][rule.outputs() * rule.channels()];
        for (double[][] trial : trials) {
            Interruption.check();
            double[][] lags = rule.jacobian(rule.run(trial));
            for (int lag = 0; lag < sums.length; lag++) {
                for (int i = 0; i < sums[lag].length; i++) {
                    sums[lag][i] += lags[lag][i] / trials.length;
                }
            }
        }
        List<INDArray> blocks = new ArrayList<>();
        for (double[] sum : sums) {
            DMatrixRMaj block = DMatrixRMaj.wrap(rule.outputs(), rule.channels(), sum);
            blocks.add(Nd.array(CommonOps_DDRM.transpose(block, null)));
        }
        return HopDecomposition.ofMaps(blocks);
    }

    /**
     * Compares {@link #jacobian} with central differences. Cost: two runs a trial, step and input.
     *
     * @param inputs steps x trials x inputs
     * @return how well they agree, and how many differences a ReLU spoilt
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public JacobianCheck checkJacobian(INDArray inputs) {
        StepRule rule = rule();
        double apart = 0;
        double size = 0;
        long compared = 0;
        long left = 0;
        for (double[][] trial : trials(inputs)) {
            double[][] lags = rule.jacobian(rule.run(trial));
            for (int step = 0; step < trial.length; step++) {
                Interruption.check();
                for (int c = 0; c < rule.channels(); c++) {
                    double u = trial[step][c];
                    double by = 1e-4 * Math.max(1, Math.abs(u));
                    trial[step][c] = u + by;
                    StepRule.Run above = rule.run(trial);
                    trial[step][c] = u - by;
                    StepRule.Run below = rule.run(trial);
                    trial[step][c] = u;
                    if (!rule.sameSides(above, below)) {
                        left++;
                        continue;
                    }
                    compared++;
                    double[] high = rule.output(above.last());
                    double[] low = rule.output(below.last());
                    for (int out = 0; out < high.length; out++) {
                        double exact = lags[trial.length - 1 - step][out * rule.channels() + c];
                        double difference = (high[out] - low[out]) / (2 * by);
                        apart += (difference - exact) * (difference - exact);
                        size += exact * exact;
                    }
                }
            }
        }
        return new JacobianCheck(size == 0 ? Math.sqrt(apart) : Math.sqrt(apart / size), compared, left);
    }

    /**
     * The outputs after the last step.
     *
     * @param inputs steps x trials x inputs
     * @return trials x outputs
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public INDArray outputs(INDArray inputs) {
        StepRule rule = rule();
        double[][][] trials = trials(inputs);
        double[] outputs = new double[trials.length * rule.outputs()];
        for (int trial = 0; trial < trials.length; trial++) {
            Interruption.check();
            double[] y = rule.output(rule.run(trials[trial]).last());
            System.arraycopy(y, 0, outputs, trial * y.length, y.length);
        }
        return Nd.array(outputs, trials.length, rule.outputs());
    }

    /**
     * How many of the inputs drive a state: all, but in trainRNNbrain all but the last.
     *
     * @param inputs steps x trials x inputs
     * @return the number of steps
     * @throws IllegalArgumentException if the array has another shape
     */
    public int drivingSteps(INDArray inputs) {
        int channels = matrices.input().numCols;
        // In trainRNNbrain the first state is given, so the last input drives nothing.
        boolean fits = inputs.rank() == 3 && inputs.size(2) == channels && inputs.size(1) > 0;
        int steps = fits ? (int) inputs.size(0) - (taken.lastInputUnused ? 1 : 0) : 0;
        if (steps < 1) {
            throw new IllegalArgumentException("inputs are %s; they must be steps x trials x %d."
                    .formatted(java.util.Arrays.toString(inputs.shape()), channels));
        }
        return steps;
    }

    /** Inputs that drive a state, one trial at a time: steps x inputs. */
    private double[][][] trials(INDArray inputs) {
        double[] values = Nd.values("inputs", inputs, 3);
        int steps = drivingSteps(inputs);
        int channels = matrices.input().numCols;
        double[][][] trials = new double[(int) inputs.size(1)][steps][channels];
        for (int step = 0; step < steps; step++) {
            for (int trial = 0; trial < trials.length; trial++) {
                int at = (step * trials.length + trial) * channels;
                System.arraycopy(values, at, trials[trial][step], 0, channels);
            }
        }
        return trials;
    }

    private StepRule rule() {
        return new StepRule(
                matrices,
                function,
                taken.leak,
                formOrCurrent(),
                taken.cubicLeak,
                taken.biasInsideRecurrent,
                initialState);
    }

    private Form formOrCurrent() {
        return form().orElse(Form.CURRENT);
    }

    /**
     * The same network with other weights of the same sizes, such as lesioned ones.
     *
     * @param weights row = target, with biases
     * @return a copy with leak, form, unit function and initial state as here
     * @throws IllegalArgumentException if sizes differ
     */
    public LoadedNetwork with(Weights weights) {
        Weights mine = weights();
        if (weights.inputs() != mine.inputs()
                || weights.hidden() != mine.hidden()
                || weights.outputs() != mine.outputs()) {
            throw new IllegalArgumentException("weights are %s; they must be %s.".formatted(weights, mine));
        }
        return new LoadedNetwork(taken, WeightsDoor.copy(weights), initialState, function, notes);
    }

    /** Names, shapes, turns and notes, one a line. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("%d inputs, %d hidden units, %d outputs"
                .formatted(matrices.input().numCols, matrices.recurrent().numRows, matrices.output().numRows));
        taken.arrays.forEach((role, headers) -> lines.add("%s from %s%s"
                .formatted(role, Candidates.list(headers), taken.turned.contains(role) ? ", turned" : "")));
        lines.add(String.format(
                Locale.ROOT,
                "leak %s, %s, %s",
                taken.leak,
                form().map(form -> form + " form").orElse("form not told"),
                function));
        lines.addAll(notes);
        return String.join("\n  ", lines);
    }
}
