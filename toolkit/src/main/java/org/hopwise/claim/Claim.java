package org.hopwise.claim;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
 * reach significance, there is no other verdict than that.
 */
public final class Claim {

    private static final List<String> SUMMARY_NUMBERS =
            List.of("mean", "low", "high", "count", "effect", "p", "holm", "overlap");
    private static final int MINIMUM_SEEDS = 3;

    private final String id;
    private final String statement;
    private final String source;
    private final String rule;
    private final int minimumSeeds;
    private final Map<String, String> settings;
    private final List<Criterion> criteria;

    private Claim(
            String id,
            String statement,
            String source,
            String rule,
            int minimumSeeds,
            Map<String, String> settings,
            List<Criterion> criteria) {
        this.id = id;
        this.statement = statement;
        this.source = source;
        this.rule = rule;
        this.minimumSeeds = minimumSeeds;
        this.settings = settings;
        this.criteria = criteria;
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
        requireText("statement", statement);
        requireText("source", source);
        return new Claim(id, statement, source, "", MINIMUM_SEEDS, Map.of(), List.of());
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
        return new Claim(id, statement, source, rule, minimumSeeds, Collections.unmodifiableMap(more), criteria);
    }

    /**
     * A remark on how the statement was turned into criteria; none unless set.
     *
     * @param text a sentence
     * @return a copy with the remark
     */
    public Claim rule(String text) {
        return new Claim(id, statement, source, text, minimumSeeds, settings, criteria);
    }

    /**
     * How many values an interval must come from for a verdict; 3 unless set.
     *
     * @param seeds at least 2, since one value has no interval
     * @return a copy with the setting
     */
    public Claim minimumSeeds(int seeds) {
        if (seeds < 2) {
            throw new IllegalArgumentException(
                    "minimumSeeds is %d; it must be at least 2, since one value has no interval.".formatted(seeds));
        }
        return new Claim(id, statement, source, rule, seeds, settings, criteria);
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
        Claim claim = this;
        for (Row row : summary) {
            claim = claim.with(tested(Criterion.above(label(row), interval(row), bound), row, summary));
        }
        return claim;
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
        Claim claim = this;
        for (Row row : summary) {
            claim = claim.with(tested(Criterion.below(label(row), interval(row), bound), row, summary));
        }
        return claim;
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
        Claim claim = this;
        for (Row row : summary) {
            claim = claim.with(Criterion.within(label(row), interval(row), low, high));
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

    private static String label(Row row) {
        return row.columnNames().stream()
                .filter(name -> !SUMMARY_NUMBERS.contains(name))
                .map(name -> String.valueOf(row.getObject(name)))
                .collect(Collectors.joining(", "));
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
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(criterion);
        return new Claim(id, statement, source, rule, minimumSeeds, settings, List.copyOf(more));
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
        if (criteria.stream().anyMatch(this::undecided)) {
            return Verdict.NOT_ENOUGH_SEEDS;
        }
        long met = criteria.stream().filter(Criterion::met).count();
        return met == criteria.size() ? Verdict.HOLDS : met > 0 ? Verdict.HOLDS_IN_PART : Verdict.DOES_NOT_HOLD;
    }

    /**
     * The claim as a tidy table, one row a criterion.
     *
     * @return columns claim, statement, source, what, estimate, low, high, count, bound, met, verdict, settings, profile;
     *     with paired tests also effect and p, the adjusted one
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
                StringColumn.create("profile"));
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
            t.booleanColumn("met").append(c.met());
            t.stringColumn("verdict").append(verdict);
            t.stringColumn("settings").append(set);
            t.stringColumn("profile").append(Profile.current().name());
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

    private String metWords(Criterion c) {
        return undecided(c) ? "undecided" : c.met() ? "yes" : "no";
    }

    private boolean undecided(Criterion c) {
        return !c.exact() && c.count() < Math.max(minimumSeeds, c.test().leastCount());
    }

    private String verdictWords() {
        return criteria.isEmpty() ? "no evidence yet" : verdict().words();
    }

    private static String quick() {
        return Profile.current().pick(" (QUICK)", "");
    }

    private static void requireText(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("%s is blank; say it in a sentence.".formatted(name));
        }
    }
}
