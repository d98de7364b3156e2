package org.hopwise.lesson;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import org.hopwise.Seed;
import org.hopwise.claim.Claim;
import org.hopwise.claim.Verdict;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.internal.Texts;
import org.hopwise.lesson.Exercise.Check;
import org.hopwise.network.NullComparison;
import org.hopwise.network.Quantity;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.stats.Bootstrap;
import org.hopwise.stats.Corrections;
import org.hopwise.stats.Interval;
import org.hopwise.stats.NullTest;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;
import tech.tablesaw.api.Table;

/** The exercises of lessons 04, 05, 07 and 11: comparisons, null models, claims, questions of one's own. */
final class EvidenceAnswers {

    static final Map<String, Check> CHECKS = Map.of(
            "04.1", EvidenceAnswers::corrections,
            "04.2", EvidenceAnswers::pairs,
            "05.1", EvidenceAnswers::draws,
            "05.2", EvidenceAnswers::radius,
            "07.1", EvidenceAnswers::bound,
            "07.2", EvidenceAnswers::registered,
            "11.1", EvidenceAnswers::evenHops,
            "11.2", EvidenceAnswers::ownClaim);

    private static final double LEVEL = 0.05;
    private static final int TESTS = 4;
    private static final int HOPS = 6;
    private static final int SEEDS = 6;
    /** Shares by task and training: no answer changes them, so that a second try need not wait. */
    private static final Map<String, Interval> SHARES = new ConcurrentHashMap<>();

    private EvidenceAnswers() {}

    private static String corrections(Object[] answer) {
        double[] p = {0.01, 0.02, 0.03, 0.04};
        if (!isClose((double[]) answer[0], Corrections.holm(p))) {
            return "Holm's are others. Multiply the smallest by 4, the next by 3, and so on; then let none be smaller than "
                    + "the one before it.";
        }
        return isClose((double[]) answer[1], Corrections.benjaminiHochberg(p))
                ? ""
                : "Holm's are right, Benjamini and Hochberg's are others. Multiply the i-th smallest by 4 / i; then let none "
                        + "be larger than the one after it.";
    }

    private static boolean isClose(double[] given, double[] right) {
        boolean isClose = given.length == right.length;
        for (int i = 0; isClose && i < right.length; i++) {
            isClose = Math.abs(given[i] - right[i]) < 1e-9;
        }
        return isClose;
    }

    private static String pairs(Object[] answer) {
        return fewest(
                ((Number) answer[0]).intValue(),
                "pairs",
                EvidenceAnswers::smallest,
                "One test of n pairs gives 2 / 2^n at best; these are four.");
    }

    /** Whether p after Holm can be below 0.05 with so many and with no fewer. */
    private static String fewest(int given, String what, IntToDoubleFunction least, String rule) {
        double p = least.applyAsDouble(given);
        if (p >= LEVEL) {
            return "%d %s can give %s after Holm at best, which is not below 0.05. %s"
                    .formatted(given, what, Texts.number(p), rule);
        }
        return least.applyAsDouble(given - 1) < LEVEL
                ? "%d %s are enough, but fewer would do.".formatted(given, what)
                : "";
    }

    private static double smallest(int pairs) {
        return Math.min(1, TESTS * 2 / Math.pow(2, pairs));
    }

    private static String draws(Object[] answer) {
        return fewest(
                ((Number) answer[0]).intValue(),
                "draws",
                EvidenceAnswers::leastAfterHolm,
                "One test of n draws gives 2 / (n + 1) at best; these are six.");
    }

    private static double leastAfterHolm(int draws) {
        return Math.min(1, HOPS * 2.0 / (draws + 1));
    }

    /** What lesson 05 asks of its larva: the power of the radius in hop 6, and hop 6 without it. */
    private static String radius(Object[] answer) {
        var draws = (NullComparison) answer[0];
        double shrink = ((Number) answer[1]).doubleValue();
        double remains = ((Number) answer[2]).doubleValue();
        double ratio = draws.radius().mean() / draws.radius().observed();
        double wanted = Math.pow(ratio, HOPS);
        if (isNear(shrink, 1 / wanted)) {
            return "that is by how much the walk grows; the brain with the larger radius is divided by more.";
        }
        if (isNear(shrink, ratio)) {
            return "that is one synapse; each of the six is divided by the radius.";
        }
        if (!isNear(shrink, wanted)) {
            return "%s is not the factor: how often is a walk of six synapses divided by its brain's radius?"
                    .formatted(Texts.number(shrink));
        }
        NullTest hop = draws.test(Quantity.INFLUENCE, HOPS);
        return isNear(remains, hop.observed() / hop.mean() / wanted)
                ? ""
                : "the factor is right, and %s is not what remains: take it out of the ratio at own scale."
                        .formatted(Texts.number(remains));
    }

