package org.hopwise.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.internal.machine.Memory;

/**
 * Arrays that last for one update and are used again in the next, so that updates which ask for the same lengths in the
 * same order allocate nothing.
 */
public final class Workspace {

    private static final String WHAT = "Working arrays of a penalty";
    private static final String REMEDY = "Use a penalty of a shorter length, or a smaller network";

    private final Reals precision;
    private final List<Reals> arrays = new ArrayList<>();
    private final List<Parameters> slopes = new ArrayList<>();
    private int arraysTaken;
    private int slopesTaken;

    public Workspace(Reals precision) {
        this.precision = precision;
    }

    /** All arrays may be given out again. */
    public void reuse() {
        arraysTaken = 0;
        slopesTaken = 0;
    }

    /** An array of any content; refused with its bytes where it cannot fit. */
    public Reals reals(double length) {
        if (arraysTaken < arrays.size() && arrays.get(arraysTaken).length() == length) {
            return arrays.get(arraysTaken++);
        }
        Memory.requireArray(WHAT, length, precision.bytes(), REMEDY);
        Memory.require(WHAT, precision.bytes() * length, REMEDY);
        return reals((int) length);
    }

    private Reals reals(int length) {
        int slot = arraysTaken++;
        if (slot == arrays.size()) {
            arrays.add(precision.zeros(length));
        } else if (arrays.get(slot).length() != length) {
            arrays.set(slot, precision.zeros(length));
        }
        return arrays.get(slot);
    }

    /** Zeros in the shape of the parameters. */
    public Parameters zeros(Parameters like) {
        int slot = slopesTaken++;
        if (slot == slopes.size()) {
            slopes.add(like.zeros());
        }
        slopes.get(slot).clear();
        return slopes.get(slot);
    }

    /** A matrix (k x n) as second factor of products. */
    public Reals factor(Reals matrix, int k, int n) {
        Reals result = reals(matrix.panelsLength(k, n));
        result.panels(matrix, k, n);
        return result;
    }

    /** The transpose (n x k) of a matrix (k x n) as second factor of products. */
    public Reals transposedFactor(Reals matrix, int k, int n) {
        Reals result = reals(matrix.panelsLength(n, k));
        result.transposedPanels(matrix, n, k);
        return result;
    }

    /** A matrix (k x n) and, below it, another (l x n) as second factor of products. */
    public Reals factor(Reals matrix, int k, Reals below, int l, int n) {
        Reals result = reals(matrix.panelsLength(k + l, n));
        result.panels(matrix, k, below, l, n);
        return result;
    }

    /** The transpose (k x n) of a matrix (n x k) and, below it, that (l x n) of another as second factor of products. */
    public Reals transposedFactor(Reals matrix, int k, Reals below, int l, int n) {
        Reals result = reals(matrix.panelsLength(k + l, n));
        result.transposedPanels(matrix, k, below, l, n);
        return result;
    }
}
