package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hopwise.randommode.averages.UnitClass;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The dimension of activity and its collective correlations in continuous time, for couplings of gain g_eff and effective
 * rank R = alpha PR^D with generic singular vectors (arXiv 2409.01969).
 *
 * <p>{@code psi(tau1, tau2) = N <C_ij(tau1) C_ij(tau2)>} over pairs i != j (23), with C_ij(tau) the covariance of unit i with
 * unit j a lag earlier; the paper's figures show {@code Psi = psi + C C} (24), all pairs included. Per pair of frequencies,
 * with S_x = 1 / (1 + i w), u = g^2 meanSlope^2 S_x(w1) S_x(w2), U = 1 / (1 - u) and V = g^2 S_x S_x U, psi is
 *
 * <p>outputs (38): {@code [(1 + |u|^2 / R) |U|^2 - 1] C_phi(w1) C_phi(w2)}
 *
 * <p>states (I22): {@code (1 + 1 / R) |V|^2 C_phi C_phi + 2 Re[V] C_xphi C_xphi}, C_xphi = meanSlope C_x
 *
 * <p>(E5 and E6 for 1 / R = 0; also arXiv 2207.12373.) PR / N = C(0)^2 / (C(0)^2 + psi(0, 0)) (26), so N / PR is a {@link
 * RankLine}; higher moments of the component strengths drop out. The theory is one of many effective modes: below about 50
 * of them, N R, single networks differ by 30 to 60 %.
 *
 * <p>Low effective rank: PR of outputs tends to K(g) R with K = 1 / slope (42, 43). Onset (39 to 41): PR grows as (g - 1)^3
 * and slope / intercept tends to 1 for g to 1 from above; the constant {@link #ONSET} is ours, for every odd phi with a
 * cubic term.
 */
public final class DimensionTheory {

    /** The limit of N / PR (g - 1)^3 for independent couplings as g falls to 1: sqrt(3) pi^2 / 4 (ours; checked to 0.2 %). */
    public static final double ONSET = Math.sqrt(3) * Math.PI * Math.PI / 4;

    private final MeanField meanField;
    private final PairIntegral.Ingredients ingredients;
    private final RankLine outputs;
    private final RankLine states;

    private DimensionTheory(MeanField meanField) {
        this.meanField = meanField;
        this.ingredients = ingredients(
                meanField.solution(),
                List.of(UnitClass.ALL_ALIKE),
                List.of(meanField.solution().outputs()),
                loop(meanField));
        Fluctuations now = fluctuations(new double[][] {{0, 0}}).get(0);
        double c2 = Math.pow(meanField.outputVariance(), 2);
        double x2 = Math.pow(meanField.stateVariance(), 2);
        this.outputs = new RankLine(1 + now.output / c2, now.outputByRank / c2);
        this.states = new RankLine(1 + now.state / x2, now.stateByRank / x2);
    }

    /**
     * The theory of networks with this mean field. Costs 0.1 to 0.5 s.
     *
     * @param meanField the solution for single units
     * @return the theory
     */
    public static DimensionTheory of(MeanField meanField) {
        return new DimensionTheory(meanField);
    }

    private static double loop(MeanField meanField) {
        return Math.pow(meanField.gain() * meanField.meanSlope(), 2);
    }

    /** Outputs on the lag grid of each class of units become spectra. */
    static PairIntegral.Ingredients ingredients(
            LagSolution solution, List<UnitClass> classes, List<double[]> outputs, double loop) {
        // The mean spectrum sets the range: single classes of large gain have slow tails, which 1 / D makes small.
        double[] mean = new double[solution.points()];
        for (int m = 0; m < classes.size(); m++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += classes.get(m).share() * outputs.get(m)[j];
            }
        }
        PowerSpectrum grid = PowerSpectrum.of(mean, solution.step, solution.decayRate);
        List<PairIntegral.Member> members = new ArrayList<>();
        for (int m = 0; m < classes.size(); m++) {
            double[] output = outputs.get(m);
            PowerSpectrum spectrum = classes.size() == 1 ? grid : grid.sameGrid(output, solution.step);
            members.add(new PairIntegral.Member(classes.get(m), 1 / output[0], spectrum));
        }
        return new PairIntegral.Ingredients(solution.gain, solution.decayRate, loop, members);
    }

    /** psi at one pair of lags: value for independent couplings, and what 1 / R adds. */
    private record Fluctuations(double output, double outputByRank, double state, double stateByRank) {}

    private List<Fluctuations> fluctuations(double[][] lags) {
        double g2 = meanField.gain() * meanField.gain();
        double q = ingredients.loop();
        List<Fluctuations> result = new ArrayList<>();
        for (PairIntegral i : PairIntegral.at(ingredients, lags)) {
            double byRank = q * q * i.shared();
            double stateByRank = g2 * g2 * i.shared();
            result.add(
                    new Fluctuations(2 * q * i.raw() + byRank, byRank, stateByRank + 2 * q * i.input(), stateByRank));
        }
        return result;
    }

    /**
     * The mean field that the theory was made for.
     *
     * @return the solution for single units
     */
    public MeanField meanField() {
        return meanField;
    }

    /**
     * N / PR of the outputs phi(x): intercept A(g), slope B(g).
     *
     * @return the line
     */
    public RankLine outputs() {
        return outputs;
    }

    /**
     * N / PR of the states x: intercept A_x(g), slope B_x(g).
     *
     * @return the line
     */
    public RankLine states() {
        return states;
    }

    /**
     * Collective correlations at equal lags, beside those of single units. Costs about as much as the theory itself.
     *
     * @param effectiveRank as in {@link RankLine#unitsPerDimension}
     * @param lags tau, in time constants
     * @return columns effective rank, lag, output (psi of outputs at (tau, tau)), state, single output (C_phi(tau)^2),
     *     single state (C_x(tau)^2); one row a lag
     */
    public Table correlations(double effectiveRank, double... lags) {
        double inverse = RankLine.inverse(effectiveRank);
        double[][] pairs = new double[lags.length][];
        for (int i = 0; i < lags.length; i++) {
            pairs[i] = new double[] {lags[i], lags[i]};
        }
        Table table = Table.create(
                "collective correlations",
                DoubleColumn.create("effective rank"),
                DoubleColumn.create("lag"),
                DoubleColumn.create("output"),
                DoubleColumn.create("state"),
                DoubleColumn.create("single output"),
                DoubleColumn.create("single state"));
        List<Fluctuations> values = fluctuations(pairs);
        for (int i = 0; i < lags.length; i++) {
            Fluctuations f = values.get(i);
            table.doubleColumn("effective rank").append(effectiveRank);
            table.doubleColumn("lag").append(lags[i]);
            table.doubleColumn("output").append(f.output + f.outputByRank * inverse);
            table.doubleColumn("state").append(f.state + f.stateByRank * inverse);
            table.doubleColumn("single output").append(Math.pow(meanField.outputCovariance(lags[i]), 2));
            table.doubleColumn("single state").append(Math.pow(meanField.stateCovariance(lags[i]), 2));
        }
        return table;
    }

    /**
     * The time course of the principal components (equation 28): {@code Psi(tau, 0) = (1/N) sum_k lambda_k^2 <p_k(t) p_k(t +
     * tau)>} of outputs, with p_k the k-th component at unit variance. Psi = psi + C C, so it is A(tau) + B(tau) / (alpha
     * PR^D), even in the lag. Costs grow with the number of lags: some tenths of a second for 40.
     *
     * @param effectiveRank as in {@link RankLine#unitsPerDimension}
     * @param lags tau, in time constants
     * @return columns effective rank, lag, Psi (Psi(tau, 0)), share (over Psi(0, 0)); one row a lag
     */
    public Table timeCourse(double effectiveRank, double... lags) {
        double inverse = RankLine.inverse(effectiveRank);
        double[][] pairs = new double[lags.length][];
        Arrays.setAll(pairs, i -> new double[] {lags[i], 0});
        double now = Math.pow(meanField.outputVariance(), 2) * outputs.unitsPerDimension(effectiveRank);
        double[] course = new double[lags.length];
        List<Fluctuations> values = fluctuations(pairs);
        for (int i = 0; i < lags.length; i++) {
            Fluctuations f = values.get(i);
            course[i] = f.output
                    + f.outputByRank * inverse
                    + meanField.outputCovariance(lags[i]) * meanField.outputVariance();
        }
        return Table.create(
                "time course",
                DoubleColumn.create("effective rank", Collections.nCopies(lags.length, effectiveRank)),
                DoubleColumn.create("lag", lags),
                DoubleColumn.create("Psi", course),
                DoubleColumn.create(
                        "share", Arrays.stream(course).map(c -> c / now).toArray()));
    }

    /**
     * Collective correlations at all pairs of lags. Costs grow with the number of distinct differences of lags; 41
     * equally spaced lags take about a second.
     *
     * @param effectiveRank as in {@link RankLine#unitsPerDimension}
     * @param lags the values of tau1 and of tau2, in time constants
     * @return columns effective rank, lag 1, lag 2, output, state: psi(tau1, tau2); one row a pair
     */
    public Table correlationMap(double effectiveRank, double... lags) {
        double inverse = RankLine.inverse(effectiveRank);
        List<double[]> pairs = new ArrayList<>();
        for (double lag1 : lags) {
            for (double lag2 : lags) {
                pairs.add(new double[] {lag1, lag2});
            }
        }
        Table table = Table.create(
                "collective correlations",
                DoubleColumn.create("effective rank"),
                DoubleColumn.create("lag 1"),
                DoubleColumn.create("lag 2"),
                DoubleColumn.create("output"),
                DoubleColumn.create("state"));
        List<Fluctuations> values = fluctuations(pairs.toArray(double[][]::new));
        for (int i = 0; i < values.size(); i++) {
            Fluctuations f = values.get(i);
            table.doubleColumn("effective rank").append(effectiveRank);
            table.doubleColumn("lag 1").append(pairs.get(i)[0]);
            table.doubleColumn("lag 2").append(pairs.get(i)[1]);
            table.doubleColumn("output").append(f.output + f.outputByRank * inverse);
            table.doubleColumn("state").append(f.state + f.stateByRank * inverse);
        }
        return table;
    }

    @Override
    public String toString() {
        return "dimension theory of the %s; states %s, outputs %s".formatted(meanField, states, outputs);
    }
}
