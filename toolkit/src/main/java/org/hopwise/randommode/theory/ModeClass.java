package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.randommode.coupling.RandomModes;

/**
 * Components of the random-mode model that share strength and overlap.
 *
 * @param strength D
 * @param overlap rho
 * @param weight their number over the number of units
 */
record ModeClass(double strength, double overlap, double weight) {

    static List<ModeClass> of(RandomModes modes) {
        double[] strengths = modes.strengths();
        double[] overlaps = modes.overlaps();
        Map<List<Double>, Integer> counts = new LinkedHashMap<>();
        for (int a = 0; a < strengths.length; a++) {
            if (strengths[a] > 0) {
                counts.merge(List.of(strengths[a], overlaps[a]), 1, Integer::sum);
            }
        }
        List<ModeClass> classes = new ArrayList<>();
        counts.forEach((values, count) ->
                classes.add(new ModeClass(values.get(0), values.get(1), (double) count / modes.units())));
        return classes;
    }
}
