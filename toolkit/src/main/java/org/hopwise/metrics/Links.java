package org.hopwise.metrics;

import java.util.List;

/** The weights that a layer's links have, biases among them where the layer pools them. */
record Links(String layer, List<double[]> parts) {

    double[] values() {
        double[] values =
                new double[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return values;
    }
}
