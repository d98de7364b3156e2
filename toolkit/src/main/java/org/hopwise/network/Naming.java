package org.hopwise.network;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hopwise.internal.Check;
import org.hopwise.rnn.Form;

/**
 * What a file of weights does not say itself. Settings return copies; what is not set is guessed from names and shapes, and
 * said.
 *
 * @param take names of arrays by role, where the guess is wrong or cannot be made
 * @param layout which index is the target; null to guess
 * @param leak a = dt / tau in (0, 1]; NaN to take it from the file, 1 if it is not there
 * @param form where the nonlinearity stands; null to take it from the file
 * @param function the unit function; null to take it from the file, tanh if it is not there
 * @param lowRankScale the factor before m n; NaN for 1 / N
 */
public record Naming(
        Map<Role, List<String>> take,
        Layout layout,
        double leak,
        Form form,
        UnitFunction function,
        double lowRankScale) {

    /**
     * Copies the map and checks the leak.
     *
     * @param take names of arrays by role, where the guess is wrong or cannot be made
     * @param layout which index is the target; null to guess
     * @param leak a = dt / tau in (0, 1]; NaN to take it from the file, 1 if it is not there
     * @param form where the nonlinearity stands; null to take it from the file
     * @param function the unit function; null to take it from the file, tanh if it is not there
     * @param lowRankScale the factor before m n; NaN for 1 / N
     */
    public Naming {
        EnumMap<Role, List<String>> copy = new EnumMap<>(Role.class);
        take.forEach((role, names) -> copy.put(role, List.copyOf(names)));
        take = Collections.unmodifiableMap(copy);
        if (!Double.isNaN(leak) && !(leak > 0 && leak <= 1)) {
            throw new IllegalArgumentException("leak is %s; it must be above 0 and at most 1.".formatted(leak));
        }
    }

    /**
     * Everything guessed.
     *
     * @return the defaults
     */
    public static Naming guessed() {
        return new Naming(Map.of(), null, Double.NaN, null, null, Double.NaN);
    }

    /**
     * Takes arrays by name: one, the two factors of low-rank recurrent weights, or biases that add up.
     *
     * @param role what for
     * @param names the arrays' names in the file
     * @return a copy
     */
    public Naming take(Role role, String... names) {
        Map<Role, List<String>> more = new EnumMap<>(Role.class);
        more.putAll(take);
        more.put(role, List.of(names));
        return new Naming(more, layout, leak, form, function, lowRankScale);
    }

    /**
     * The layout of all weights.
     *
     * @param told the layout
     * @return a copy
     */
    public Naming layout(Layout told) {
        return new Naming(take, told, leak, form, function, lowRankScale);
    }

    /**
     * The leak.
     *
     * @param a dt / tau, in (0, 1]
     * @return a copy
     */
    public Naming leak(double a) {
        return new Naming(take, layout, a, form, function, lowRankScale);
    }

    /**
     * The leak from time step and time constant.
     *
     * @param dt time step, in the unit of tau
     * @param tau time constant, at least dt
     * @return a copy
     */
    public Naming timeConstants(double dt, double tau) {
        return leak(Check.positive("dt", dt) / Check.positive("tau", tau));
    }

    /**
     * The form.
     *
     * @param told current or rate
     * @return a copy
     */
    public Naming form(Form told) {
        return new Naming(take, layout, leak, told, function, lowRankScale);
    }

    /**
     * The unit function.
     *
     * @param told the function
     * @return a copy
     */
    public Naming activation(UnitFunction told) {
        return new Naming(take, layout, leak, form, told, lowRankScale);
    }

    /**
     * The factor before the product of low-rank factors.
     *
     * @param factor 1 for m n as it is
     * @return a copy
     */
    public Naming lowRankScale(double factor) {
        return new Naming(take, layout, leak, form, function, Check.positive("low-rank scale", factor));
    }
}
