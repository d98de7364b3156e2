package org.hopwise.network;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopwise.rnn.Form;

/** Which arrays are taken for what, and how; filled in while names and shapes are looked at. */
final class Taken {

    final Map<Role, List<ArrayHeader>> arrays = new EnumMap<>(Role.class);
    final Set<Role> turned = EnumSet.noneOf(Role.class);
    final List<String> notes = new ArrayList<>();
    /** Factors of single numbers or of one an output: scales that a library keeps apart. */
    final Map<Role, ArrayHeader> scales = new EnumMap<>(Role.class);

    ArrayHeader initialState;
    Form form;
    UnitFunction function;
    double leak = Double.NaN;
    double cubicLeak;
    boolean outputDividedByUnits;
    boolean biasInsideRecurrent;
    boolean lastInputUnused;

    void put(Role role, ArrayHeader... headers) {
        arrays.put(role, List.of(headers));
    }

    boolean has(Role role) {
        return arrays.containsKey(role);
    }

    ArrayHeader first(Role role) {
        return arrays.get(role).get(0);
    }

    boolean isLowRank() {
        return arrays.get(Role.RECURRENT).size() == 2;
    }
}
