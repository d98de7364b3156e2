package org.hopwise.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.internal.Nd;
import org.hopwise.network.Candidates.Candidate;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer of GRU or LSTM units as PyTorch keeps it: gates stacked in rows, r z n or i f g o. Weights alone are no walk,
 * since gates multiply; what an input of some steps ago does to the output is the mean Jacobian over trials. States begin at
 * 0. PyTorch's equations, documentation of {@code torch.nn.GRU} and {@code torch.nn.LSTM}.
 */
public final class GatedNetwork {

    private final int units;
    private final int gates;
    private final DMatrixRMaj input;
    private final DMatrixRMaj recurrent;
    private final double[] inputBias;
    private final double[] recurrentBias;
    private final DMatrixRMaj output;

    private GatedNetwork(
            DMatrixRMaj input, DMatrixRMaj recurrent, double[] inputBias, double[] recurrentBias, DMatrixRMaj output) {
        this.units = recurrent.numCols;
        this.gates = recurrent.numRows / recurrent.numCols;
        this.input = input;
        this.recurrent = recurrent;
        this.inputBias = inputBias;
        this.recurrentBias = recurrentBias;
        this.output = output;
    }

    /**
     * Finds the layer by PyTorch's names; the read-out is the linear layer of as many columns as there are units, or the
     * identity if there is none.
     *
     * @param contents what the file has
     * @param reader reads one array by its name
     * @return the network
     * @throws FileRefusedException if there is no such layer, or several, shapes do not agree or a weight is not finite
     */
    public static GatedNetwork of(FileContents contents, Function<String, NamedArray> reader) {
        Candidates candidates = new Candidates(contents);
        Gates.layers(candidates);
        Candidate weight = candidates.only(Role.RECURRENT, "weight_hh(?:_l0)?");
        if (weight == null || !weight.header().isMatrix() || !isGated(weight.header())) {
            throw FileRefusedException.of(
                    Kind.MISSING,
                    "",
                    "has no GRU or LSTM as PyTorch names it (weight_hh_l0 of 3 or 4 times as many rows as columns); it has %s."
                            .formatted(Candidates.list(contents.arrays())));
        }
        long rows = weight.header().rows();
        long units = weight.header().columns();
        String of = weight.parent();
        String end = weight.bare().endsWith("_l0") ? "_l0" : "";
        Candidate input = candidates.named(of + "weight_ih" + end);
        if (input == null || !input.header().isMatrix() || input.header().rows() != rows) {
            throw FileRefusedException.of(
                    Kind.SHAPE, "", "has no weight_ih%s of %d rows beside its recurrent weights.".formatted(end, rows));
        }
        return new GatedNetwork(
                matrix(input.header(), reader),
                matrix(weight.header(), reader),
                bias(candidates.named(of + "bias_ih" + end), rows, reader),
                bias(candidates.named(of + "bias_hh" + end), rows, reader),
                output(candidates, List.of(weight, input), units, reader));
    }

    private static boolean isGated(ArrayHeader weight) {
        return weight.columns() > 0 && (weight.rows() == 3 * weight.columns() || weight.rows() == 4 * weight.columns());
    }

    private static DMatrixRMaj output(
            Candidates candidates, List<Candidate> taken, long units, Function<String, NamedArray> reader) {
        List<ArrayHeader> found = candidates.all().stream()
                .filter(candidate -> !taken.contains(candidate))
                .map(Candidate::header)
                .filter(header -> header.isMatrix() && header.columns() == units)
                .toList();
        if (found.size() > 1) {
            throw Candidates.ambiguous(Role.OUTPUT, found);
        }
        return found.isEmpty() ? CommonOps_DDRM.identity((int) units) : matrix(found.get(0), reader);
    }

    private static DMatrixRMaj matrix(ArrayHeader header, Function<String, NamedArray> reader) {
        return DMatrixRMaj.wrap(
                (int) header.rows(),
                (int) header.columns(),
                LoadedNetwork.finite(header, reader).shared());
    }

