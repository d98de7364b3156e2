package org.hopwise.internal.linear;

import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.hessenberg.HessenbergSimilarDecomposition_DDRM;

/**
 * The complex Schur form of a small real matrix, M = Q T Q^H with T upper triangular and Q unitary, and its eigenvalues
 * on the diagonal of T in falling order of modulus. The first columns of Q then span the subspace that belongs to the
 * largest eigenvalues, also of a defective matrix. EJML gives eigenvalues but no ordered Schur form.
 *
 * <p>EJML reduces to Hessenberg form; then shifted QR steps with Givens rotations (Golub and Van Loan, Matrix
 * Computations, section 7.5), and swaps of neighbours (Bai and Demmel 1993). About 40 n^3 operations.
 */
final class ComplexSchur {

    private static final double EPSILON = 0x1p-52;
    private static final int MOST_STEPS = 60;
    /** Moduli that differ less, relatively, are those of a conjugate pair up to rounding. */
    private static final double EQUAL = 1e-11;

    private final int n;
    /** T, row-major. */
    private final double[] re;

    private final double[] im;
    /** Q, row-major. */
    private final double[] qRe;

    private final double[] qIm;
    /** A Givens rotation: cosine and complex sine. */
    private double c;

    private double sRe;
    private double sIm;

    private ComplexSchur(DMatrixRMaj hessenberg, DMatrixRMaj basis) {
        n = hessenberg.numRows;
        re = hessenberg.data.clone();
        im = new double[n * n];
        qRe = basis.data.clone();
        qIm = new double[n * n];
    }

    static ComplexSchur of(DMatrixRMaj square) {
        var reduction = new HessenbergSimilarDecomposition_DDRM(square.numRows);
        if (!reduction.decompose(square.copy())) {
            throw new IllegalStateException("the Hessenberg form of a small matrix failed; check it for NaN.");
        }
        ComplexSchur schur = new ComplexSchur(reduction.getH(null), reduction.getQ(null));
        schur.triangularise();
        schur.sort();
        return schur;
    }

    /** Eigenvalue k, the largest first. */
    Complex_F64 eigenvalue(int k) {
        return new Complex_F64(re[k * n + k], im[k * n + k]);
    }

    /** Modulus of eigenvalue k, the largest first. */
    double modulus(int k) {
        return Math.hypot(re[k * n + k], im[k * n + k]);
    }

    /** Entry (row, k) of Q. */
    double real(int row, int k) {
        return qRe[row * n + k];
    }

    double imaginary(int row, int k) {
        return qIm[row * n + k];
    }

    private void triangularise() {
        int steps = 0;
        for (int high = n - 1; high > 0; ) {
            int low = high;
            while (low > 0 && !negligible(low)) {
                low--;
            }
            if (low == high) {
                high--;
                steps = 0;
            } else if (++steps > MOST_STEPS) {
                throw new IllegalStateException(
                        "the eigenvalues of a %d x %d matrix did not converge; check it for extreme values."
                                .formatted(n, n));
            } else {
                step(low, high, steps % 10 == 0);
            }
        }
    }

    /** Whether the entry below the diagonal at (k, k - 1) is rounding; it is then set to zero. */
    private boolean negligible(int k) {
        int at = k * n + k - 1;
        double around = modulus(k - 1) + modulus(k);
        boolean small = Math.abs(re[at]) + Math.abs(im[at]) <= EPSILON * around
                || Math.abs(re[at]) + Math.abs(im[at]) < Double.MIN_NORMAL;
        if (small) {
            re[at] = 0;
            im[at] = 0;
        }
        return small;
    }

    /** One QR step on rows and columns low..high: T - shift I = G R, then R G + shift I. */
    private void step(int low, int high, boolean exceptional) {
        double[] shift = exceptional
                ? new double[] {Math.abs(re[high * n + high - 1]) + re[high * n + high], 0}
                : wilkinson(high);
        for (int k = low; k <= high; k++) {
            re[k * n + k] -= shift[0];
            im[k * n + k] -= shift[1];
        }
        double[] cosines = new double[high];
        double[] sines = new double[2 * high];
        for (int k = low; k < high; k++) {
            int above = k * n + k;
            int below = above + n;
            rotation(re[above], im[above], re[below], im[below]);
            rotateRows(k, k);
            re[below] = 0;
            im[below] = 0;
            cosines[k] = c;
            sines[2 * k] = sRe;
            sines[2 * k + 1] = sIm;
        }
        for (int k = low; k < high; k++) {
            c = cosines[k];
            sRe = sines[2 * k];
            sIm = sines[2 * k + 1];
            rotateColumns(re, im, k, k + 2);
            rotateColumns(qRe, qIm, k, n);
        }
        for (int k = low; k <= high; k++) {
            re[k * n + k] += shift[0];
            im[k * n + k] += shift[1];
        }
    }

