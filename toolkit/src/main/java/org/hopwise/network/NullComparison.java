package org.hopwise.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hopwise.figure.Figure;
import org.hopwise.internal.Check;
import org.hopwise.stats.Corrections;
import org.hopwise.stats.NullTest;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A hop profile beside those of a null model. Draws of a wiring diagram are each scaled by their own spectral radius, as the
 * observed one is; {@link #observedScale} shows the same draws at the observed scale, which tells how much of an effect is the
 * radius.
 */
public final class NullComparison {

    private final HopProfile profile;
    private final NullModel model;
    private final NullRun run;
    private final boolean ownScale;

    NullComparison(HopProfile profile, NullModel model, NullRun run, boolean ownScale) {
        this.profile = profile;
        this.model = model;
        this.run = run;
        this.ownScale = ownScale;
    }

    /**
     * The observed profile.
     *
     * @return the profile
     */
    public HopProfile profile() {
        return profile;
    }

    /**
     * The null model.
     *
     * @return what chance is taken to be
     */
    public NullModel model() {
        return model;
    }

    /**
     * How many draws there are.
     *
     * @return the number
     */
    public int draws() {
        return run.measured().length;
    }

    /**
     * The same draws, none scaled by its own radius but all by the observed one.
     *
     * @return a copy
     */
    public NullComparison observedScale() {
        return new NullComparison(profile, model, run, false);
    }

    /** A draw's row at the scale that is wanted: influence at hop k goes with the k-th power of the scale. */
    private double[] row(double[] measured) {
        if (!ownScale) {
            return measured;
        }
        double ratio = HopSums.radius(profile.row()) / HopSums.radius(measured);
        double[] scaled = measured.clone();
        double power = 1;
        for (int hop = 0; hop < profile.hops(); hop++) {
            power *= ratio;
            scaled[1 + hop] *= power;
            scaled[1 + profile.hops() + hop] *= power;
        }
        return scaled;
    }

    /**
     * What the draws have at a hop.
     *
     * @param quantity which number
     * @param hop from the profile's first to its last
     * @return one a draw; NaN where a draw has no radius to be scaled by
     */
    public double[] values(Quantity quantity, int hop) {
        Check.between("hop", hop, profile.firstHop(), profile.lastHop());
        return Arrays.stream(run.measured())
                .mapToDouble(measured -> quantity.of(row(measured), hop - profile.firstHop()))
                .toArray();
    }

    /**
     * The observed number of a hop against the draws.
     *
     * @param quantity which number
     * @param hop from the profile's first to its last
     * @return the test
     */
    public NullTest test(Quantity quantity, int hop) {
        double[] draws = values(quantity, hop);
        double observed = profile.value(quantity, hop);
        return NullTest.of(observed, draws);
    }

    /**
     * The observed spectral radius against that of the draws.
     *
     * @return the test
     * @throws IllegalStateException if radii were not asked for, as for networks and for wiring that is not scaled
     */
    public NullTest radius() {
        if (!profile.isScaled()) {
            throw new IllegalStateException(
                    "no radius was computed, since nothing is scaled by it; use HopProfile.of(wiring, from, to, hops).");
        }
        return NullTest.of(
                HopSums.radius(profile.row()),
                Arrays.stream(run.measured()).mapToDouble(HopSums::radius).toArray());
    }

    /**
     * One row a hop of tests on the signed sums, as {@link #table(Quantity)}.
     *
     * @return the table
     */
    public Table table() {
        return table(Quantity.INFLUENCE);
    }

    /**
     * One row a hop: {@code hop}, {@code influence}, {@code absolute}, {@code share} as observed; {@code null}, {@code draws};
     * {@code null_mean}, {@code null_low} and {@code null_high} (95 % of the draws) of the quantity; its two-sided {@code p},
     * {@code p_holm} and {@code p_bh} adjusted for all hops (Holm; Benjamini and Hochberg), and {@code effect}, the share of
     * draws below minus that above. The p values are missing where there are too few draws to reach 0.05 after Holm.
     *
     * @param quantity what is tested
     * @return the table
     */
    public Table table(Quantity quantity) {
        Table table = profile.table();
        int hops = profile.hops();
        StringColumn model = StringColumn.create("null");
        IntColumn draws = IntColumn.create("draws");
        List<DoubleColumn> columns = new ArrayList<>();
        for (String name : List.of("null_mean", "null_low", "null_high", "p", "p_holm", "p_bh", "effect")) {
            columns.add(DoubleColumn.create(name));
        }
        List<NullTest> tests = tests(quantity);
        double[] p = tests.stream().mapToDouble(NullTest::twoSided).toArray();
        if (!isTested(tests)) {
            Arrays.fill(p, Double.NaN);
        }
        double[] holm = adjusted(p, true);
        double[] bh = adjusted(p, false);
        for (int hop = 0; hop < hops; hop++) {
            NullTest test = tests.get(hop);
            model.append(this.model.toString());
            draws.append(draws());
            double[] cells = {test.mean(), test.low(), test.high(), p[hop], holm[hop], bh[hop], test.effect()};
            for (int i = 0; i < cells.length; i++) {
                columns.get(i).append(cells[i]);
            }
        }
        table.addColumns(model, draws);
        columns.forEach(table::addColumns);
        return table;
    }

    private List<NullTest> tests(Quantity quantity) {
        List<NullTest> tests = new ArrayList<>();
        for (int hop = profile.firstHop(); hop <= profile.lastHop(); hop++) {
            tests.add(test(quantity, hop));
        }
        return tests;
    }

    private boolean isTested(List<NullTest> tests) {
        int defined = (int)
                tests.stream().filter(test -> !Double.isNaN(test.twoSided())).count();
        return defined > 0 && draws() >= NullTest.fewestDraws(defined);
    }

    /** Tests without a p value are no tests. */
    private static double[] adjusted(double[] p, boolean holm) {
        double[] defined =
                Arrays.stream(p).filter(value -> !Double.isNaN(value)).toArray();
        double[] adjusted = new double[p.length];
        Arrays.fill(adjusted, Double.NaN);
        if (defined.length == 0) {
            return adjusted;
        }
        double[] some = holm ? Corrections.holm(defined) : Corrections.benjaminiHochberg(defined);
        int next = 0;
        for (int i = 0; i < p.length; i++) {
            adjusted[i] = Double.isNaN(p[i]) ? Double.NaN : some[next++];
        }
        return adjusted;
    }

    /**
     * What a reader should know: the share of edges that never moved, strengths that are met only nearly, draws without a
     * radius, too few draws for p values. Draws that were kept by an earlier call say nothing.
     *
     * @return sentences
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(run.notes());
        long undefined = ownScale
                ? Arrays.stream(run.measured())
                        .filter(row -> Double.isNaN(HopSums.radius(row)))
                        .count()
                : 0;
        if (undefined > 0) {
            notes.add("%d draws have no radius to be scaled by and count as extreme".formatted(undefined));
        }
        int fewest = NullTest.fewestDraws(profile.hops());
        if (draws() < fewest) {
            notes.add("%d draws are too few for p values of %d hops after Holm; use %d or more"
                    .formatted(draws(), profile.hops(), fewest));
        }
        return List.copyOf(notes);
    }

    /**
     * The share of every hop beside the null model's, with the middle 95 % of its draws; a star marks a p value below 0.05
     * after Holm.
     *
     * @return bars
     */
    public Figure figure() {
        return figure(Quantity.SHARE);
    }

    /**
     * A quantity of every hop beside the null model's, with the middle 95 % of its draws; a star marks a p value below 0.05
     * after Holm.
     *
     * @param quantity which
     * @return bars
     */
    public Figure figure(Quantity quantity) {
        Table tested = table(quantity);
        StringColumn hop = StringColumn.create("hop");
        StringColumn which = StringColumn.create("which");
        DoubleColumn value = DoubleColumn.create(quantity.toString());
        DoubleColumn low = DoubleColumn.create("low");
        DoubleColumn high = DoubleColumn.create("high");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < tested.rowCount(); i++) {
            double p = tested.doubleColumn("p_holm").getDouble(i);
            String label = tested.intColumn("hop").get(i) + (p < 0.05 ? " *" : "");
            double observed = tested.doubleColumn(quantity.toString()).getDouble(i);
            hop.append(label).append(label);
            which.append("observed").append("null: " + model);
            value.append(observed).append(tested.doubleColumn("null_mean").getDouble(i));
            low.append(observed).append(tested.doubleColumn("null_low").getDouble(i));
            high.append(observed).append(tested.doubleColumn("null_high").getDouble(i));
            if (!Double.isNaN(p)) {
                told.add(String.format(
                        Locale.ROOT, "%s: %.2g", tested.intColumn("hop").get(i), p));
            }
        }
        Table bars = Table.create("hop profile", hop, which, value, low, high);
        String ps = told.isEmpty()
                ? "Too few draws for p values after Holm."
                : "p after Holm, hop by hop: " + String.join(", ", told) + ".";
        return Figure.bars(bars, "hop", quantity.toString())
                .by("which")
                .band("low", "high")
                .xLabel("hop (* p < 0.05 after Holm)")
                .yLabel(quantity == Quantity.SHARE ? "share of absolute influence" : quantity + " of the hop")
                .describe("%s of every hop against %d draws of '%s', the middle 95 %% as bars. %s"
                        .formatted(
                                quantity.toString().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + quantity.toString().substring(1),
                                draws(),
                                model,
                                ps));
    }

    @Override
    public String toString() {
        return "%s against %d draws of '%s'%s"
                .formatted(profile, draws(), model, notes().isEmpty() ? "" : "; " + String.join("; ", notes()));
    }
}
