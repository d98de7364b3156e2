package org.hopwise.lesson;

import java.util.Arrays;
import java.util.Map;
import org.hopwise.internal.Texts;
import org.hopwise.lesson.Exercise.Check;

/** The exercises of lesson 12: networks that answer over time. */
final class TimeCourseAnswers {

    static final Map<String, Check> CHECKS =
            Map.of("12.1", TimeCourseAnswers::leak, "12.2", TimeCourseAnswers::bySynapses);

    private static final double LEAK = 0.2;
    private static final double WEIGHT = 0.5;
    private static final int LAGS = 20;
    private static final double CLOSE = 0.005;
    private static final double ROUNDING = 1e-9;

    private TimeCourseAnswers() {}

    private static String leak(Object[] answer) {
        double left = ((Number) answer[0]).doubleValue();
        double constant = ((Number) answer[1]).doubleValue();
        if (!(Math.abs(left - Math.pow(1 - LEAK, 10)) < CLOSE)) {
            return Math.abs(left - Math.pow(LEAK, 10)) < ROUNDING
                    ? "that is what would stay if the leak stayed; each step keeps 1 - a."
                    : "%s is not left. Each step takes its part of what the step before has left."
                            .formatted(Texts.number(left));
        }
        if (!(Math.abs(constant + 1 / Math.log(1 - LEAK)) < CLOSE)) {
            return Math.abs(constant - 1 / LEAK) < ROUNDING
                    ? "1 / a is the time constant of continuous time. In steps: (1 - a)^n = 1 / e, solved for n."
                    : "after %s steps %s is left, not 1 / e."
                            .formatted(Texts.number(constant), Texts.number(Math.pow(1 - LEAK, constant)));
        }
        return "";
    }

    private static String bySynapses(Object[] answer) {
        double[] lags = (double[]) answer[0];
        double[] synapses = (double[]) answer[1];
        if (lags.length != LAGS || synapses.length != LAGS) {
            return "%d lags and %d numbers of synapses; both go from 0 to 19.".formatted(lags.length, synapses.length);
        }
        // After l steps j synapses are crossed by C(l, j) walks: from the step before, by waiting or by crossing.
        double[] reached = new double[LAGS];
        double[] summed = new double[LAGS];
        reached[0] = LEAK;
        for (int lag = 0; lag < LAGS; lag++) {
            if (Math.abs(lags[lag] - Arrays.stream(reached).sum()) > ROUNDING) {
                return "the input of %d steps ago does something else; leave lags as they are.".formatted(lag);
            }
            for (int j = 0; j < LAGS; j++) {
                summed[j] += reached[j];
            }
            for (int j = LAGS - 1; j >= 0; j--) {
                reached[j] = (1 - LEAK) * reached[j] + (j > 0 ? LEAK * WEIGHT * reached[j - 1] : 0);
            }
        }
        double byLag = Arrays.stream(lags).sum();
        double found = Arrays.stream(synapses).sum();
        if (!(Math.abs(found - byLag) < ROUNDING)) {
            return "the sums are %s by lag and %s by synapses. A walk of l steps that crosses j synapses waits l - j times: in how many ways?"
                    .formatted(Texts.number(byLag), Texts.number(found));
        }
        for (int j = 0; j < LAGS; j++) {
            if (Math.abs(synapses[j] - summed[j]) > ROUNDING) {
                return "the sums agree, but %s is not what crosses %d synapses."
                        .formatted(Texts.number(synapses[j]), j);
            }
        }
        return "";
    }
}
