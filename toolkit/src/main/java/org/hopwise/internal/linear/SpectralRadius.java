package org.hopwise.internal.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.array.SparseMatrix;
import org.hopwise.internal.array.TallProducts;

/**
 * The largest modulus of an eigenvalue, for matrices of any size. Small ones go to EJML, large ones to {@link Arnoldi}.
 *
 * <p>A sparse matrix is first cut into strongly connected components, since its eigenvalues are theirs: a graph without
 * cycles has radius 0 exactly, and one cycle of n units that weighs w has radius |w|^(1/n), both of which would be hard
 * for iterations.
 */
public final class SpectralRadius {

    /** Up to here all eigenvalues, at 10 n^3 operations, take less time than iterations can. */
    static final int SMALL = 300;

    private SpectralRadius() {}

    /** Of a dense matrix. */
    public static double of(DMatrixRMaj square) {
        if (square.numRows <= SMALL) {
            return LinearAlgebra.spectralRadius(square);
        }
        return Arnoldi.spectralRadius(square.numRows, (x, y) -> TallProducts.multiply(square, x, y));
    }

    /** Of a sparse matrix. */
    public static double of(SparseMatrix matrix) {
        double largest = 0;
        Components components = Components.of(matrix);
        int[] place = new int[matrix.size()];
        Arrays.fill(place, -1);
        for (int[] members : components.members()) {
            for (int i = 0; i < members.length; i++) {
                place[members[i]] = i;
            }
            largest = Math.max(largest, ofComponent(matrix, members, place));
            for (int member : members) {
                place[member] = -1;
            }
        }
        return largest;
    }

    /** {@code place} gives the number of a unit within the component, -1 outside. */
    private static double ofComponent(SparseMatrix matrix, int[] members, int[] place) {
        int n = members.length;
        if (n == 1) {
            double[] loop = new double[1];
            matrix.row(members[0], (row, column, value) -> loop[0] += column == row ? value : 0);
            return Math.abs(loop[0]);
        }
        SparseMatrix.Source inside = sink -> {
            for (int member : members) {
                matrix.row(member, (row, column, value) -> {
                    if (place[column] >= 0) {
                        sink.entry(place[row], place[column], value);
                    }
                });
            }
        };
        long[] entries = new long[1];
        double[] logarithms = new double[1];
        inside.send((row, column, value) -> {
            entries[0]++;
            logarithms[0] += Math.log(Math.abs(value));
        });
        if (entries[0] == n) {
            return Math.exp(logarithms[0] / n);
        }
        if (n <= SMALL) {
            DMatrixRMaj dense = new DMatrixRMaj(n, n);
            inside.send(dense::add);
            return LinearAlgebra.spectralRadius(dense);
        }
        if (entries[0] > matrix.entries() / 2) {
            return Arnoldi.spectralRadius(matrix.size(), masked(matrix, place));
        }
        return Arnoldi.spectralRadius(n, SparseMatrix.of(n, entries[0], inside)::multiply);
    }

    /** The component within the whole matrix, since a copy would take as much memory again. */
    private static Arnoldi.Product masked(SparseMatrix matrix, int[] place) {
        double[] within = new double[matrix.size()];
        return (x, y) -> {
            for (int i = 0; i < within.length; i++) {
                within[i] = place[i] >= 0 ? x[i] : 0;
            }
            matrix.multiply(within, y);
            for (int i = 0; i < within.length; i++) {
                y[i] = place[i] >= 0 ? y[i] : 0;
            }
        };
    }
}
