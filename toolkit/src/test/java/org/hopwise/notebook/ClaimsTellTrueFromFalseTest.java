package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.hopwise.internal.machine.OutputFolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

/**
 * The rules of the figures, as their notebooks have them, on data drawn so that a sentence is true, and on data drawn so
 * that it is false. The data follow the sentence, not the rule: a rule that measures something else cannot tell them apart.
 */
class ClaimsTellTrueFromFalseTest {

    private static final int SEEDS = 12;

    /** Data in which some sentences are true; the verdicts of those that are not judged here do not matter. */
    private record World(String name, Map<String, Table> tables, Set<String> holding, Set<String> failing) {}

    /** A figure with its worlds; every claim of it must hold in one and fail in another. */
    private record Book(String figure, List<World> worlds) {
        @Override
        public String toString() {
            return figure;
        }
    }

    static Stream<Book> books() {
        return Stream.of(recovery(), strengths(), time(), pressure());
    }

    @ParameterizedTest
    @MethodSource("books")
    void everyRuleTellsWorldsApartInWhichItsSentenceIsTrueAndFalse(Book book) throws IOException {
        forget(book);
        String json = Files.readString(NotebookTest.folder().resolve(book.figure + ".ipynb"));
        List<String> cells = NotebookLint.codeCells(json);
        List<String> rules = rules(json);
        Map<String, Set<Boolean>> seen = new TreeMap<>();
        try (CellRunner runner = new CellRunner()) {
            run(runner, cells.get(0), book);
            run(runner, cells.get(1), book);
            // Rules that QUICK leaves to FULL are tried, too.
            run(runner, "boolean whole = true;", book);
            for (World world : book.worlds) {
                DrawnTables.set(world.tables);
                for (String name : world.tables.keySet()) {
                    run(
                            runner,
                            "Table %s = org.hopwise.notebook.DrawnTables.named(\"%s\");".formatted(name, name),
                            book);
                }
                for (String cell : rules) {
                    run(runner, cell, book);
                }
                for (String claim : world.holding) {
                    assertEquals("holds", verdict(claim), claim + " where it is true: " + world.name);
                    seen.computeIfAbsent(claim, unused -> new HashSet<>()).add(true);
                }
                for (String claim : world.failing) {
                    assertEquals("does not hold", verdict(claim), claim + " where it is false: " + world.name);
                    seen.computeIfAbsent(claim, unused -> new HashSet<>()).add(false);
                }
            }
        }
        for (String claim : claims(book)) {
            assertEquals(
                    Set.of(true, false),
                    seen.get(claim),
                    claim + " needs a world where it is true and one where it is false");
        }
    }

    private static void run(CellRunner runner, String cell, Book book) {
        runner.run(cell).ifPresent(fault -> {
            throw new AssertionError(book.figure + ": " + fault + " in\n" + cell);
        });
    }

    /** The code cells from the heading of the rules to the next heading. */
    private static List<String> rules(String json) {
        List<String> rules = new ArrayList<>();
        boolean inside = false;
        for (JsonElement element :
                JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            StringBuilder source = new StringBuilder();
            cell.getAsJsonArray("source").forEach(line -> source.append(line.getAsString()));
            boolean isCode = cell.get("cell_type").getAsString().equals("code");
            if (!isCode && source.indexOf("## ") >= 0) {
                inside = source.indexOf("## Is it true?") >= 0;
            }
            if (isCode && inside) {
                rules.add(source.toString());
            }
        }
        return rules;
    }

    private static Path folder() {
        return OutputFolder.current().resolve("claims");
    }

