package org.hopwise.claim;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.hopwise.FigureId;
import org.hopwise.Profile;
import org.hopwise.internal.Texts;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.internal.machine.OutputFolder;
import org.hopwise.stats.Interval;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A claim, the evidence for or against it, and the verdict that follows. Immutable: every setting returns a copy.
 *
 * <p>The verdict is a rule, not an opinion: with all criteria met the claim holds, with some in part, with none it does
 * not hold; and where any interval comes from fewer values than {@link #minimumSeeds}, or any test from too few pairs to
 * reach significance, there is no other verdict than that. Only a group from which too many lost networks were left out
 * is no criterion any more; the table counts them.
 *
 * <p>What the sentence says, what was measured, with what it was compared, what was left out and what counts as one
 * observation are fields of their own. {@link Evidence} fills them in by itself; numbers from elsewhere take what
 * {@link #measure}, {@link #comparison}, {@link #control}, {@link #exclusion} and {@link #unit} said before them.
 */
public final class Claim {

    private static final List<String> SUMMARY_NUMBERS =
            List.of("mean", "low", "high", "count", "effect", "p", "holm", "overlap", "gap", "excluded");
    private static final int MINIMUM_SEEDS = 6;

    private final String id;
    private final String statement;
    private final String source;
    private final String rule;
    private final int minimumSeeds;
    private final Map<String, String> settings;
    private final List<Criterion> criteria;
    private final Terms terms;

    private Claim(
            String id,
            String statement,
            String source,
            String rule,
            int minimumSeeds,
            Map<String, String> settings,
            List<Criterion> criteria,
            Terms terms) {
        this.id = id;
        this.statement = statement;
        this.source = source;
        this.rule = rule;
        this.minimumSeeds = minimumSeeds;
        this.settings = settings;
        this.criteria = criteria;
        this.terms = terms;
    }

    /**
     * A claim without evidence yet.
     *
     * @param id small letters, digits and underscores; the name of its file
     * @param statement what is claimed, in a sentence
     * @param source who claims it and where
     * @return the claim
     */
    public static Claim of(String id, String statement, String source) {
        if (!id.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "id is '%s'; use small letters, digits and underscores only, such as fig2_map_matches_task."
                            .formatted(id));
        }
        Terms.requireText("statement", statement);
        Terms.requireText("source", source);
        return new Claim(id, statement, source, "", MINIMUM_SEEDS, Map.of(), List.of(), Terms.PLAIN);
    }

    /**
     * A claim of a figure, without evidence yet.
     *
     * @param figure the figure, whose first word the claim's whole name begins with
     * @param claim the rest of its name: small letters, digits and underscores
     * @param statement what is claimed, in a sentence
     * @param source who claims it and where
     * @return the claim
     */
    public static Claim of(FigureId figure, String claim, String statement, String source) {
        return of(figure.claim(claim), statement, source);
    }

    /**
     * One more setting that the evidence was made with.
     *
     * @param name what was set
     * @param value to what
     * @return a copy with the setting
     */
    public Claim setting(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, String.valueOf(value));
        return new Claim(id, statement, source, rule, minimumSeeds, Collections.unmodifiableMap(more), criteria, terms);
    }

    /**
     * A remark on how the statement was turned into criteria; none unless set.
     *
     * @param text a sentence
     * @return a copy with the remark
     */
    public Claim rule(String text) {
        return new Claim(id, statement, source, text, minimumSeeds, settings, criteria, terms);
    }

    /**
     * What the numbers that follow measure; "as named" unless set.
     *
     * @param text a few words, such as "loss of test error"
     * @return a copy with the setting
     */
    public Claim measure(String text) {
        return with(new Terms(text, terms.comparison(), terms.control(), terms.exclusion(), terms.unit()));
    }

    /**
     * How the numbers that follow were compared; "with the bound" unless set.
     *
     * @param text a few words, such as "simulated over theory"
     * @return a copy with the setting
     */
    public Claim comparison(String text) {
        return with(new Terms(terms.measure(), text, terms.control(), terms.exclusion(), terms.unit()));
    }

    /**
     * What the numbers that follow were compared with; "none" unless set.
     *
     * @param text a few words, such as "independent couplings"
     * @return a copy with the setting
     */
    public Claim control(String text) {
        return with(new Terms(terms.measure(), terms.comparison(), text, terms.exclusion(), terms.unit()));
    }

    /**
     * What was left out of the numbers that follow; "none" unless set.
     *
     * @param text a few words, such as "networks that fell silent"
     * @return a copy with the setting
     */
    public Claim exclusion(String text) {
        return with(new Terms(terms.measure(), terms.comparison(), terms.control(), text, terms.unit()));
    }

    /**
     * What counts as one observation in the numbers that follow; "seed" unless set. Copies of a null model are none: give
     * them to {@link #above(String, double, double[])}.
     *
     * @param text a few words, such as "kernel"
     * @return a copy with the setting
     */
    public Claim unit(String text) {
        return with(new Terms(terms.measure(), terms.comparison(), terms.control(), terms.exclusion(), text));
    }

    private Claim with(Terms changed) {
        return new Claim(id, statement, source, rule, minimumSeeds, settings, criteria, changed);
    }

    /**
     * How many values an interval without a test must come from for a verdict; 6 unless set. A test asks for as many pairs
     * as it needs to reach significance.
     *
     * @param seeds at least 6, since intervals of fewer seeds say more about them than about the next; at least 2 once
     *     {@link #unit} has said that an observation is no seed but, say, one of three backgrounds
     * @return a copy with the setting
     */
    public Claim minimumSeeds(int seeds) {
        int least = terms.unit().equals(Terms.PLAIN.unit()) ? MINIMUM_SEEDS : 2;
        if (seeds < least) {
            throw new IllegalArgumentException(
                    "minimumSeeds is %d; it must be at least %d where one observation is one %s."
                            .formatted(seeds, least, terms.unit()));
        }
        return new Claim(id, statement, source, rule, seeds, settings, criteria, terms);
    }

    /**
     * One more criterion: met when the whole interval lies above the bound.
     *
     * @param what what was measured
     * @param interval its estimate and interval
     * @param bound what it must exceed
     * @return a copy with the criterion
     */
    public Claim above(String what, Interval interval, double bound) {
        return with(Criterion.above(what, interval, bound));
    }

    /**
     * One more criterion: met when the whole interval lies below the bound.
     *
     * @param what what was measured
     * @param interval its estimate and interval
     * @param bound what it must stay below
     * @return a copy with the criterion
     */
    public Claim below(String what, Interval interval, double bound) {
        return with(Criterion.below(what, interval, bound));
    }

    /**
     * One more criterion: met when the whole interval lies between two bounds.
     *
     * @param what what was measured
     * @param interval its estimate and interval
     * @param low what it must exceed
     * @param high what it must stay below
     * @return a copy with the criterion
     */
    public Claim within(String what, Interval interval, double low, double high) {
        return with(Criterion.within(what, interval, low, high));
    }

    /**
     * One more criterion for each row of a summary, as {@link #above(String, Interval, double)}. Of
     * {@code Comparison.pairedTests} each row asks for its adjusted p below 0.05 as well, and the verdict is
     * <em>not enough seeds</em> where so many tests of so few pairs could not reach that.
     *
     * @param summary what {@code Summary.of} gives: columns mean, low, high, count, and others that name the row
     * @param bound what every row must exceed
     * @return a copy with the criteria
     */
    public Claim above(Table summary, double bound) {
        return above("", summary, bound);
    }

    /**
     * The same with the first words of every row's name, which tell the rows of two summaries apart.
     *
     * @param what what the rows have in common
     * @param summary what {@code Summary.of} or {@code Comparison.pairedTests} gives
     * @param bound what every row must exceed
     * @return a copy with the criteria
     */
    public Claim above(String what, Table summary, double bound) {
        return each(what, summary, (name, interval) -> Criterion.above(name, interval, bound), true);
    }

    /**
     * One more criterion for each group of the evidence: met when the whole interval lies above the bound, and for a comparison
     * with 0 the sign-flip test is below 0.05 after Holm's correction for all groups.
     *
     * @param evidence what was measured and how
     * @param bound what every group must exceed
     * @return a copy with the criteria
     */
    public Claim above(Evidence evidence, double bound) {
        return each(evidence, (name, interval) -> Criterion.above(name, interval, bound), bound == 0);
    }

    /**
     * One more criterion, for a single network beside copies of a null model: met when at most 5 % of value and copies are
     * as far up as the value. The table shows the rank as p and the distance in standard deviations of the copies as effect.
     *
     * @param what what was measured
     * @param value what it came to for the network
     * @param copies what it came to for each copy; at least 199
     * @return a copy with the criterion
     */
    public Claim above(String what, double value, double[] copies) {
        return with(Criterion.beyond(what, value, copies, true));
    }

    /**
     * One more criterion for each row of a summary, as {@link #below(String, Interval, double)}. Of
     * {@code Comparison.pairedTests} each row asks for its adjusted p below 0.05 as well, and the verdict is
     * <em>not enough seeds</em> where so many tests of so few pairs could not reach that.
     *
     * @param summary what {@code Summary.of} gives: columns mean, low, high, count, and others that name the row
     * @param bound what every row must stay below
     * @return a copy with the criteria
     */
    public Claim below(Table summary, double bound) {
        return below("", summary, bound);
    }

    /**
     * The same with the first words of every row's name, which tell the rows of two summaries apart.
     *
     * @param what what the rows have in common
     * @param summary what {@code Summary.of} or {@code Comparison.pairedTests} gives
     * @param bound what every row must stay below
     * @return a copy with the criteria
     */
    public Claim below(String what, Table summary, double bound) {
        return each(what, summary, (name, interval) -> Criterion.below(name, interval, bound), true);
    }

    /**
     * One more criterion for each group of the evidence: met when the whole interval lies below the bound, and for a comparison
     * with 0 the sign-flip test is below 0.05 after Holm's correction for all groups.
     *
     * @param evidence what was measured and how
     * @param bound what every group must stay below
     * @return a copy with the criteria
     */
    public Claim below(Evidence evidence, double bound) {
        return each(evidence, (name, interval) -> Criterion.below(name, interval, bound), bound == 0);
    }

    /**
     * One more criterion, for a single network beside copies of a null model: met when at most 5 % of value and copies are
     * as far down as the value. The table shows the rank as p and the distance in standard deviations of the copies as effect.
     *
     * @param what what was measured
     * @param value what it came to for the network
     * @param copies what it came to for each copy; at least 199
     * @return a copy with the criterion
     */
    public Claim below(String what, double value, double[] copies) {
        return with(Criterion.beyond(what, value, copies, false));
    }

    /**
     * One more criterion for each row of a summary, for a claim that something makes no difference: met when the whole
     * interval lies between two bounds. An interval that merely holds 0 would not show that, since few seeds make any
     * interval wide.
     *
     * @param summary what {@code Summary.of} gives: columns mean, low, high, count, and others that name the row
     * @param low what every row must exceed
     * @param high what every row must stay below; above {@code low}
     * @return a copy with the criteria
     */
    public Claim within(Table summary, double low, double high) {
        return within("", summary, low, high);
    }

    /**
     * The same with the first words of every row's name, which tell the rows of two summaries apart.
     *
     * @param what what the rows have in common
     * @param summary what {@code Summary.of} gives
     * @param low what every row must exceed
     * @param high what every row must stay below; above {@code low}
     * @return a copy with the criteria
     */
    public Claim within(String what, Table summary, double low, double high) {
        return each(what, summary, (name, interval) -> Criterion.within(name, interval, low, high), false);
    }

    /**
     * One more criterion for each group of the evidence, for a claim that something makes no difference: met when the whole
     * interval lies between two bounds.
     *
     * @param evidence what was measured and how
     * @param low what every group must exceed
     * @param high what every group must stay below; above {@code low}
     * @return a copy with the criteria
     */
    public Claim within(Evidence evidence, double low, double high) {
        return each(evidence, (name, interval) -> Criterion.within(name, interval, low, high), false);
    }

    /** A criterion for each row of a summary; tested: with the test that the row tells of. */
    private Claim each(String what, Table summary, BiFunction<String, Interval, Criterion> criterion, boolean tested) {
        Claim claim = this;
        for (Row row : summary) {
            Criterion made = criterion.apply(label(what, row), interval(row));
            claim = claim.with(tested ? tested(made, row, summary) : made);
        }
        return claim;
    }

    /** A criterion for each group of the evidence; tested: with the test against 0. */
    private Claim each(Evidence evidence, BiFunction<String, Interval, Criterion> criterion, boolean tested) {
        Table numbers = evidence.table();
        Claim claim = this;
        for (Row row : numbers) {
            Criterion made = criterion.apply(evidence.label(numbers, row.getRowNumber()), interval(row));
            claim = claim.with(
                    (tested ? tested(made, row, numbers) : made).with(evidence.terms(), row.getInt("excluded")));
        }
        return claim;
    }

    private static Criterion tested(Criterion criterion, Row row, Table summary) {
        return summary.containsColumn("holm")
                ? criterion.with(new Criterion.Test(row.getDouble("effect"), row.getDouble("holm"), summary.rowCount()))
                : criterion;
    }

    private static Interval interval(Row row) {
        return new Interval(
                row.getDouble("mean"), row.getDouble("low"), row.getDouble("high"), 0.95, row.getInt("count"));
    }

    private static String label(String what, Row row) {
        String group = row.columnNames().stream()
                .filter(name -> !SUMMARY_NUMBERS.contains(name))
                .map(name -> String.valueOf(row.getObject(name)))
                .collect(Collectors.joining(", "));
        return what.isEmpty() || group.isEmpty() ? what + group : what + ": " + group;
    }

    /**
     * One more criterion, for an exact known answer: met when the value equals it within a tolerance. Needs no seeds.
     *
     * @param what what was computed
     * @param value what it came to
     * @param expected what it must be
     * @param relativeTolerance the largest difference as a share of the expected value, or in itself where that is 0
     * @return a copy with the criterion
     */
    public Claim equal(String what, double value, double expected, double relativeTolerance) {
        return with(Criterion.equal(what, value, expected, relativeTolerance));
    }

    private Claim with(Criterion criterion) {
        if (criteria.stream().anyMatch(other -> other.what().equals(criterion.what()))) {
            throw new IllegalArgumentException(
                    "claim %s has a criterion '%s' already; give the rows of the second summary first words of their own."
                            .formatted(id, criterion.what()));
        }
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(criterion.terms().equals(Terms.PLAIN) ? criterion.with(terms, criterion.excluded()) : criterion);
        return new Claim(id, statement, source, rule, minimumSeeds, settings, List.copyOf(more), terms);
    }

    /**
     * What became of the claim.
     *
     * @return the verdict
     * @throws IllegalStateException if there is no criterion yet
     */
    public Verdict verdict() {
        if (criteria.isEmpty()) {
            throw new IllegalStateException(
                    "claim %s has 0 criteria; add at least one with above, below or equal.".formatted(id));
        }
        List<Criterion> counted = criteria.stream().filter(c -> !leftOut(c)).toList();
        if (counted.isEmpty() || counted.stream().anyMatch(this::undecided)) {
            return Verdict.NOT_ENOUGH_SEEDS;
        }
        long met = counted.stream().filter(Criterion::met).count();
        return met == counted.size() ? Verdict.HOLDS : met > 0 ? Verdict.HOLDS_IN_PART : Verdict.DOES_NOT_HOLD;
    }

    /**
     * The claim as a tidy table, one row a criterion.
     *
     * @return columns claim, statement, source, what, estimate, low, high, count, bound, met (missing where so many lost
     *     networks are left out that too few remain), verdict, settings, profile, measure, comparison, control, exclusion,
     *     unit, excluded (how many observations); with paired tests also effect and p, the adjusted one
     */
    public Table table() {
        String verdict = verdict().words();
        String set = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining("; "));
        Table t = Table.create(
                id,
                StringColumn.create("claim"),
                StringColumn.create("statement"),
                StringColumn.create("source"),
                StringColumn.create("what"),
                DoubleColumn.create("estimate"),
                DoubleColumn.create("low"),
                DoubleColumn.create("high"),
                IntColumn.create("count"),
                StringColumn.create("bound"),
                BooleanColumn.create("met"),
                StringColumn.create("verdict"),
                StringColumn.create("settings"),
                StringColumn.create("profile"),
                StringColumn.create("measure"),
                StringColumn.create("comparison"),
                StringColumn.create("control"),
                StringColumn.create("exclusion"),
                StringColumn.create("unit"),
                IntColumn.create("excluded"));
        for (Criterion c : criteria) {
            t.stringColumn("claim").append(id);
            t.stringColumn("statement").append(statement);
            t.stringColumn("source").append(source);
            t.stringColumn("what").append(c.what());
            t.doubleColumn("estimate").append(c.estimate());
            t.doubleColumn("low").append(c.low());
            t.doubleColumn("high").append(c.high());
            if (c.exact()) {
                t.intColumn("count").appendMissing();
            } else {
                t.intColumn("count").append(c.count());
            }
            t.stringColumn("bound").append(c.bound());
            if (leftOut(c)) {
                t.booleanColumn("met").appendMissing();
            } else {
                t.booleanColumn("met").append(c.met());
            }
            t.stringColumn("verdict").append(verdict);
            t.stringColumn("settings").append(set);
            t.stringColumn("profile").append(Profile.current().name());
            t.stringColumn("measure").append(c.terms().measure());
            t.stringColumn("comparison").append(c.terms().comparison());
            t.stringColumn("control").append(c.terms().control());
            t.stringColumn("exclusion").append(c.terms().exclusion());
            t.stringColumn("unit").append(c.terms().unit());
            t.intColumn("excluded").append(c.excluded());
        }
        if (criteria.stream().anyMatch(Criterion::tested)) {
            t.addColumns(
                    DoubleColumn.create(
                            "effect",
                            criteria.stream().mapToDouble(c -> c.test().effect())),
                    DoubleColumn.create(
                            "p", criteria.stream().mapToDouble(c -> c.test().p())));
        }
        return t;
    }

    /**
     * Writes {@link #table()} to {@code claims/<id>.csv} in the output folder, the one that figures are saved in.
     *
     * @return this claim
     * @throws java.io.UncheckedIOException if the folder cannot be written
     */
    public Claim save() {
        StringWriter csv = new StringWriter();
        table().write().csv(csv);
        AtomicFiles.write(
                OutputFolder.current().resolve("claims"),
                Map.of(id + ".csv", csv.toString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Statement, source, evidence and verdict as plain text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(statement + " (" + source + ")\n");
        for (Criterion c : criteria) {
            text.append("  %s: %s; asked %s: %s\n".formatted(c.what(), c.evidence(), c.bound(), metWords(c)));
        }
        ways().forEach(way -> text.append("  ").append(way).append('\n'));
        if (!rule.isBlank()) {
            text.append("  ").append(rule).append('\n');
        }
        return text.append("  Verdict")
                .append(quick())
                .append(": ")
                .append(verdictWords())
                .toString();
    }

    /**
     * Statement, source, evidence and verdict as an HTML fragment for a notebook.
     *
     * @return HTML without scripts, links or style sheets
     */
    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"hopwise-claim\">\n<p><strong>Claim.</strong> ")
                .append(Texts.escaped(statement))
                .append("<br><em>")
                .append(Texts.escaped(source))
                .append("</em></p>\n<table>\n<thead><tr><th style=\"text-align:left\">measured</th>")
                .append("<th>estimate and interval</th><th>asked</th><th>met</th></tr></thead>\n<tbody>\n");
        for (Criterion c : criteria) {
            html.append("<tr><td style=\"text-align:left\">")
                    .append(Texts.escaped(c.what()))
                    .append("</td><td>")
                    .append(Texts.escaped(c.evidence()))
                    .append("</td><td>")
                    .append(Texts.escaped(c.bound()))
                    .append("</td><td>")
                    .append(metWords(c))
                    .append("</td></tr>\n");
        }
        html.append("</tbody>\n</table>\n");
        ways().forEach(way -> html.append("<p>").append(Texts.escaped(way)).append("</p>\n"));
        if (!rule.isBlank()) {
            html.append("<p>").append(Texts.escaped(rule)).append("</p>\n");
        }
        return html.append("<p><strong>Verdict")
                .append(quick())
                .append(": ")
                .append(Texts.escaped(verdictWords()))
                .append("</strong></p>\n</div>")
                .toString();
    }

    /** How the numbers were made, each way once, where more is known than what stands in their names. */
    private Set<String> ways() {
        return criteria.stream()
                .map(Criterion::terms)
                .filter(way -> !way.equals(Terms.PLAIN))
                .map(Terms::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String metWords(Criterion c) {
        String lost = c.excluded() == 0 ? "" : " (%d left out)".formatted(c.excluded());
        return (leftOut(c) ? "not compared" : undecided(c) ? "undecided" : c.met() ? "yes" : "no") + lost;
    }

    private int least(Criterion c) {
        return Math.max(minimumSeeds, c.test().leastCount());
    }

    private boolean undecided(Criterion c) {
        return !c.exact() && c.count() < least(c);
    }

    /** Enough networks were there, but too few of them did the task. */
    private boolean leftOut(Criterion c) {
        return undecided(c) && c.excluded() > 0 && c.count() + c.excluded() >= least(c);
    }

    private String verdictWords() {
        return criteria.isEmpty() ? "no evidence yet" : verdict().words();
    }

    private static String quick() {
        return Profile.current().pick(" (QUICK)", "");
    }
}