    private static boolean isNear(double given, double right) {
        return Math.abs(given - right) <= 0.01 * Math.abs(right);
    }

    /** What lesson 07 measures: the share of influence on signal hops, in its two tasks. */
    private static List<HierarchicalTask> tasks() {
        return List.of(
                Tasks.onOff().size(16, 4).steps(6), Tasks.sparse().size(16, 4).steps(6));
    }

    private static Interval share(HierarchicalTask task, boolean isTrained) {
        return SHARES.computeIfAbsent(task.name() + isTrained, key -> measured(task, isTrained));
    }

    private static Interval measured(HierarchicalTask task, boolean isTrained) {
        var trainer = Trainer.adam(5e-3).updates(1500).batch(32).penalty(Penalty.hopwise(1e-3, 0.8, 6));
        double[] shares = new double[SEEDS];
        for (int s = 0; s < SEEDS; s++) {
            var network = RecurrentNetwork.random(task, 16, Activation.TANH, Seed.of(s));
            network = isTrained ? trainer.seed(Seed.of(s)).train(network, task).network() : network;
            shares[s] = HopDecomposition.of(network.weights(), 6).share(task.signalHops());
        }
        return Bootstrap.mean(shares, Seed.of(1));
    }

    private static String bound(Object[] answer) {
        double bound = ((Number) answer[0]).doubleValue();
        for (HierarchicalTask task : tasks()) {
            Interval untrained = share(task, false);
            if (untrained.low() > bound) {
                return "in the task %s untrained networks pass a bound of %s: their share is %s."
                        .formatted(task.name(), Texts.number(bound), untrained);
            }
            if (untrained.high() > bound) {
                return "in the task %s the interval of untrained networks reaches over %s: %s."
                        .formatted(task.name(), Texts.number(bound), untrained);
            }
        }
        for (HierarchicalTask task : tasks()) {
            if (share(task, true).low() <= bound) {
                return "untrained networks fail a bound of %s, but trained ones fail it too, in the task %s."
                        .formatted(Texts.number(bound), task.name());
            }
        }
        return "";
    }

    private static String registered(Object[] answer) {
        var claim = (Claim) answer[0];
        Table table = claim.table();
        if (table.rowCount() != 2 || !table.columnNames().contains("p")) {
            return "the claim has %d criteria; give it the paired tests of both tasks.".formatted(table.rowCount());
        }
        if (claim.verdict() == Verdict.NOT_ENOUGH_SEEDS) {
            return "the verdict is '%s'. Two tests after Holm: how many pairs can bring p below 0.05? Fix their number and "
                            .formatted(claim.verdict().words())
                    + "run again.";
        }
        if (claim.verdict() != Verdict.HOLDS) {
            return "the verdict is '%s'. Which of the two is subtracted from which?"
                    .formatted(claim.verdict().words());
        }
        double pairs = table.intColumn("count").min();
        return pairs >= 8 ? "" : "%.0f pairs were run; eight were to be fixed beforehand.".formatted(pairs);
    }

    private static String evenHops(Object[] answer) {
        var measure = (WalkMeasure) answer[0];
        for (int hop = 2; hop <= 11; hop++) {
            double wanted = hop % 2 == 0 ? 1 : 0;
            if (measure.coefficient(hop) != wanted) {
                return "hop %d counts %s; even hops are to count 1 and odd ones nothing."
                        .formatted(hop, Texts.number(measure.coefficient(hop)));
            }
        }
        return "";
    }

    private static String ownClaim(Object[] answer) {
        var claim = (Claim) answer[0];
        Table table = claim.table();
        List<String> what = table.stringColumn("what").asList();
        if (table.rowCount() < 2) {
            return "the claim has one criterion; it needs trained networks and the untrained control: %s."
                    .formatted(what);
        }
        if (Arrays.stream(table.intColumn("count").asObjectArray()).anyMatch(count -> count == null || count < 8)) {
            return "some criterion has fewer than eight seeds.";
        }
        return claim.verdict() == Verdict.HOLDS
                ? ""
                : "the verdict is '%s'. The product of the two hops' influences is below 0 where they oppose each other."
                        .formatted(claim.verdict().words());
    }
}
