package org.hopwise.randommode.theory;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.hopwise.internal.machine.Interruption;

/**
 * The four-point function of a network with overlaps, a 4 x 4 problem for each pair of frequencies [D]. Labels of two
 * replicas are (p,p), (t,t), (t,p), (p,t), p an output, t a response field:
 *
 * <p>Psi = [(1 - B M)^-1 B]_(pp,pp), B the product over the two frequencies of b(p,p) = C_phi, b(p,t) = S, b(t,p) = S*,
 * b(t,t) = 0; M[a,b] = alpha (rho^([a1 != a2] + [b1 != b2]) m(a1,b1; w1) m(a2,b2; w2)) averaged over components, m(t,t)
 * = D^2 C_phi / |1 - rho D S|^2, m(t,p) = D / (1 - rho D S), m(p,t) its conjugate, m(p,p) = 0.
 *
 * <p>States have the outer labels (x,x), with b(x,x) = C_x, b(x,p) = C_(x phi), b(x,t) = S_x. Psi is C C + psi, so its
 * double integral / (2 pi)^2 over C(0)^2 is N / PR.
 *
 * <p>Complex matrices stand as real ones of twice the size, [[re, -im], [im, re]], and vectors as [re; im].
 */
final class PairProblem {

    private static final int P = 0;
    private static final int T = 1;
    private static final int[][] LABELS = {{P, P}, {T, T}, {T, P}, {P, T}};

    private final SampledField field;
    private final int half;
    private final List<ModeClass> classes;
    private final double[] states;
    /** b(p,p), b(p,t), b(t,p), b(t,t) and b(x,p), b(x,t) at signed frequency k + half, as re and im. */
    private final double[][][] outer;

    private final double[][][] state;
    /** D / (1 - rho D S) and D^2 C_phi / |1 - rho D S|^2 of each component, at signed frequency k + half. */
    private final double[][][] gain;

    private final double[][] spectrum;
    private final DMatrixRMaj site = new DMatrixRMaj(8, 8);
    private final DMatrixRMaj mode = new DMatrixRMaj(8, 8);
    private final DMatrixRMaj product = new DMatrixRMaj(8, 8);
    /** Columns (pp,pp) of B and B_(.,xx), then solved. */
    private final DMatrixRMaj right = new DMatrixRMaj(8, 2);

    private final DMatrixRMaj solved = new DMatrixRMaj(8, 2);
    private final DMatrixRMaj moded = new DMatrixRMaj(8, 2);
    private final LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(8);

    private double outputs;
    private double stateSum;

    PairProblem(SampledField field) {
        this.field = field;
        this.half = field.window.points / 2;
        this.classes = field.classes;
        this.states = field.stateSpectrum();
        this.outer = new double[2 * half + 1][][];
        this.state = new double[2 * half + 1][][];
        this.gain = new double[2 * half + 1][][];
        this.spectrum = new double[2 * half + 1][];
        for (int k = -half; k <= half; k++) {
            tabulate(k);
        }
        for (int first = 0; first <= half; first++) {
            Interruption.check();
            // Psi(-w1, -w2) is the conjugate, so negative w1 need no work of their own.
            double weight = first == 0 || first == half ? 1 : 2;
            for (int second = 1 - half; second <= half; second++) {
                add(weight, first, second);
            }
        }
    }

    /** N / PR of outputs. */
    double outputUnits() {
        double scale = field.window.points * field.window.step * field.window.covariance(field.outputSpectrum, 0);
        return outputs / (scale * scale);
    }

    /** N / PR of states. */
    double stateUnits() {
        double scale = field.window.points * field.window.step * field.window.covariance(states, 0);
        return stateSum / (scale * scale);
    }

