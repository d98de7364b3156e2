package org.hopwise.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.internal.Texts;
import org.hopwise.lesson.Exercise.Check;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.study.Evaluation;
import org.hopwise.task.HierarchicalTask;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;

/** The exercises of lessons 01 to 03: tasks, trainings, walks. */
final class NetworkAnswers {

    static final Map<String, Check> CHECKS = Map.of(
            "01.1", NetworkAnswers::oneHop,
            "01.2", NetworkAnswers::pairedTask,
            "02.1", NetworkAnswers::rate,
            "02.2", NetworkAnswers::strength,
            "03.1", NetworkAnswers::twoHops,
            "03.2", NetworkAnswers::cancelledHop,
            "03.3", NetworkAnswers::resolvent);

    private static final double EXACT = 1e-9;
    private static final int SEEDS = 6;
    private static final double GOOD_ERROR = 0.2;
    private static final double LITTLE_TRAFFIC = 1.05;
    /** Errors of lesson 02's networks without penalty: no answer changes them, so that a second try need not wait. */
    private static final Map<Seed, Double> WITHOUT_PENALTY = new ConcurrentHashMap<>();

    private NetworkAnswers() {}

    private static double number(Object answer) {
        return ((Number) answer).doubleValue();
    }

    private static boolean isAbout(double value, double expected, double tolerance) {
        return Math.abs(value - expected) <= tolerance * Math.abs(expected);
    }

    private static String oneHop(Object[] answer) {
        var task = (HierarchicalTask) answer[0];
        int[] hops = task.signalHops();
        if (task.shape().steps() != 8) {
            return "the task has %d steps; keep 8.".formatted(task.shape().steps());
        }
        if (hops.length != 1) {
            return "signal is at %d hops; name one step only.".formatted(hops.length);
        }
        return hops[0] == 5
                ? ""
                : "signal is at hop %d. Hop k reads step L - (k - 2), and L is 8; which step does hop 5 read?"
                        .formatted(hops[0]);
    }

    private static String pairedTask(Object[] answer) {
        var task = (HierarchicalTask) answer[0];
        if (task.shape().inputs() != 16 || task.modules() != 4 || task.shape().steps() != 8) {
            return "the task has %d units in %d modules and %d steps; 16 in 4 and 8 are asked for."
                    .formatted(
                            task.shape().inputs(), task.modules(), task.shape().steps());
        }
        if (!Arrays.equals(task.signalHops(), new int[] {3, 8})) {
            return "signal is at hops %s; 3 and 8 are asked for. Step t is read by hop L - t + 2."
                    .formatted(Arrays.toString(task.signalHops()));
        }
        var map = task.optimalMap();
        double own = map.getDouble(0, 0);
        double sibling = map.getDouble(12, 0);
        if (!(own > 0) || sibling != -own) {
            return "the first module is to be subtracted the last: entry (0, 0) of its map is %s and entry (12, 0) %s. "
                            .formatted(Texts.number(own), Texts.number(sibling))
                    + "siblings(...) names the partner of each module, counted from 0.";
        }
        if (!isAbout(number(answer[1]), own, 1e-3) || !isAbout(number(answer[2]), sibling, 1e-3)) {
            return "the task is right, the predicted entries are not. Add up the variances of all units and steps that the "
                    + "target is made of, of both modules; the entry is 1 over the root of the sum.";
        }
        return "";
    }

    private static String rate(Object[] answer) {
        double rate = number(answer[0]);
        var task = Tasks.averaging();
        var start = RecurrentNetwork.random(task, 32, Activation.TANH, Seed.of(1));
        var network =
                Trainer.adam(rate).updates(300).batch(32).train(start, task).network();
        double error = Evaluation.of(network, task, 2000, Seed.of(3)).normalisedError();
        return error < GOOD_ERROR
                ? ""
                : "the error is %s; below 0.2 is asked for. %s"
                        .formatted(
                                Texts.number(error),
                                rate < 3e-3
                                        ? "300 steps of this size do not lead far."
                                        : "Steps of this size overshoot.");
    }

