package org.hopwise.critical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.Seed;
import org.hopwise.internal.Check;
import org.hopwise.internal.array.Draws;

/**
 * What goes into a lattice at each step, inside phi: a sum of constant fields, point sources, plane waves, pulses and noise.
 * The input I_n of step n = 0, 1, ... makes Z_(n+1), and a source that oscillates carries exp(-i omega (n + 1)), so that
 * source and state have the same clock. Sites of a sheet are numbered row by row.
 */
public final class Drive {

    /** A part that knows no lattice yet. */
    private interface Term {
        Source on(Layout layout);
    }

    /** A part on a lattice: adds its input of one step to sites from..to - 1, which are whole rows side by side. */
    interface Source {
        void add(double[] z, int from, int to, long step);
    }

    private final List<Term> terms;

    private Drive(List<Term> terms) {
        this.terms = terms;
    }

    private static Drive of(Term term) {
        return new Drive(List.of(term));
    }

    /**
     * No input.
     *
     * @return the drive
     */
    public static Drive none() {
        return new Drive(List.of());
    }

    /**
     * The same real number everywhere and always.
     *
     * @param value any finite number
     * @return the drive
     */
    public static Drive constant(double value) {
        Complex.requireFinite("constant", value);
        return of(layout -> (z, from, to, step) -> {
            for (int i = 2 * from; i < 2 * to; i += 2 * layout.lines()) {
                for (int re = i; re < i + layout.lines(); re++) {
                    z[re] += value;
                }
            }
        });
    }

    /**
     * The same field at every step.
     *
     * @param field one number a site
     * @return the drive
     */
    public static Drive constant(Field field) {
        return of(layout -> {
            layout.shape().requireSame("constant input", field.shape());
            double[] values = layout.arranged(field.interleaved());
            return (z, from, to, step) -> {
                for (int i = 2 * from; i < 2 * to; i++) {
                    z[i] += values[i];
                }
            };
        });
    }

    /**
     * A source at one site, amplitude exp(-i omega (n + 1)).
     *
     * @param site counted from 0, row by row
     * @param amplitude its strength, 0 or more
     * @param omega radians a step; 2 pi / period with a whole period keeps the phase exact for ever
     * @return the drive
     */
    public static Drive point(int site, double amplitude, double omega) {
        return pulse(site, amplitude, omega, 0, Long.MAX_VALUE);
    }

    /**
     * A source at one site for some steps, amplitude exp(-i omega (n + 1)) for {@code start <= n < start + steps}.
     *
     * @param site counted from 0, row by row
     * @param amplitude its strength, 0 or more
     * @param omega radians a step; 0 for a plain pulse
     * @param start the first step with it, 0 or more
     * @param steps how many, 0 or more
     * @return the drive
     */
    public static Drive pulse(int site, double amplitude, double omega, long start, long steps) {
        Check.notNegative("amplitude", amplitude);
        Oscillation oscillation = Oscillation.of(omega);
        LatticeRun.requireSteps("start", start);
        LatticeRun.requireSteps("steps", steps);
        return of(layout -> {
            layout.shape().site("source site", site);
            int at = layout.at(site);
            return (z, from, to, step) -> {
                if (site >= from && site < to && step >= start && step - start < steps) {
                    double phase = oscillation.phase(step + 1);
                    z[at] += amplitude * Math.cos(phase);
                    z[at + layout.lines()] -= amplitude * Math.sin(phase);
                }
            };
        });
    }

    /**
     * A plane wave on a ring, amplitude exp(i (k x - omega (n + 1))) with k = 2 pi q / n. Its detuning from the lattice is
     * Omega(k) - omega.
     *
     * @param q wave number, any whole number
     * @param amplitude its strength, 0 or more
     * @param omega radians a step
     * @return the drive
     */
    public static Drive planeWave(int q, double amplitude, double omega) {
        return wave(amplitude, omega, shape -> {
            shape.requireRing("planeWave(q, amplitude, omega)", "planeWave(qy, qx, amplitude, omega)");
            return Field.planeWave(shape, 0, q, amplitude);
        });
    }

    /**
     * A plane wave on a sheet, amplitude exp(i (k_y y + k_x x - omega (n + 1))).
     *
     * @param qy wave number from row to row
     * @param qx wave number from column to column
     * @param amplitude its strength, 0 or more
     * @param omega radians a step
     * @return the drive
     */
    public static Drive planeWave(int qy, int qx, double amplitude, double omega) {
        return wave(amplitude, omega, shape -> Field.planeWave(shape, qy, qx, amplitude));
    }

    private interface Wave {
        Field on(Shape shape);
    }

    private static Drive wave(double amplitude, double omega, Wave wave) {
        Check.notNegative("amplitude", amplitude);
        Oscillation oscillation = Oscillation.of(omega);
        return of(layout -> {
            double[] values = layout.arranged(wave.on(layout.shape()).interleaved());
            int lines = layout.lines();
            return (z, from, to, step) -> {
                double phase = oscillation.phase(step + 1);
                double c = Math.cos(phase);
                double s = Math.sin(phase);
                for (int i = 2 * from; i < 2 * to; i += 2 * lines) {
                    for (int re = i; re < i + lines; re++) {
                        z[re] += c * values[re] + s * values[re + lines];
                        z[re + lines] += c * values[re + lines] - s * values[re];
                    }
                }
            };
        });
    }

    /**
     * Complex Gaussian noise, independent at every site and step. Each row of each step has a stream of its own, so threads
     * change no bit and a run that goes on later draws what it would have drawn.
     *
     * @param sigma root of the variance a step and site, 0 or more
     * @param seed the randomness
     * @return the drive
     */
    public static Drive noise(double sigma, Seed seed) {
        double deviation = Check.notNegative("sigma", sigma) / Math.sqrt(2);
        return of(layout -> (z, from, to, step) -> {
            Seed now = seed.child(step);
            int columns = layout.shape().columns();
            for (int row = from / columns; row < to / columns; row++) {
                Draws draws = new Draws(now.child(row));
                for (int column = 0; column < columns; column++) {
                    int at = layout.at(row, column);
                    z[at] += deviation * draws.gaussian();
                    z[at + layout.lines()] += deviation * draws.gaussian();
                }
            }
        });
    }

    /**
     * This and another input, added.
     *
     * @param other the other
     * @return the sum
     */
    public Drive plus(Drive other) {
        List<Term> both = new ArrayList<>(terms);
        both.addAll(other.terms);
        return new Drive(List.copyOf(both));
    }

    Source on(Layout layout) {
        Source[] sources = terms.stream().map(term -> term.on(layout)).toArray(Source[]::new);
        return (z, from, to, step) -> Arrays.stream(sources).forEach(source -> source.add(z, from, to, step));
    }

    /** How many parts are added up. */
    @Override
    public String toString() {
        return terms.isEmpty()
                ? "no drive"
                : "drive of %d part%s".formatted(terms.size(), terms.size() == 1 ? "" : "s");
    }
}
