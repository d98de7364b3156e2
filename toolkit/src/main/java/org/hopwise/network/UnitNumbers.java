package org.hopwise.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.graph.Wiring;
import org.hopwise.internal.Check;

/** Names of units as numbers. */
final class UnitNumbers {

    private UnitNumbers() {}

    /** At least one unit, each known and named once. */
    static int[] of(Wiring wiring, List<String> units) {
        Check.positive("the number of units", units.size());
        Map<String, Integer> index = new HashMap<>();
        for (String name : wiring.names()) {
            index.put(name, index.size());
        }
        int[] numbers = new int[units.size()];
        boolean[] seen = new boolean[index.size()];
        for (int i = 0; i < numbers.length; i++) {
            Integer at = index.get(units.get(i));
            if (at == null) {
                throw new IllegalArgumentException("unit '%s' is not among the %d units, such as '%s'."
                        .formatted(units.get(i), index.size(), wiring.names().get(0)));
            }
            if (seen[at]) {
                throw new IllegalArgumentException(
                        "unit '%s' is named twice; name every unit once.".formatted(units.get(i)));
            }
            seen[at] = true;
            numbers[i] = at;
        }
        return numbers;
    }
}
