package org.hopwise.lowrank;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.hopwise.Golden;
import org.hopwise.internal.Nd;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks and arrays of golden/low-rank-*.json. */
final class Cases {

    private Cases() {}

    static JsonArray of(String file) {
        return Golden.read(file).getAsJsonArray("cases");
    }

    static List<JsonObject> list(String file) {
        List<JsonObject> cases = new ArrayList<>();
        of(file).forEach(e -> cases.add(e.getAsJsonObject()));
        return cases;
    }

    static double[] flat(JsonElement element) {
        List<Double> values = new ArrayList<>();
        add(element, values);
        return values.stream().mapToDouble(v -> v).toArray();
    }

    private static void add(JsonElement element, List<Double> values) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(e -> add(e, values));
        } else {
            values.add(element.getAsDouble());
        }
    }

    static INDArray matrix(JsonElement rows) {
        JsonArray array = rows.getAsJsonArray();
        int columns = array.get(0).getAsJsonArray().size();
        return columns == 0 ? null : Nd.array(flat(rows), array.size(), columns);
    }

    static INDArray vector(JsonElement values) {
        double[] flat = flat(values);
        return Nd.array(flat, flat.length);
    }

    static LowRank network(JsonObject p) {
        Ramp ramp = "clippedRelu".equals(p.get("activation").getAsString())
                ? Ramp.CLIPPED
                : Ramp.valueOf(p.get("activation").getAsString().toUpperCase(java.util.Locale.ROOT));
        return new LowRank(
                p.get("decay").getAsDouble(),
                matrix(p.get("M")),
                matrix(p.get("n")),
                vector(p.get("h")),
                matrix(p.get("inputWeights")),
                ramp);
    }

    static StochasticNetwork stochastic(JsonObject p) {
        JsonObject o = p.getAsJsonObject("observation");
        boolean poisson = "poisson".equals(o.get("noise").getAsString());
        Link link = poisson ? Link.valueOf(o.get("link").getAsString().toUpperCase(java.util.Locale.ROOT)) : null;
        INDArray bias = vector(o.get("bias"));
        Observation seen;
        if ("latents".equals(o.get("readout").getAsString())) {
            INDArray b = matrix(o.get("B"));
            seen = poisson
                    ? Observation.poisson(b, bias, link)
                    : Observation.latents(b, bias, vector(o.get("variance")));
        } else {
            INDArray gain = vector(o.get("gain"));
            boolean rates = "rates".equals(o.get("readout").getAsString());
            if (poisson) {
                seen = rates ? Observation.poissonRates(gain, bias, link) : Observation.poissonUnits(gain, bias, link);
            } else {
                INDArray variance = vector(o.get("variance"));
                seen = rates ? Observation.rates(gain, bias, variance) : Observation.units(gain, bias, variance);
            }
        }
        StochasticNetwork network = StochasticNetwork.of(network(p), seen)
                .noise(matrix(p.get("latentNoise")))
                .start(vector(p.get("initialMean")), matrix(p.get("initialNoise")));
        return p.get("filterInput").getAsBoolean() ? network : network.rawInputs();
    }

    /** One trial: steps x channels. */
    static Trials trial(JsonObject c) {
        INDArray y = matrix(c.get("observations"));
        INDArray u = c.has("inputs") ? matrix(c.get("inputs")) : null;
        return Trials.of(y.reshape(1, y.size(0), y.size(1)), u == null ? null : u.reshape(1, u.size(0), u.size(1)));
    }
}
