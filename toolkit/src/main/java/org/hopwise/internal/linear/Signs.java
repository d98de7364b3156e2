package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.Optional;
import org.hopwise.internal.array.SparseMatrix;

/**
 * Whether a matrix is +-D |A| D with D of signs on the diagonal: then its eigenvalues are those of |A|, or their negatives
 * (a signed graph that is balanced, Harary 1953). Units are joined entry by entry with the sign that one has beside the
 * other; cost about that of reading the entries.
 */
final class Signs {

    private final int[] parent;
    /** Whether a unit's sign differs from its parent's. */
    private final boolean[] differs;

    private boolean isBalanced = true;

    private Signs(int n) {
        parent = new int[n];
        differs = new boolean[n];
        Arrays.setAll(parent, unit -> unit);
    }

    /** One sign a unit, D, where D A D or its negative has no negative entry. */
    static Optional<boolean[]> of(int n, SparseMatrix.Source entries) {
        return of(n, entries, false).or(() -> of(n, entries, true));
    }

    private static Optional<boolean[]> of(int n, SparseMatrix.Source entries, boolean negated) {
        Signs signs = new Signs(n);
        entries.send((row, column, value) -> {
            if (signs.isBalanced && value != 0) {
                signs.join(row, column, value < 0 != negated);
            }
        });
        if (!signs.isBalanced) {
            return Optional.empty();
        }
        boolean[] found = new boolean[n];
        for (int unit = 0; unit < n; unit++) {
            found[unit] = signs.signOf(unit);
        }
        return Optional.of(found);
    }

    private void join(int a, int b, boolean opposite) {
        boolean across = opposite ^ signOf(a) ^ signOf(b);
        int rootOfA = root(a);
        int rootOfB = root(b);
        if (rootOfA == rootOfB) {
            isBalanced = !across;
        } else {
            parent[rootOfA] = rootOfB;
            differs[rootOfA] = across;
        }
    }

    /** Beside its root's, which stands right above the unit afterwards. */
    private boolean signOf(int unit) {
        boolean toRoot = false;
        for (int at = unit; parent[at] != at; at = parent[at]) {
            toRoot ^= differs[at];
        }
        int root = root(unit);
        boolean left = toRoot;
        for (int at = unit; parent[at] != at; ) {
            int next = parent[at];
            boolean step = differs[at];
            parent[at] = root;
            differs[at] = left;
            left ^= step;
            at = next;
        }
        return toRoot;
    }

    private int root(int unit) {
        int at = unit;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }
}