    private static String strength(Object[] answer) {
        double beta = number(answer[0]);
        var task = Tasks.averaging();
        var trainer = Trainer.adam(3e-3).updates(1500).batch(32);
        var measure = WalkMeasure.resolvent(0.8);
        double needed = HopDecomposition.of(task).communication(measure);
        double most = 0;
        int worse = 0;
        for (int s = 0; s < SEEDS; s++) {
            Seed seed = Seed.of(100 + s);
            var start = RecurrentNetwork.random(task, 32, Activation.TANH, seed);
            double plain = WITHOUT_PENALTY.computeIfAbsent(
                    seed, key -> error(trainer.seed(key).train(start, task).network(), task));
            var under = trainer.seed(seed)
                    .penalty(Penalty.hopwise(beta, 0.8, 10))
                    .train(start, task)
                    .network();
            worse += error(under, task) < plain ? 0 : 1;
            most = Math.max(most, HopDecomposition.of(under.weights(), 10).communication(measure) / needed);
        }
        if (worse > 0) {
            return "the error is no lower than without penalty in %d of 6 seeds: the penalty is too strong."
                    .formatted(worse);
        }
        return most < LITTLE_TRAFFIC
                ? ""
                : "in one seed the network still sends %s times what the task needs: the penalty is too weak."
                        .formatted(Texts.number(most));
    }

    private static double error(RecurrentNetwork network, HierarchicalTask task) {
        return Evaluation.of(network, task, 2000, Seed.of(3)).normalisedError();
    }

    private static String twoHops(Object[] answer) {
        // A matrix given alone arrives as the array of answers itself.
        double[][] recurrent = answer instanceof double[][] alone ? alone : (double[][]) answer[0];
        double[][] given = {{0, 0, 0}, {1, 0, 0}, {0, 0, 0}};
        int changed = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                changed += recurrent[row][column] == given[row][column] ? 0 : 1;
            }
        }
        if (changed > 1) {
            return "%d weights were changed; one is enough.".formatted(changed);
        }
        var weights = Weights.of(new double[][] {{1}, {0}, {0}}, recurrent, new double[][] {{0, 1, 1}});
        List<Integer> reached = reached(HopDecomposition.of(weights, 5));
        return reached.equals(List.of(3, 4))
                ? ""
                : "influence arrives at hops %s. Rows are targets: which edge makes the walk one longer and lets it end?"
                        .formatted(reached);
    }

    private static List<Integer> reached(HopDecomposition hops) {
        List<Integer> reached = new ArrayList<>();
        for (int hop = hops.firstHop(); hop <= hops.lastHop(); hop++) {
            if (hops.share(hop) > 0) {
                reached.add(hop);
            }
        }
        return reached;
    }

    private static String cancelledHop(Object[] answer) {
        double w = number(answer[0]);
        var weights = Weights.of(
                new double[][] {{1}, {1}, {0}},
                new double[][] {{0, 0, 0}, {0, 0, 0}, {2, w, 0}},
                new double[][] {{0, 0, 1}});
        double arrives = HopDecomposition.of(weights, 2).hop(3).getDouble(0, 0);
        return arrives == 0
                ? ""
                : "%s arrives at hop 3. Two walks of three edges end at the output; their weights add up."
                        .formatted(Texts.number(arrives));
    }

    private static String resolvent(Object[] answer) {
        double total = number(answer[0]);
        var loop = Weights.of(
                new double[][] {{2}, {0}, {0}},
                new double[][] {{0, 0, 0.5}, {0.3, 0, 0}, {0, 0.5, 0}},
                new double[][] {{0, 0, 7}});
        double exact = InfluenceMap.of(loop, WalkMeasure.resolvent(2)).matrix().getDouble(0, 0);
        if (isAbout(total, exact, EXACT)) {
            return "";
        }
        double first = 2.1 * Math.pow(2, 4);
        return isAbout(total, first, EXACT)
                ? "that is the first walk alone, hop 4. Each further round multiplies by 0.075 alpha^3: a geometric series."
                : "%s is not the sum. The first walk gives 2.1 alpha^4, and each further round multiplies by 0.075 alpha^3."
                        .formatted(Texts.number(total));
    }
}