    private static double[] bias(Candidate bias, long rows, Function<String, NamedArray> reader) {
        if (bias == null) {
            return new double[(int) rows];
        }
        if (!bias.header().is(rows)) {
            throw FileRefusedException.of(
                    Kind.SHAPE,
                    "array " + FileRefusedException.quote(bias.header().name()),
                    "is %s; it must have %d entries.".formatted(bias.header().sizes(), rows));
        }
        return LoadedNetwork.finite(bias.header(), reader).shared();
    }

    /**
     * Which gates the units have.
     *
     * @return GRU or LSTM
     */
    public String kind() {
        return gates == 3 ? "GRU" : "LSTM";
    }

    /**
     * The mean Jacobian over trials for every lag, exactly, by back-propagation from each output. Cost: trials x steps x
     * outputs x gates x units x (units + inputs).
     *
     * @param inputs steps x trials x inputs
     * @return one a lag l = 0, 1, ..., steps - 1: inputs x outputs, entry (a, b) the mean of d y_b / d u_a, l steps before the
     *     last; lag l corresponds to hop l + 2 of a plain network
     * @throws IllegalArgumentException if the array has another shape or a value is not finite
     */
    public List<INDArray> meanJacobian(INDArray inputs) {
        double[] values = Nd.values("inputs", inputs, 3);
        int steps = (int) inputs.size(0);
        int trials = (int) inputs.size(1);
        int channels = input.numCols;
        if (inputs.size(2) != channels || steps < 1 || trials < 1) {
            throw new IllegalArgumentException("inputs are %s; they must be steps x trials x %d."
                    .formatted(java.util.Arrays.toString(inputs.shape()), channels));
        }
        double[][] sums = new double[steps][channels * output.numRows];
        for (int trial = 0; trial < trials; trial++) {
            List<GateStep> run = new ArrayList<>();
            double[] hidden = new double[units];
            double[] cell = new double[units];
            for (int step = 0; step < steps; step++) {
                GateStep done = step(values, (step * trials + trial) * channels, hidden, cell);
                run.add(done);
                hidden = done.hidden();
                cell = done.cell();
            }
            for (int out = 0; out < output.numRows; out++) {
                backwards(run, out, 1.0 / trials, sums);
            }
        }
        List<INDArray> lags = new ArrayList<>();
        for (double[] lag : sums) {
            lags.add(Nd.array(lag, channels, output.numRows));
        }
        return List.copyOf(lags);
    }

    private GateStep step(double[] inputs, int at, double[] hidden, double[] cell) {
        double[] fromInput = inputBias.clone();
        double[] fromHidden = recurrentBias.clone();
        for (int row = 0; row < fromInput.length; row++) {
            for (int j = 0; j < input.numCols; j++) {
                fromInput[row] += input.data[row * input.numCols + j] * inputs[at + j];
            }
            for (int j = 0; j < units; j++) {
                fromHidden[row] += recurrent.data[row * units + j] * hidden[j];
            }
        }
        return gates == 3
                ? GateStep.gru(fromInput, fromHidden, hidden)
                : GateStep.lstm(fromInput, fromHidden, hidden, cell);
    }

    /** Sends the slope of one output back through the steps of a trial. */
    private void backwards(List<GateStep> run, int out, double share, double[][] sums) {
        double[] hidden = new double[units];
        System.arraycopy(output.data, out * units, hidden, 0, units);
        double[] cell = new double[units];
        for (int lag = 0; lag < run.size(); lag++) {
            GateStep.Slopes slopes = run.get(run.size() - 1 - lag).back(hidden, cell);
            for (int row = 0; row < recurrent.numRows; row++) {
                for (int a = 0; a < input.numCols; a++) {
                    sums[lag][a * output.numRows + out] +=
                            share * slopes.ofInput()[row] * input.data[row * input.numCols + a];
                }
                for (int j = 0; j < units; j++) {
                    slopes.hidden()[j] += slopes.ofHidden()[row] * recurrent.data[row * units + j];
                }
            }
            hidden = slopes.hidden();
            cell = slopes.cell();
        }
    }

    /** Kind and sizes. */
    @Override
    public String toString() {
        return "%s network: %d inputs, %d units, %d outputs"
                .formatted(gates == 3 ? "GRU" : "LSTM", input.numCols, units, output.numRows);
    }
}
