package org.hopwise.randommode.theory;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** The Gauss-Legendre rule of 16 points on [0, 1]. */
final class GaussLegendre {

    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16, 0, 1);

    static final double[] NODES = new double[RULE.getNumberOfPoints()];
    static final double[] WEIGHTS = new double[RULE.getNumberOfPoints()];

    static {
        for (int i = 0; i < NODES.length; i++) {
            NODES[i] = RULE.getPoint(i);
            WEIGHTS[i] = RULE.getWeight(i);
        }
    }

    private GaussLegendre() {}
}
