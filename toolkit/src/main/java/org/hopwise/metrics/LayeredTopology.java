package org.hopwise.metrics;

import java.util.ArrayList;
import java.util.List;
import org.ejml.dense.row.CommonOps_DDRM;

/** A fully connected network. */
record LayeredTopology(List<Layer> layers) implements Topology {

    LayeredTopology {
        layers = checked(layers);
    }

    private static List<Layer> checked(List<Layer> layers) {
        Given.required("layers", layers, "pass a list of at least one Layer");
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers are an empty list; pass at least one Layer.");
        }
        for (int l = 1; l <= layers.size(); l++) {
            Layer layer = Given.required("layer %d".formatted(l), layers.get(l - 1), "pass a Layer");
            if (l > 1 && layer.inputs() != layers.get(l - 2).units()) {
                throw new IllegalArgumentException(
                        "weights %d are %d x %d but layer %d has %d units; they must have %d columns, one a unit."
                                .formatted(
                                        l,
                                        layer.units(),
                                        layer.inputs(),
                                        l - 1,
                                        layers.get(l - 2).units(),
                                        layers.get(l - 2).units()));
            }
        }
        return List.copyOf(layers);
    }

    /** The name of a layer of nodes: input, hidden 1, hidden 2, ..., output. */
    String name(int layer) {
        return layer == 0
                ? RecurrentTopology.INPUT
                : layer == layers.size() ? RecurrentTopology.OUTPUT : "hidden " + layer;
    }

    @Override
    public int steps() {
        return 0;
    }

    @Override
    public List<Links> links() {
        List<Links> links = new ArrayList<>();
        for (int l = 1; l <= layers.size(); l++) {
            Layer layer = layers.get(l - 1);
            links.add(new Links(name(l), List.of(layer.weights().data, layer.bias())));
        }
        return links;
    }

    @Override
    public List<Nodes> nodes() {
        List<Nodes> nodes = new ArrayList<>();
        for (int l = 0; l <= layers.size(); l++) {
            int n = l == 0 ? layers.get(0).inputs() : layers.get(l - 1).units();
            Ends in = Ends.one(n);
            Ends out = Ends.one(n);
            double[] bias = new double[n];
            double variance = 0;
            if (l > 0) {
                Layer layer = layers.get(l - 1);
                in = Ends.in(layer.weights());
                bias = layer.bias();
                variance += layer.inputs() * Spread.variance(layer.weights().data) + Spread.variance(bias);
            }
            if (l < layers.size()) {
                Layer next = layers.get(l);
                out = Ends.out(next.weights());
                variance += next.units() * Spread.variance(next.weights().data);
            }
            nodes.add(new Nodes(name(l), 0, in, bias, out, new StrengthNull(n, variance, 0)));
        }
        return nodes;
    }

    /** 2 sum W + sum b + inputs + outputs. */
    @Override
    public double total() {
        double total = layers.get(0).inputs() + layers.get(layers.size() - 1).units();
        for (Layer layer : layers) {
            total += 2 * CommonOps_DDRM.elementSum(layer.weights());
            for (double bias : layer.bias()) {
                total += bias;
            }
        }
        return total;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("fully connected network " + layers.get(0).inputs());
        layers.forEach(layer -> text.append('-').append(layer.units()));
        return text.toString();
    }
}
