package org.hopwise.lesson;

import java.util.Map;
import org.hopwise.critical.Background;
import org.hopwise.critical.Dispersion;
import org.hopwise.critical.FreeDecay;
import org.hopwise.internal.Texts;
import org.hopwise.lesson.Exercise.Check;
import org.hopwise.randommode.theory.DiscreteDimension;
import org.hopwise.rnn.Activation;

/** The exercises of lessons 06 and 09: dimensions of activity, waves at the edge. */
final class DynamicsAnswers {

    static final Map<String, Check> CHECKS = Map.of(
            "06.1", DynamicsAnswers::modes,
            "06.2", DynamicsAnswers::extrapolated,
            "09.1", DynamicsAnswers::steps,
            "09.2", DynamicsAnswers::reach);

    private static final int UNITS = 600;
    private static final double WANTED = 60;
    private static final double BACKGROUND = 3e-4;

    private DynamicsAnswers() {}

    private static String modes(Object[] answer) {
        int modes = ((Number) answer[0]).intValue();
        if (modes < 1 || modes > UNITS) {
            return "%d modes are asked for; 1 to 600 fit.".formatted(modes);
        }
        double dimensions =
                UNITS / DiscreteDimension.of(3, Activation.ERF).outputs().unitsPerDimension((double) modes / UNITS);
        if (Math.abs(dimensions - WANTED) < 1) {
            return "";
        }
        return "%d modes give %.1f dimensions. %s"
                .formatted(modes, dimensions, dimensions > WANTED ? "Take fewer modes." : "Take more modes.");
    }

    private static String extrapolated(Object[] answer) {
        double found = ((Number) answer[0]).doubleValue();
        double q2 = 1 - 1 / 2.7125;
        double right = (1 + 4 * q2) / (1 - q2);
        if (Math.abs(found - right) < 0.01) {
            return "";
        }
        return Math.abs(found - 4 * 2.7125) < 0.1
                ? "that would be four times the value at 0; the line does not pass through the origin."
                : "%s is not on the line. At 0 the formula reads 1 / (1 - q^2): what is q^2?"
                        .formatted(Texts.number(found));
    }

    private static String steps(Object[] answer) {
        long steps = ((Number) answer[0]).longValue();
        double a = FreeDecay.amplitude(0.4, Math.max(0, steps));
        if (a > 0.01) {
            return "after %d steps the wave still has %s. 1 / a^2 grows by 1 a step.".formatted(steps, Texts.number(a));
        }
        return FreeDecay.amplitude(0.4, steps - 1) <= 0.01
                ? "%d steps are enough, but not the fewest.".formatted(steps)
                : "";
    }

    private static String reach(Object[] answer) {
        double ratio = ((Number) answer[0]).doubleValue();
        var medium = Dispersion.nearest(0.5);
        double omega = 2 * Math.PI / 25;
        double near = Background.of(8 * BACKGROUND).propagationLength(medium, omega);
        double right = Background.of(BACKGROUND).propagationLength(medium, omega) / near;
        if (Math.abs(ratio - right) < 0.03 * right) {
            return "";
        }
        return Math.abs(ratio - 8) < 0.3
                ? "not in proportion: the length goes with 1 / a^2, and a with the cube root of the background."
                : "%s is not the ratio. Measure both lengths, far from the source and before the wave meets itself."
                        .formatted(Texts.number(ratio));
    }
}
