package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.randommode.coupling.Couplings;
import org.hopwise.randommode.coupling.RandomModes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The algebra behind the theory, on explicit matrices: at large N the covariances are those of the linear network phi =
 * S J phi + noise with the same J, C(w) = A A^dagger, A = (1 - S J)^-1, and N times the mean of C_ij(w1) C_ij(w2) is the
 * trace of C(w1) C(w2) / N. At 256 units, a size that keeps all cases near 10 s, and gain 0.8, means over three draws
 * meet the formula for outputs within 4 %, at 64 modes within 6 % and at 26 modes within 15 %; for states, which go with
 * two more powers of the drawn variance, within three times that. At gain 1, where a few eigenvalues come near the edge
 * of stability, they were 10, 14 and 24 % off, and 4 % at 400 units.
 */
class FourPropagatorTest {

    private static final int UNITS = 256;
    private static final int DRAWS = 3;
    private static final double GAIN = 0.8;
    private static final double[] S1 = {0.75 / 1.09, -0.225 / 1.09};
    private static final double[] S2 = {0.56, 0.28};

    /** C = X + i Y with X symmetric and Y antisymmetric. */
    private record Hermitian(DMatrixRMaj real, DMatrixRMaj imaginary) {

        /** A A^dagger for A = (1 - s J)^-1 = (1 - s* J) K, K = (1 - 2 Re(s) J + |s|^2 J J)^-1. */
        static Hermitian of(DMatrixRMaj j, double[] s) {
            int n = j.numRows;
            DMatrixRMaj system = CommonOps_DDRM.identity(n);
            CommonOps_DDRM.mult(s[0] * s[0] + s[1] * s[1], j, j, system);
            CommonOps_DDRM.addEquals(system, -2 * s[0], j);
            CommonOps_DDRM.addEquals(system, CommonOps_DDRM.identity(n));
            DMatrixRMaj k = new DMatrixRMaj(n, n);
            CommonOps_DDRM.invert(system, k);
            DMatrixRMaj jk = product(j, k);
            DMatrixRMaj p = k.copy();
            CommonOps_DDRM.addEquals(p, -s[0], jk);
            CommonOps_DDRM.scale(s[1], jk);
            return outer(p, jk);
        }

        private static Hermitian outer(DMatrixRMaj p, DMatrixRMaj q) {
            int n = p.numRows;
            DMatrixRMaj real = new DMatrixRMaj(n, n);
            CommonOps_DDRM.multTransB(p, p, real);
            CommonOps_DDRM.multAddTransB(q, q, real);
            DMatrixRMaj qp = new DMatrixRMaj(n, n);
            CommonOps_DDRM.multTransB(q, p, qp);
            DMatrixRMaj imaginary = qp.copy();
            CommonOps_DDRM.subtract(qp, CommonOps_DDRM.transpose(qp, null), imaginary);
            return new Hermitian(real, imaginary);
        }

        /** M C M'. */
        Hermitian between(DMatrixRMaj m) {
            DMatrixRMaj transposed = CommonOps_DDRM.transpose(m, null);
            return new Hermitian(product(product(m, real), transposed), product(product(m, imaginary), transposed));
        }

