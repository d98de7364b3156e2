package org.hopwise.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.io.NetworkFile;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.HopProfile;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.network.NamedArray;
import org.hopwise.network.Naming;
import org.hopwise.network.Quantity;
import org.hopwise.network.UnitFunction;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.Dynamics;
import org.hopwise.rnn.Form;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Task;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Hops, lags and lesions of trained networks against golden cases: exact simulations with NumPy. */
class HopAgainstLagTest {

    private static final JsonObject GOLDEN = Golden.read("byo-effective");

    static LoadedNetwork network(JsonObject golden) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("W_in", "Win");
        keys.put("W_rec", "W");
        keys.put("W_out", "Wout");
        keys.put("b_rec", "bias");
        keys.put("b_out", "outputBias");
        keys.put("init_state", "initialState");
        Map<String, NamedArray> arrays = new LinkedHashMap<>();
        keys.forEach((name, key) -> {
            INDArray array = Golden.array(golden.get(key));
            List<Long> shape = new ArrayList<>();
            for (long size : array.shape()) {
                shape.add(size);
            }
            double[] values = array.dup('c').reshape(array.length()).toDoubleVector();
            arrays.put(name, new NamedArray(new ArrayHeader(name, "float64", shape), values, false));
        });
        List<ArrayHeader> headers =
                arrays.values().stream().map(NamedArray::header).toList();
        Naming naming = Naming.guessed()
                .leak(golden.get("leak").getAsDouble())
                .form(Form.valueOf(golden.get("form").getAsString().toUpperCase(Locale.ROOT)))
                .activation(UnitFunction.of(golden.get("activation").getAsString()));
        return LoadedNetwork.of(new FileContents("npz", headers, Map.of(), Map.of()), naming, arrays::get);
    }

    private static void assertLags(JsonArray lags, HopDecomposition hops, String what) {
        assertEquals(lags.size(), hops.lastHop() - 1);
        for (int lag = 0; lag < lags.size(); lag++) {
            Golden.assertClose(lags.get(lag), hops.hop(lag + 2).transpose(), what + " " + lag);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"current-tanh", "rate-tanh", "rate-relu", "current-relu"})
    void jacobiansSynapsesAndAgreementAreThoseOfTheGoldenCase(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        LoadedNetwork network = network(golden);
        INDArray inputs = Golden.array(golden.get("inputs"));
        Golden.assertClose(golden.get("outputs"), network.outputs(inputs), "outputs");
        assertLags(golden.getAsJsonArray("jacobian"), network.jacobian(inputs), "Jacobian");
        JsonArray synapses = golden.getAsJsonArray("synapses");
        assertLags(synapses, network.synapses(inputs, synapses.size()), "synapses");
        HopAgainstLag comparison = HopAgainstLag.of(network, inputs);
        JsonObject agreement = golden.getAsJsonObject("agreement");
        Row effective = comparison.table().row(2);
        assertEquals("effective", effective.getString("walks"));
        Golden.assertClose(agreement.get("cosine").getAsDouble(), effective.getDouble("cosine"), "cosine");
        Golden.assertClose(agreement.get("distance").getAsDouble(), effective.getDouble("distance"), "distance");
        Golden.assertClose(agreement.get("bestFactor").getAsDouble(), effective.getDouble("factor"), "factor");
        INDArray cosines = Golden.array(agreement.get("hopLag"));
        for (Row row : comparison.cosines("effective")) {
            assertEquals(cosines.getDouble(row.getInt("hop") - 2, row.getInt("lag")), row.getDouble("cosine"), 1e-10);
        }
        // Left out is only what a corner of ReLU spoils.
        assertTrue(comparison.check().distance() < 1e-6, comparison.check().toString());
        assertTrue(comparison.check().compared() > 0);
        assertTrue(golden.get("activation").getAsString().equals("relu")
                || comparison.check().leftOut() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current-tanh", "rate-tanh"})
    void bothWaysOfSortingWalksHaveTheSameSum(String name) {
        JsonObject golden = GOLDEN.getAsJsonObject(name);
        LoadedNetwork network = network(golden);
        INDArray inputs = Golden.array(golden.get("inputs"));
        INDArray byLag =
                HopDecomposition.of(network.effective(inputs), 9).kernel().sum(0);
        INDArray bySynapses = network.synapses(inputs, 9).kernel().sum(0);
        Golden.assertClose(byLag, bySynapses, "sum");
        Golden.assertClose(
                HopDecomposition.of(network.leaky(), 9).kernel().sum(0),
                network.synapses(9).kernel().sum(0),
                "leaky sum");
    }

    @Test
    void summedOverAllLagsTheLeakDropsOut() {
        // (I - M)^-1 = (I - W)^-1 / a, with both ports the identity; the input brings the factor a.
        JsonObject golden = GOLDEN.getAsJsonObject("leakDropsOut");
        INDArray w = Golden.array(golden.get("W"));
        double a = golden.get("leak").getAsDouble();
        INDArray expected = Golden.array(golden.get("inverse")).mul(a);
        List<Long> shape = List.of(w.size(0), w.size(1));
        NamedArray array = new NamedArray(
                new ArrayHeader("W_rec", "float64", shape),
                w.dup('c').reshape(w.length()).toDoubleVector(),
                false);
        LoadedNetwork network = LoadedNetwork.of(
                new FileContents("npz", List.of(array.header()), Map.of(), Map.of()),
                Naming.guessed().leak(a),
                name -> array);
        INDArray sum =
                HopDecomposition.of(network.leaky(), 3000).kernel().sum(0).transpose();
        Golden.assertClose(expected, sum, "sum over all lags");
    }

    @Test
    void psychRnnsWalksAgreeWithItsJacobianAsKnown() {
        JsonObject golden = GOLDEN.getAsJsonObject("psychrnn");
        Path file = Path.of(
                System.getProperty("hopwise.root"), "data", "trained-rnn", "psychrnn_perceptual_discrimination.npz");
        LoadedNetwork network = NetworkFile.load(file, Naming.guessed().timeConstants(10, 100));
        INDArray inputs = Golden.array(golden.get("inputs"));
        Golden.assertClose(golden.get("outputs"), network.outputs(inputs), "outputs");
        HopAgainstLag comparison = HopAgainstLag.of(network, inputs);
        for (Row row : comparison.table()) {
            JsonObject expected = golden.getAsJsonObject("agreement").getAsJsonObject(row.getString("walks"));
            Golden.assertClose(expected.get("cosine").getAsDouble(), row.getDouble("cosine"), "cosine");
            Golden.assertClose(expected.get("distance").getAsDouble(), row.getDouble("distance"), "distance");
        }
        double[] absolute = Golden.array(golden.get("absoluteJacobian")).toDoubleVector();
        HopProfile profile = HopProfile.of(comparison.jacobian());
        double[] synapses = Golden.array(golden.get("synapses")).toDoubleVector();
        HopProfile crossed = HopProfile.of(network.synapses(inputs, synapses.length));
        for (int lag = 0; lag < 20; lag++) {
            Golden.assertClose(absolute[lag], profile.value(Quantity.ABSOLUTE, lag + 2), "lag " + lag);
            Golden.assertClose(synapses[lag], crossed.value(Quantity.ABSOLUTE, lag + 2), "synapses " + lag);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> crossed.against(org.hopwise.network.Nulls.weights(), 3, org.hopwise.Seed.of(1)));
    }

    @Test
    void aLowRankNetworkOfOthersRunsAsTheyWroteIt() {
        JsonObject golden = GOLDEN.getAsJsonObject("lowrank");
        LoadedNetwork network = NetworkFile.load(
                Path.of(System.getProperty("hopwise.root"), "data", "trained-rnn", "lowrank_rdm_rnn_state_dict.pt"));
        INDArray inputs = Golden.array(golden.get("inputs"));
        JsonArray jacobian = golden.getAsJsonArray("jacobian");
        assertLags(jacobian, network.jacobian(inputs), "Jacobian");
        Golden.assertClose(golden.get("outputs"), network.outputs(inputs), "outputs");
    }

    @Test
    void lesionsOfALinearNetworkTakeExactlyItsHop() {
        JsonObject golden = GOLDEN.getAsJsonObject("current-tanh").deepCopy();
        golden.addProperty("activation", "linear");
        LoadedNetwork network = network(golden);
        INDArray inputs = Golden.array(golden.get("inputs"));
        PathLesions lesions = PathLesions.of(network, inputs);
        assertEquals(0, lesions.intactError(), 0);
        Table hops = lesions.hops();
        // Of a linear network the output without hop k is that of inputs without step L - k + 2.
        double[] u = inputs.dup('c').reshape(inputs.length()).toDoubleVector();
        for (Row row : hops) {
            int step = (int) inputs.size(0) - 1 - (Integer.parseInt(row.getString("what")) - 2);
            INDArray without = inputs.dup();
            for (int trial = 0; trial < inputs.size(1); trial++) {
                for (int c = 0; c < inputs.size(2); c++) {
                    without.putScalar(new int[] {step, trial, c}, 0);
                }
            }
            INDArray apart = network.outputs(without).sub(network.outputs(inputs));
            assertEquals(apart.mul(apart).meanNumber().doubleValue(), row.getDouble("error"), 1e-12);
        }
        assertTrue(u.length > 0 && hops.doubleColumn("error").get(0) > 0);
    }

    @Test
    void silencedUnitsAndRoutesAreThoseOfTheNetworkWithoutThem() {
        JsonObject golden = GOLDEN.getAsJsonObject("rate-tanh");
        LoadedNetwork network = network(golden);
        INDArray inputs = Golden.array(golden.get("inputs"));
        INDArray targets = network.outputs(inputs).add(1);
        PathLesions lesions = PathLesions.of(network, inputs, targets);
        assertEquals(1, lesions.intactError(), 1e-12);
        Table units = lesions.units();
        assertEquals(4, units.rowCount());
        // All edges between two modules that are one: nothing recurrent is left.
        JsonObject bare = golden.deepCopy();
        bare.getAsJsonArray("W").forEach(row -> {
            for (int j = 0; j < 4; j++) {
                row.getAsJsonArray().set(j, new com.google.gson.JsonPrimitive(0));
            }
        });
        INDArray apart = network(bare).outputs(inputs).sub(targets);
        Table route = lesions.routes(List.of("all", "all", "all", "all"));
        assertEquals(
                apart.mul(apart).meanNumber().doubleValue(),
                route.doubleColumn("error").get(0),
                1e-12);
        assertEquals(
                route.doubleColumn("error").get(0) - 1,
                route.doubleColumn("rise").get(0),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> lesions.routes(List.of("one")));
        assertThrows(IllegalArgumentException.class, () -> PathLesions.of(network, inputs, targets.reshape(-1, 1)));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aNetworkOfOursIsAskedLikeALoadedOne(Form form) {
        Task task = Tasks.gonogo();
        RecurrentNetwork ours = RecurrentNetwork.normal(task, 7, Activation.SOFTPLUS, Seed.of(1))
                .with(new Dynamics(form, 0.2, 0.1, 0.1))
                .startingAt(0.1, 0.2, -0.1, 0.3, 0, 0.5, -0.4);
        INDArray inputs = task.batch(3, Seed.of(2)).inputs();
        LoadedNetwork loaded = LoadedNetwork.of(ours);
        assertEquals(Optional.of(form), loaded.form());
        HopAgainstLag lags = HopAgainstLag.of(ours, inputs);
        assertTrue(lags.check().distance() < 1e-6, lags.check().toString());
        assertEquals(0, lags.jacobian().distance(loaded.jacobian(inputs)), 1e-12);
        HopDecomposition effective = HopDecomposition.of(loaded.effective(inputs), 40);
        assertEquals(0, lags.walks("effective").distance(effective), 1e-12);
        // Sorted by synapses instead of lags the same walks have the same sum.
        INDArray bySynapses = loaded.synapses(inputs, 40).total(WalkMeasure.resolvent(1));
        INDArray byLags = effective.total(WalkMeasure.resolvent(1));
        assertEquals(0, bySynapses.distance2(byLags) / byLags.norm2Number().doubleValue(), 1e-12);
        double error =
                PathLesions.of(ours, inputs).units().doubleColumn("error").max();
        RecurrentNetwork without = ours.noiseless().with(ours.weights().silenced(0));
        INDArray apart =
                without.run(inputs).outputs().sub(ours.noiseless().run(inputs).outputs());
        double own = apart.mul(apart).meanNumber().doubleValue();
        assertTrue(error >= own && own > 0, error + ", " + own);
    }

    @Test
    void aUnitFunctionThatIsNotKnownThereIsRefused() {
        RecurrentNetwork erf = RecurrentNetwork.normal(Tasks.gonogo(), 4, Activation.ERF, Seed.of(1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LoadedNetwork.of(erf))
                .getMessage()
                .contains("erf"));
    }
}