    private void add(double weight, int first, int second) {
        double[][] b1 = outer[first + half];
        double[][] b2 = outer[second + half];
        double[][] x1 = state[first + half];
        double[][] x2 = state[second + half];
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double[] left = b1[2 * LABELS[a][0] + LABELS[b][0]];
                double[] below = b2[2 * LABELS[a][1] + LABELS[b][1]];
                set(site, a, b, times(left, below), timesIm(left, below));
            }
            // B_(.,xx) is the conjugate of the row B_(xx,.).
            double[] left = x1[LABELS[a][0]];
            double[] below = x2[LABELS[a][1]];
            right.set(a, 0, site.get(a, 0));
            right.set(a + 4, 0, site.get(a + 4, 0));
            right.set(a, 1, times(left, below));
            right.set(a + 4, 1, -timesIm(left, below));
        }
        fillMode(first, second);
        CommonOps_DDRM.mult(-1, site, mode, product);
        for (int i = 0; i < 8; i++) {
            product.add(i, i, 1);
        }
        if (!solver.setA(product)) {
            throw new IllegalStateException(
                    "the four-point problem is singular at frequencies %d and %d of %d; use weaker overlaps or more samples."
                            .formatted(first, second, half));
        }
        solver.solve(right, solved);
        outputs += weight * solved.get(0, 0);
        CommonOps_DDRM.mult(mode, solved, moded);
        double sum = states[Math.abs(first)] * states[Math.abs(second)];
        for (int a = 0; a < 4; a++) {
            double[] left = x1[LABELS[a][0]];
            double[] below = x2[LABELS[a][1]];
            sum += times(left, below) * moded.get(a, 1) - timesIm(left, below) * moded.get(a + 4, 1);
        }
        stateSum += weight * sum;
    }

    private void fillMode(int first, int second) {
        double[] sums = new double[9];
        for (int c = 0; c < classes.size(); c++) {
            double weight = classes.get(c).weight();
            double rho = classes.get(c).overlap();
            double[] h1 = gain[first + half][c];
            double[] h2 = gain[second + half][c];
            double z1 = spectrum[first + half][c];
            double z2 = spectrum[second + half][c];
            sums[0] += weight * times(h1, h2);
            sums[1] += weight * timesIm(h1, h2);
            sums[2] += weight * z1 * z2;
            sums[3] += weight * rho * z1 * h2[0];
            sums[4] += weight * rho * z1 * h2[1];
            sums[5] += weight * rho * z2 * h1[0];
            sums[6] += weight * rho * z2 * h1[1];
            sums[7] += weight * rho * rho * (h1[0] * h2[0] + h1[1] * h2[1]);
            sums[8] += weight * rho * rho * (h1[1] * h2[0] - h1[0] * h2[1]);
        }
        set(mode, 0, 1, sums[0], -sums[1]);
        set(mode, 1, 0, sums[0], sums[1]);
        set(mode, 1, 1, sums[2], 0);
        set(mode, 1, 2, sums[3], sums[4]);
        set(mode, 2, 1, sums[3], -sums[4]);
        set(mode, 1, 3, sums[5], sums[6]);
        set(mode, 3, 1, sums[5], -sums[6]);
        set(mode, 2, 3, sums[7], sums[8]);
        set(mode, 3, 2, sums[7], -sums[8]);
    }

    private void tabulate(int signed) {
        int k = Math.abs(signed);
        int sign = signed < 0 ? -1 : 1;
        double sRe = field.responseRe[k];
        double sIm = sign * field.responseIm[k];
        double kRe = field.memoryRe[k];
        double kIm = sign * field.memoryIm[k];
        double gRe = field.linearRe[k];
        double gIm = sign * field.linearIm[k];
        double c = field.outputSpectrum[k];
        double input = field.inputSpectrum[k];
        outer[signed + half] = new double[][] {{c, 0}, {sRe, sIm}, {sRe, -sIm}, {0, 0}};
        // x = G (xi + K phi): C_(x phi) = G (S* C_xi + K C_phi), S_x = G (1 + K S).
        double[] linear = {gRe, gIm};
        double[] driven = {sRe * input + kRe * c, -sIm * input + kIm * c};
        double[] fed = {1 + kRe * sRe - kIm * sIm, kRe * sIm + kIm * sRe};
        state[signed + half] = new double[][] {
            {times(linear, driven), timesIm(linear, driven)}, {times(linear, fed), timesIm(linear, fed)}
        };
        gain[signed + half] = new double[classes.size()][];
        spectrum[signed + half] = new double[classes.size()];
        for (int i = 0; i < classes.size(); i++) {
            double d = classes.get(i).strength();
            double re = 1 - classes.get(i).overlap() * d * sRe;
            double im = -classes.get(i).overlap() * d * sIm;
            double size = re * re + im * im;
            gain[signed + half][i] = new double[] {d * re / size, -d * im / size};
            spectrum[signed + half][i] = d * d * c / size;
        }
    }

    private static double times(double[] a, double[] b) {
        return a[0] * b[0] - a[1] * b[1];
    }

    private static double timesIm(double[] a, double[] b) {
        return a[0] * b[1] + a[1] * b[0];
    }

    private static void set(DMatrixRMaj matrix, int row, int column, double re, double im) {
        matrix.set(row, column, re);
        matrix.set(row + 4, column + 4, re);
        matrix.set(row + 4, column, im);
        matrix.set(row, column + 4, -im);
    }
}