        /** The weighted trace (1/N) sum w_i w_j C_ij(w1) C_ji(w2). */
        double trace(Hermitian other, double[] w) {
            int n = real.numRows;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum += w[i]
                            * w[j]
                            * (real.get(i, j) * other.real.get(i, j) + imaginary.get(i, j) * other.imaginary.get(i, j));
                }
            }
            return sum / n;
        }
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    private static DMatrixRMaj draw(String ensemble, Seed seed) {
        INDArray couplings = switch (ensemble) {
            case "iid" -> Couplings.independent(UNITS, 1, seed);
            case "orthogonal" -> Couplings.orthogonal(UNITS, 1, seed);
            case "PRD_1" -> RandomModes.exponential(UNITS, 1).random(seed);
            case "PRD_0p25" -> RandomModes.flat(UNITS, 0.25).random(seed);
            default -> RandomModes.flat(UNITS, 0.1).random(seed);
        };
        return new DMatrixRMaj(UNITS, UNITS, true, couplings.dup('c').data().asDouble());
    }

    private static double[] ones() {
        double[] ones = new double[UNITS];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** F = f1 f2 (1 + |u|^2 / PR_D) / |1 - u|^2 with f = 1 / (1 - |g S|^2), and F - (f1 + f2 - 1) (2 Re U - 1). */
    private static double[] formula(double gain, double inverseRank) {
        double g2 = gain * gain;
        double f1 = 1 / (1 - g2 * power(S1));
        double f2 = 1 / (1 - g2 * power(S2));
        double u = g2 * (S1[0] * S2[0] + S1[1] * S2[1]);
        double v = g2 * (S1[1] * S2[0] - S1[0] * S2[1]);
        double d = (1 - u) * (1 - u) + v * v;
        double outputs = f1 * f2 * (1 + inverseRank * g2 * g2 * power(S1) * power(S2)) / d;
        return new double[] {outputs, outputs - (f1 + f2 - 1) * (2 * (1 - u) / d - 1)};
    }

    @ParameterizedTest
    @CsvSource({"iid, 0", "orthogonal, -1", "PRD_1, 1", "PRD_0p25, 4", "PRD_0p1, 10"})
    void theFormulaMeetsTheGoldenTraces(String ensemble, double inverseRank) {
        var golden = Golden.read("random-mode").getAsJsonObject("four_trace_check");
        double[] traces = formula(1, inverseRank);
        assertEquals(golden.getAsJsonObject("F").get(ensemble).getAsDouble(), traces[0], 1e-4);
        assertEquals(golden.getAsJsonObject("Fx").get(ensemble).getAsDouble(), traces[1], 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"iid, 0, 0.04", "orthogonal, -1, 0.01", "PRD_1, 1, 0.04", "PRD_0p25, 4, 0.06", "PRD_0p1, 10, 0.15"})
    void tracesOfExplicitMatricesMeetTheFormula(String ensemble, double inverseRank, double tolerance) {
        double outputs = 0;
        double states = 0;
        for (int i = 0; i < DRAWS; i++) {
            DMatrixRMaj j = draw(ensemble, Seed.of(i));
            CommonOps_DDRM.scale(GAIN, j);
            Hermitian c1 = Hermitian.of(j, S1);
            Hermitian c2 = Hermitian.of(j, S2);
            outputs += c1.trace(c2, ones()) / DRAWS;
            states += c1.between(j).trace(c2.between(j), ones()) / DRAWS * power(S1) * power(S2);
        }
        double[] expected = formula(GAIN, inverseRank);
        assertEquals(expected[0], outputs, tolerance * expected[0]);
        assertEquals(expected[1], states, 3 * tolerance * expected[1]);
    }

    /** The same for A J B and weights w: the formulas of {@link HeterogeneousDimension} with one response S for all. */
    @ParameterizedTest
    @CsvSource({"iid, 0", "PRD_1, 1"})
    void tracesWithUnequalGainsMeetTheFormula(String ensemble, double inverseRank) {
        double[] a = Couplings.logNormalGains(UNITS, 0.3, Seed.of(7));
        double[] b = Couplings.logNormalGains(UNITS, 0.3, Seed.of(8));
        double[] w = Arrays.stream(a).map(gain -> 1 / (0.5 + gain * gain)).toArray();
        double outputs = 0;
        double states = 0;
        for (int i = 0; i < DRAWS; i++) {
            DMatrixRMaj j = draw(ensemble, Seed.of(i));
            CommonOps_DDRM.multRows(a, j);
            CommonOps_DDRM.multCols(j, b);
            Hermitian c1 = Hermitian.of(j, S1);
            Hermitian c2 = Hermitian.of(j, S2);
            outputs += c1.trace(c2, w) / DRAWS;
            states += c1.between(j).trace(c2.between(j), w) / DRAWS;
        }
        // Averages over units; g = 1 and the noise has variance 1, so C = 1 + |S|^2 A^2 Q.
        double loop = mean(i -> a[i] * a[i] * b[i] * b[i]);
        double q1 = mean(i -> b[i] * b[i]) / (1 - loop * power(S1));
        double q2 = mean(i -> b[i] * b[i]) / (1 - loop * power(S2));
        IntToDoubleFunction c1 = i -> 1 + power(S1) * a[i] * a[i] * q1;
        IntToDoubleFunction c2 = i -> 1 + power(S2) * a[i] * a[i] * q2;
        double[] s = {S1[0] * S2[0] + S1[1] * S2[1], S1[1] * S2[0] - S1[0] * S2[1]};
        double rest = 1 - loop * s[0];
        double d = rest * rest + loop * loop * s[1] * s[1];
        double wa2 = mean(i -> w[i] * a[i] * a[i]);
        double re = wa2 * (s[0] * rest - s[1] * loop * s[1]) / d;
        double square = wa2 * wa2 * power(s) / d;
        double expected = mean(i -> c1.applyAsDouble(i)
                        * c2.applyAsDouble(i)
                        * (w[i] * w[i] + 2 * w[i] * b[i] * b[i] * re + Math.pow(b[i], 4) * square))
                + inverseRank * square * q1 * q2;
        double expectedStates = mean(i -> Math.pow(w[i] * a[i] * a[i], 2)) * q1 * q2
                + wa2
                        * wa2
                        / d
                        * (mean(i -> Math.pow(b[i], 4) * c1.applyAsDouble(i) * c2.applyAsDouble(i))
                                + inverseRank * q1 * q2)
                + 2 * re * mean(i -> w[i] * Math.pow(a[i], 4) * b[i] * b[i]) * q1 * q2;
        assertEquals(expected, outputs, 0.06 * expected);
        assertEquals(expectedStates, states, 0.06 * expectedStates);
    }

    private static double power(double[] z) {
        return z[0] * z[0] + z[1] * z[1];
    }

    private static double mean(IntToDoubleFunction function) {
        return IntStream.range(0, UNITS).mapToDouble(function).average().orElseThrow();
    }
}