    /** The eigenvalue of the last 2 x 2 block that is closer to its last entry. */
    private double[] wilkinson(int high) {
        int a = (high - 1) * n + high - 1;
        int d = high * n + high;
        // d + mu, mu the smaller root of mu^2 + (d - a) mu = b c: mu = -b c / (p +- sqrt(p^2 + b c)), p = (a - d) / 2.
        double pRe = (re[a] - re[d]) / 2;
        double pIm = (im[a] - im[d]) / 2;
        double bcRe = re[a + 1] * re[d - 1] - im[a + 1] * im[d - 1];
        double bcIm = re[a + 1] * im[d - 1] + im[a + 1] * re[d - 1];
        double xRe = pRe * pRe - pIm * pIm + bcRe;
        double xIm = 2 * pRe * pIm + bcIm;
        double size = Math.hypot(xRe, xIm);
        double rootRe = Math.sqrt((size + Math.abs(xRe)) / 2);
        double rootIm = rootRe == 0 ? 0 : xIm / (2 * rootRe);
        if (xRe < 0) {
            double swap = rootRe;
            rootRe = Math.abs(rootIm);
            rootIm = Math.copySign(swap, xIm);
        }
        boolean same = pRe * rootRe + pIm * rootIm >= 0;
        double sumRe = pRe + (same ? rootRe : -rootRe);
        double sumIm = pIm + (same ? rootIm : -rootIm);
        double norm = sumRe * sumRe + sumIm * sumIm;
        if (norm == 0) {
            return new double[] {re[d], im[d]};
        }
        return new double[] {re[d] - (bcRe * sumRe + bcIm * sumIm) / norm, im[d] - (bcIm * sumRe - bcRe * sumIm) / norm
        };
    }

    /** The rotation [c, s; -conj(s), c] that takes (f, g) to (r, 0). */
    private void rotation(double fRe, double fIm, double gRe, double gIm) {
        double f = Math.hypot(fRe, fIm);
        double g = Math.hypot(gRe, gIm);
        double r = Math.hypot(f, g);
        if (g == 0) {
            c = 1;
            sRe = 0;
            sIm = 0;
        } else if (f == 0) {
            c = 0;
            sRe = gRe / g;
            sIm = -gIm / g;
        } else {
            c = f / r;
            // s = (f / |f|) conj(g) / r
            sRe = (fRe * gRe + fIm * gIm) / f / r;
            sIm = (fIm * gRe - fRe * gIm) / f / r;
        }
    }

    /** Rows k and k + 1 of T from a column on: (x, y) to (c x + s y, c y - conj(s) x). */
    private void rotateRows(int k, int from) {
        for (int j = from; j < n; j++) {
            int x = k * n + j;
            int y = x + n;
            double xRe = re[x];
            double xIm = im[x];
            re[x] = c * xRe + sRe * re[y] - sIm * im[y];
            im[x] = c * xIm + sRe * im[y] + sIm * re[y];
            double yRe = c * re[y] - sRe * xRe - sIm * xIm;
            im[y] = c * im[y] - sRe * xIm + sIm * xRe;
            re[y] = yRe;
        }
    }

    /** Columns k and k + 1 of rows 0 to {@code rows} - 1, by the inverse: (x, y) to (c x + conj(s) y, c y - s x). */
    private void rotateColumns(double[] real, double[] imaginary, int k, int rows) {
        for (int i = 0; i < rows; i++) {
            int x = i * n + k;
            int y = x + 1;
            double xRe = real[x];
            double xIm = imaginary[x];
            real[x] = c * xRe + sRe * real[y] + sIm * imaginary[y];
            imaginary[x] = c * xIm + sRe * imaginary[y] - sIm * real[y];
            double yRe = c * real[y] - sRe * xRe + sIm * xIm;
            imaginary[y] = c * imaginary[y] - sRe * xIm - sIm * xRe;
            real[y] = yRe;
        }
    }

    private void sort() {
        for (int end = n - 1; end > 0; end--) {
            for (int k = 0; k < end; k++) {
                if (isBehind(k)) {
                    swap(k);
                }
            }
        }
    }

    /** Of equal moduli the larger real part comes first, so that conjugate pairs stand together. */
    private boolean isBehind(int k) {
        double difference = modulus(k) - modulus(k + 1);
        return Math.abs(difference) > EQUAL * modulus(k)
                ? difference < 0
                : re[k * n + k] < re[(k + 1) * (n + 1)] - EQUAL * modulus(k);
    }

    /** Exchanges eigenvalues k and k + 1. */
    private void swap(int k) {
        int first = k * n + k;
        int second = first + n + 1;
        double aRe = re[first];
        double aIm = im[first];
        double bRe = re[second];
        double bIm = im[second];
        rotation(re[first + 1], im[first + 1], bRe - aRe, bIm - aIm);
        rotateRows(k, k);
        rotateColumns(re, im, k, k + 2);
        rotateColumns(qRe, qIm, k, n);
        re[first] = bRe;
        im[first] = bIm;
        re[second] = aRe;
        im[second] = aIm;
        re[second - 1] = 0;
        im[second - 1] = 0;
    }
}
