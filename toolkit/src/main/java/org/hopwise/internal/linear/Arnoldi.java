package org.hopwise.internal.linear;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.internal.machine.Cores;
import org.hopwise.internal.machine.Memory;

/**
 * The largest modulus of an eigenvalue of a large real matrix that is known by its products with vectors: Arnoldi's
 * method with thick restarts (Krylov-Schur, Stewart 2001), in real arithmetic. Unlike power iteration it finds complex
 * pairs and several eigenvalues of one modulus.
 *
 * <p>The eigenvector x has a relative residual |A x - lambda x| of at most 1e-10 |lambda|, or of rounding relative to
 * |A|; the error of lambda is that times the condition of the eigenvalue, which is 1 for normal matrices. Memory: 60
 * vectors. The start is random with a fixed seed, so the result is always the same.
 */
final class Arnoldi {

    static final double TOLERANCE = 1e-10;

    private static final double ROUNDING = 0x1p-50;
    /** Vectors kept at most, and after a restart about half of them. */
    static final int BASIS = 60;

    /** A relative residual from which some thousand products more are likely to end at the tolerance. */
    private static final double HOPEFUL = 1e-3;

    /** Of the projector on the kept subspace: rounding leaves 1e-14, half a conjugate pair much more. */
    private static final double CUT_PAIR = 1e-9;

    static final int MOST_PRODUCTS = 30_000;

    /** A product of the matrix with a vector, written over {@code y}. */
    interface Product {
        void multiply(double[] x, double[] y);
    }

    private final int n;
    private final int size;
    private final Product product;
    private final double[][] basis;
    /** A V = V T + next residual': columns 0 to size - 1 of T. */
    private final DMatrixRMaj t;

    private double residual;

    private Arnoldi(int n, Product product, int vectors) {
        this.n = n;
        this.size = Math.min(n, vectors);
        this.product = product;
        Memory.require(
                "Vectors for the spectral radius of %d units".formatted(n), 8.0 * n * (size + 2), "Use fewer units");
        this.basis = new double[size + 1][];
        this.t = new DMatrixRMaj(size, size);
    }

    /** The spectral radius of an n x n matrix. */
    static double spectralRadius(int n, Product product) {
        return spectralRadius(n, product, MOST_PRODUCTS, Seed.of(1), BASIS);
    }

    static double spectralRadius(int n, Product product, int mostProducts, Seed start, int basis) {
        Found found = find(n, product, mostProducts, start, basis);
        if (!found.isConverged) {
            throw found.refusal(n);
        }
        return found.modulus;
    }

    /** The same, converged or not. */
    static Found find(int n, Product product, int mostProducts, Seed start, int basis) {
        return find(n, product, mostProducts, mostProducts, start, basis);
    }

    /** The same, given up where the residual is still large after so many products. */
    static Found find(int n, Product product, int patience, int mostProducts, Seed start, int basis) {
        return new Arnoldi(n, product, basis).run(patience, mostProducts, start);
    }

    /** The largest modulus in the last subspace, the residual |A x - lambda x| of its vector, and what they took. */
    record Found(double modulus, double residual, boolean isConverged, int products) {

        IllegalStateException refusal(int n) {
            return new IllegalStateException(String.format(
                    Locale.ROOT,
                    "the spectral radius of %d units did not converge: after %d products it seems to be %.6g with relative "
                            + "residual %.1e, above %.0e. Use a measure that is truncated and not normalised, or on a "
                            + "Wiring estimateSpectralRadius() or spectralRadiusAtMost().",
                    n,
                    products,
                    modulus,
                    residual / modulus,
                    TOLERANCE));
        }
    }

    private Found run(int patience, int mostProducts, Seed start) {
        basis[0] = new double[n];
        new Draws(start.named("arnoldi")).fillUniform(basis[0], 1);
        scale(basis[0], 1 / norm(basis[0]));
        double modulus = 0;
        double error = 0;
        int kept = 0;
        int products = 0;
        for (;
                products < mostProducts && (products < patience || error <= HOPEFUL * modulus);
                products += size - kept) {
            int built = extend(kept);
            DMatrixRMaj projected = new DMatrixRMaj(built, built);
            CommonOps_DDRM.extract(t, 0, built, 0, built, projected, 0, 0);
            ComplexSchur schur = ComplexSchur.of(projected);
            modulus = schur.modulus(0);
            error = residual * Math.hypot(schur.real(built - 1, 0), schur.imaginary(built - 1, 0));
            double norm = NormOps_DDRM.normF(projected);
            if (built < size || error <= Math.max(TOLERANCE * modulus, ROUNDING * norm)) {
                return new Found(modulus, error, true, products);
            }
            kept = restart(schur);
        }
        return new Found(modulus, error, false, products);
    }

