package org.hopwise.internal.engine;

import org.hopwise.internal.machine.Interruption;

/**
 * The hop blocks of some sources, forwards and backwards, without powers of the recurrent matrix. The blocks of all hops
 * stand below each other, so that one product serves all of them where no hop waits for another.
 *
 * <p>In source x target matrices I, H, O: V_0 = I, V_j = V_(j-1) H, block j is V_j O and holds hop j + 2. Backwards, with
 * S_j the gradient by block j: dO = sum of V_j' S_j and D_(L-1) = S_(L-1) O'; for j = L - 1 down to 1:
 * dH += V_(j-1)' D_j, D_(j-1) = S_(j-1) O' + D_j H'; at last dI = D_0.
 */
public final class HopChain {

    private HopChain() {}

    /** V_0 to V_(L-1), from sources with these edges to the hidden units: sources x hidden values. */
    public static Reals reached(Reals edges, int sources, int length, Parameters p, Workspace work) {
        int slab = sources * p.hidden;
        Reals reached = work.reals((double) length * slab);
        reached.copy(0, edges);
        Reals recurrent = work.factor(p.recurrent, p.hidden, p.hidden);
        for (int j = 1; j < length; j++) {
            Interruption.check();
            reached.product(j * slab, reached, (j - 1) * slab, recurrent, sources, p.hidden, p.hidden, false);
        }
        return reached;
    }

    /** Blocks 0 to L - 1, each sources x outputs. */
    public static Reals blocks(Reals reached, int sources, int length, Parameters p, Workspace work) {
        Reals blocks = work.reals((double) length * sources * p.outputs);
        Reals output = work.factor(p.output, p.hidden, p.outputs);
        blocks.product(0, reached, 0, output, length * sources, p.hidden, p.outputs, false);
        return blocks;
    }

    /** Adds the gradient that slopes by every block give to the edges, the recurrent and the output weights. */
    public static void accumulate(
            Reals reached,
            Reals slopes,
            int sources,
            int length,
            Parameters p,
            Reals edges,
            Parameters gradient,
            Workspace work) {
        int h = p.hidden;
        int slab = sources * h;
        gradient.output.addTransposedProduct(reached, 0, slopes, 0, length * sources, h, p.outputs);
        Reals outputTransposed = work.transposedFactor(p.output, h, p.outputs);
        Reals recurrentTransposed = work.transposedFactor(p.recurrent, h, h);
        Reals d = work.reals((double) length * slab);
        d.product(0, slopes, 0, outputTransposed, length * sources, p.outputs, h, false);
        for (int j = length - 1; j >= 1; j--) {
            Interruption.check();
            d.product((j - 1) * slab, d, j * slab, recurrentTransposed, sources, h, h, true);
        }
        gradient.recurrent.addTransposedProduct(reached, 0, d, slab, (length - 1) * sources, h, h);
        edges.add(1, d);
    }
}