    private static List<Path> files(Book book) throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        String prefix = book.figure.substring(0, book.figure.indexOf('_') + 1);
        try (Stream<Path> paths = Files.list(folder())) {
            return paths.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static void forget(Book book) throws IOException {
        for (Path file : files(book)) {
            Files.delete(file);
        }
    }

    private static Set<String> claims(Book book) throws IOException {
        Set<String> found = new TreeSet<>();
        files(book).forEach(path -> found.add(path.getFileName().toString().replace(".csv", "")));
        assertTrue(!found.isEmpty(), book.figure + " has claims");
        return found;
    }

    private static String verdict(String claim) throws IOException {
        Path file = folder().resolve(claim + ".csv");
        return Table.read().csv(Files.newInputStream(file)).getString(0, "verdict");
    }

    private static World world(String name, Map<String, Table> tables, String holding, String failing) {
        return new World(name, new LinkedHashMap<>(tables), words(holding), words(failing));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : new TreeSet<>(List.of(text.trim().split("\\s+")));
    }

    private static Table correlations(Map<String, Double> byMeasure) {
        return DrawnTables.over("task", "averaging", "sparse")
                .and("activation", "linear", "tanh", "relu")
                .and("measure", byMeasure.keySet().toArray())
                .column("correlation", row -> byMeasure.get(row.get("measure")))
                .draw(SEEDS);
    }

    private static Book recovery() {
        Map<String, Double> told = new LinkedHashMap<>();
        told.put("influence map", 0.97);
        told.put("recurrent weights", 0.05);
        told.put("hop 2 alone", 0.3);
        told.put("every hop", 0.2);
        told.put("every hop, Jacobian", 0.9);
        Map<String, Double> blind = new LinkedHashMap<>(told);
        blind.put("influence map", 0.4);
        blind.put("hop 2 alone", 0.1);
        blind.put("recurrent weights", 0.6);
        blind.put("every hop", 0.9);
        Map<String, Double> short2 = new LinkedHashMap<>(told);
        short2.put("hop 2 alone", 0.96);
        return new Book(
                "fig2_influence_recovers_the_task",
                List.of(
                        world(
                                "walks recover the task and need to be long",
                                Map.of("correlations", correlations(told)),
                                "fig2_recovery fig2_weights_do_not fig2_many_hops_needed fig2_relu_walks_miss_time",
                                ""),
                        world(
                                "nothing recovers, so nothing is needed to recover",
                                Map.of("correlations", correlations(blind)),
                                "",
                                "fig2_recovery fig2_weights_do_not fig2_many_hops_needed fig2_relu_walks_miss_time"),
                        world(
                                "two edges do as well",
                                Map.of("correlations", correlations(short2)),
                                "fig2_recovery",
                                "fig2_many_hops_needed")));
    }

    private static Table errors(BiFunction<String, Double, Double> error, String... more) {
        DrawnTables drawn = DrawnTables.over("task", "averaging", "on-off", "sparse")
                .and("penalty", "L1", "R-sum", "R-hop", "R-abs")
                .and("beta", 3e-4, 1e-3);
        if (more.length > 0) {
            drawn.and("setting", (Object[]) more);
        }
        return drawn.column("error", row -> error.apply((String) row.get("penalty"), (Double) row.get("beta")))
                .draw(SEEDS);
    }

    private static Table theory(double gap, double ceiling) {
        Map<String, Double> ceilings = Map.of("averaging", 0.7255, "on-off", 0.4478, "sparse", 0.1315);
        return DrawnTables.over("task", "averaging", "on-off", "sparse")
                .and("penalty", "R-sum", "R-hop")
                .and("beta", 1e-3, 3e-2)
                .and("curve", "trained", "closed form")
                .column(
                        "error",
                        row -> ceilings.get(row.get("task")) * ceiling
                                + (row.get("curve").equals("trained") ? gap : 0))
                .still()
                .draw(1);
    }

    private static Book strengths() {
        String all = "fig5_linear_theory fig5_ceilings"
                + " fig5_r_sum_at_every_beta fig5_r_hop_at_every_beta fig5_r_abs_at_every_beta"
                + " fig5_r_sum_at_best_beta fig5_r_hop_at_best_beta fig5_r_abs_at_best_beta"
                + " fig5_r_sum_best_elsewhere fig5_r_hop_best_elsewhere";
        Table walksWin = errors((penalty, beta) -> penalty.equals("L1") ? 0.3 : 0.2);
        Table walksLose = errors((penalty, beta) -> penalty.equals("L1") ? 0.2 : 0.3);
        return new Book(
                "fig5_walk_penalties_against_l1",
                List.of(
                        world(
                                "walk penalties are better everywhere",
                                Map.of(
                                        "errors", walksWin,
                                        "others", errors((p, b) -> p.equals("L1") ? 0.3 : 0.2, "relu, fresh"),
                                        "theory", theory(0, 1)),
                                all,
                                ""),
                        world(
                                "walk penalties are worse everywhere",
                                Map.of(
                                        "errors", walksLose,
                                        "others", errors((p, b) -> p.equals("L1") ? 0.2 : 0.3, "relu, fresh"),
                                        "theory", theory(0.1, 1.2)),
                                "",
                                all)));
    }

    private static Book time() {
        return new Book(
                "fig6_penalties_and_time",
                List.of(
                        silence(
                                "R-hop silences, R-sum cancels",
                                0.9,
                                0.3,
                                0.02,
                                0.99,
                                "fig6_r_hop_sparser_than_none fig6_r_hop_sparser_than_l1 fig6_r_sum_cancels fig6_r_hop_does_not_cancel",
                                "fig6_r_sum_sparser_than_none fig6_r_sum_sparser_than_l1"),
                        silence(
                                "the other way round",
                                0.3,
                                0.9,
                                0.99,
                                0.02,
                                "fig6_r_sum_sparser_than_none fig6_r_sum_sparser_than_l1",
                                "fig6_r_hop_sparser_than_none fig6_r_hop_sparser_than_l1 fig6_r_sum_cancels fig6_r_hop_does_not_cancel")));
    }

    private static World silence(
            String name, double hop, double sum, double sumLeft, double hopLeft, String holding, String failing) {
        Table runs = DrawnTables.over("task", "on-off", "sparse")
                .and("noise", 0.3)
                .and("penalty", "L1", "R-sum", "R-hop")
                .and("beta", 1e-3, 3e-3)
                .column(
                        "share",
                        row -> row.get("penalty").equals("L1")
                                ? 0.6
                                : row.get("penalty").equals("R-hop") ? hop : sum)
                .column("cancellation", row -> row.get("penalty").equals("R-sum") ? sumLeft : hopLeft)
                .draw(SEEDS);
        Table free = DrawnTables.over("task", "on-off", "sparse")
                .and("noise", 0.3)
                .column("share", row -> 0.6)
                .draw(SEEDS);
        return world(name, Map.of("runs", runs, "free", free), holding, failing);
    }

    private static Table damage(double walkBefore, double walkAfter, double otherBefore, double otherAfter) {
        return DrawnTables.over("task", "averaging", "sparse")
                .and("penalty", "L1", "R-sum", "R-hop")
                .and("pressure", "none", "pruned 30 %", "noise 10 %")
                .column(
                        "error",
                        row -> row.get("penalty").equals("L1")
                                ? row.get("pressure").equals("none") ? otherBefore : otherAfter
                                : row.get("pressure").equals("none") ? walkBefore : walkAfter)
                .draw(SEEDS);
    }

    /** Errors of L1 from the start and after learning, and of R-sum; communication, sparsity and pressure of all alike. */
    private static Table runs(double constant, double delayed, double walks) {
        ToDouble similar = row -> (Double) row.get("step") / 4;
        return DrawnTables.over("task", "averaging", "sparse")
                .and("penalty", "L1", "R-sum", "R-hop")
                .and("schedule", "constant", "delayed")
                .and("step", 0.0, 1.0, 2.0, 3.0, 4.0)
                .column("beta", row -> 3e-3)
                .column(
                        "error",
                        row -> !row.get("penalty").equals("L1")
                                ? walks
                                : row.get("schedule").equals("constant") ? constant : delayed)
                .column("communication", similar::of)
                .column("weight sparsity", similar::of)
                .column("log pressure", similar::of)
                .draw(SEEDS);
    }

    private interface ToDouble {
        double of(Map<String, Object> row);
    }

    private static World world7(String name, Table curves, Table damage, String holding, String failing) {
        Table runs = curves.where(curves.doubleColumn("step").isEqualTo(0)).copy();
        runs.replaceColumn(
                "beta", runs.doubleColumn("beta").multiply(0).add(3e-3).setName("beta"));
        return world(name, Map.of("runs", runs, "pressed", curves, "damage", damage), holding, failing);
    }

    private static Book pressure() {
        String less = "fig7_loses_less fig7_loses_less_r_hop ";
        String after = "fig7_better_after_damage fig7_better_after_damage_r_hop ";
        String strong = "fig7_robust_at_strong_beta ";
        String matched = "fig7_alignment_communication fig7_alignment_weight_sparsity fig7_alignment_pressure ";
        String cliff = "fig7_l1_collapses_early ";
        return new Book(
                "fig7_sparsity_under_pressure",
                List.of(
                        world7(
                                "walks win and lose less",
                                runs(0.85, 0.4, 0.2),
                                damage(0.2, 0.25, 0.2, 0.4),
                                less + after + strong + matched + cliff,
                                ""),
                        world7(
                                "better after damage although more was lost",
                                runs(0.2, 0.4, 0.6),
                                damage(0.19, 0.29, 0.39, 0.39),
                                after,
                                less + strong + matched + cliff),
                        world7(
                                "all L1 networks are dead, and so are the others",
                                runs(1, 1, 0.99),
                                damage(0.3, 0.5, 0.3, 0.4),
                                "",
                                less + after)));
    }
}