    /** Builds vectors from {@code kept} on; gives how many there are, fewer than all if they span an invariant space. */
    private int extend(int kept) {
        double[] h = new double[size];
        // What sums of n products leave: going on with it would turn a complete space into one of noise.
        double rounding = ROUNDING * Math.max(1, Math.sqrt(n) / 4);
        for (int j = kept; j < size; j++) {
            double[] next = basis[j + 1] == null ? new double[n] : basis[j + 1];
            product.multiply(basis[j], next);
            double before = norm(next);
            // Twice is enough (Parlett): the second pass removes what rounding left of the first.
            for (int pass = 0; pass < 2; pass++) {
                int last = j;
                Cores.split(last + 1, n < 10_000 ? 1 : Cores.count(), (from, to) -> {
                    for (int i = from; i < to; i++) {
                        h[i] = dot(basis[i], next);
                    }
                });
                for (int i = 0; i <= j; i++) {
                    t.add(i, j, h[i]);
                }
                Cores.split(n, n < 10_000 ? 1 : Cores.count(), (from, to) -> subtract(next, h, last, from, to));
            }
            residual = norm(next);
            basis[j + 1] = next;
            if (!(residual > rounding * before)) {
                return j + 1;
            }
            scale(next, 1 / residual);
            if (j + 1 < size) {
                t.set(j + 1, j, residual);
            }
        }
        return size;
    }

    /**
     * Keeps the subspace of the largest eigenvalues: V B with B a real orthonormal basis of the first Schur vectors. Gives
     * how many. A conjugate pair is kept or dropped together, for otherwise the subspace is not real.
     */
    private int restart(ComplexSchur schur) {
        int kept = size / 2;
        for (int step = 1; step < size && imaginaryPart(schur, kept) > CUT_PAIR; step++) {
            // size / 2 + 1, - 1, + 2, - 2, ...
            kept = size / 2 + (step % 2 == 1 ? (step + 1) / 2 : -step / 2);
        }
        double[][] b = realBasis(schur, kept);
        double[][] turned = new double[kept][];
        for (int k = 0; k < kept; k++) {
            turned[k] = new double[n];
        }
        Cores.split(n, n < 10_000 ? 1 : Cores.count(), (from, to) -> {
            for (int k = 0; k < b.length; k++) {
                for (int i = 0; i < size; i++) {
                    double factor = b[k][i];
                    double[] old = basis[i];
                    double[] sum = turned[k];
                    for (int at = from; at < to; at++) {
                        sum[at] = Math.fma(factor, old[at], sum[at]);
                    }
                }
            }
        });
        DMatrixRMaj old = t.copy();
        t.zero();
        for (int k = 0; k < kept; k++) {
            for (int l = 0; l < kept; l++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        sum += b[k][i] * old.get(i, j) * b[l][j];
                    }
                }
                t.set(k, l, sum);
            }
            t.set(kept, k, residual * b[k][size - 1]);
        }
        double[] next = basis[size];
        for (int k = 0; k < kept; k++) {
            basis[k] = turned[k];
        }
        Arrays.fill(basis, kept + 1, size + 1, null);
        basis[kept] = next;
        return kept;
    }

    /** The largest imaginary part of the projector on the first Schur vectors: 0 if no conjugate pair is cut. */
    private double imaginaryPart(ComplexSchur schur, int kept) {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = 0; k < kept; k++) {
                    sum += schur.imaginary(i, k) * schur.real(j, k) - schur.real(i, k) * schur.imaginary(j, k);
                }
                largest = Math.max(largest, Math.abs(sum));
            }
        }
        return largest;
    }

    /** Gram-Schmidt with pivots on real and imaginary parts of the first Schur vectors. */
    private double[][] realBasis(ComplexSchur schur, int kept) {
        double[][] parts = new double[2 * kept][size];
        for (int k = 0; k < kept; k++) {
            for (int i = 0; i < size; i++) {
                parts[2 * k][i] = schur.real(i, k);
                parts[2 * k + 1][i] = schur.imaginary(i, k);
            }
        }
        double[][] found = new double[kept][];
        for (int k = 0; k < kept; k++) {
            double[] longest = parts[0];
            for (double[] part : parts) {
                longest = norm(part) > norm(longest) ? part : longest;
            }
            found[k] = longest.clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int l = 0; l < k; l++) {
                    add(found[k], -dot(found[l], found[k]), found[l]);
                }
            }
            scale(found[k], 1 / norm(found[k]));
            for (double[] part : parts) {
                add(part, -dot(found[k], part), found[k]);
            }
        }
        return found;
    }

    /** next -= V h. */
    private void subtract(double[] next, double[] h, int last, int from, int to) {
        for (int i = 0; i <= last; i++) {
            double[] vector = basis[i];
            double factor = -h[i];
            for (int at = from; at < to; at++) {
                next[at] = Math.fma(factor, vector[at], next[at]);
            }
        }
    }

    private static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    /** Four chains, so that additions need not wait for each other. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 = Math.fma(a[i], b[i], s0);
            s1 = Math.fma(a[i + 1], b[i + 1], s1);
            s2 = Math.fma(a[i + 2], b[i + 2], s2);
            s3 = Math.fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < a.length; i++) {
            s0 = Math.fma(a[i], b[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
