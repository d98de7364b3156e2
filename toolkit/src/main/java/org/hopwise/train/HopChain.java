package org.hopwise.train;

import org.hopwise.internal.Products;

/**
 * The hop blocks of some sources, forwards and backwards, without powers of the recurrent matrix.
 *
 * <p>In source x target matrices I, H, O: V_0 = I, V_j = V_(j-1) H, block j is V_j O and holds hop j + 2. Backwards, with
 * S_j the gradient by block j: dO = sum of V_j' S_j and D = S_(L-1) O'; for j = L - 1 down to 1: dH += V_(j-1)' D,
 * D = D H' + S_(j-1) O'; at last dI = D.
 */
final class HopChain {

    private final int sources;
    private final int length;
    private final Parameters p;
    private final double[][] reached;

    /** The chain from sources with these edges to the hidden units: sources x hidden values. */
    HopChain(double[] edges, int sources, int length, Parameters p) {
        this.sources = sources;
        this.length = length;
        this.p = p;
        this.reached = new double[length][];
        reached[0] = edges;
        for (int j = 1; j < length; j++) {
            reached[j] = new double[sources * p.hidden];
            Products.addProduct(reached[j - 1], 0, p.recurrent, reached[j], 0, sources, p.hidden, p.hidden);
        }
    }

    /** Block j, sources x outputs. */
    double[] block(int j) {
        double[] block = new double[sources * p.outputs];
        Products.addProduct(reached[j], 0, p.output, block, 0, sources, p.hidden, p.outputs);
        return block;
    }

    /** Adds the gradient that slopes by every block give to the edges, the recurrent and the output weights. */
    void accumulate(double[][] slopes, double[] edges, Parameters gradient) {
        int h = p.hidden;
        int o = p.outputs;
        double[] outputTransposed = new double[o * h];
        Products.transpose(p.output, h, o, outputTransposed);
        double[] recurrentTransposed = new double[h * h];
        Products.transpose(p.recurrent, h, h, recurrentTransposed);
        for (int j = 0; j < length; j++) {
            Products.addTransposedProduct(reached[j], 0, slopes[j], 0, gradient.output, sources, h, o);
        }
        double[] d = new double[sources * h];
        Products.addProduct(slopes[length - 1], 0, outputTransposed, d, 0, sources, o, h);
        for (int j = length - 1; j >= 1; j--) {
            Products.addTransposedProduct(reached[j - 1], 0, d, 0, gradient.recurrent, sources, h, h);
            double[] earlier = new double[sources * h];
            Products.addProduct(d, 0, recurrentTransposed, earlier, 0, sources, h, h);
            Products.addProduct(slopes[j - 1], 0, outputTransposed, earlier, 0, sources, o, h);
            d = earlier;
        }
        for (int at = 0; at < d.length; at++) {
            edges[at] += d[at];
        }
    }
}
