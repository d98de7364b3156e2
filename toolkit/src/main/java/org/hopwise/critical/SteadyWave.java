package org.hopwise.critical;

import java.util.List;
import java.util.Locale;
import org.hopwise.internal.Check;

/**
 * The steady answer to one forced wave, in closed form. Z = w exp(i (kx - omega n)) under F exp(i (kx - omega (n + 1)))
 * obeys w = phi(rho exp(-i delta) w + F) with the detuning delta = Omega(k) - omega. With g = 1 / sqrt(1 - |w|^2), w (g -
 * rho exp(-i delta)) = F, hence F^2 = a^2 (g^2 - 2 rho g cos delta + rho^2). The right side rises with a for rho of 1 or
 * less: there is one steady state, without bistability.
 *
 * <p>At resonance and gain 1, a = (2F)^(1/3) for small F; detuned, a is linear in F far below 2 delta^(3/2), and at gain
 * rho it is F / (1 - rho) below about (1 - rho)^(3/2). Exact for a single wave on any lattice; derived here.
 */
public final class SteadyWave {

    private final double input;
    private final double detuning;
    private final double gain;
    /** The root of g - 1, solved for since it neither loses digits nor underflows at small F. */
    private final double r;

    private SteadyWave(double input, double detuning, double gain) {
        this.input = input;
        this.detuning = detuning;
        this.gain = gain;
        this.r = solve();
    }

    /**
     * The steady wave at gain 1.
     *
     * @param input F, above 0
     * @param detuning Omega(k) - omega in radians a step
     * @return the wave
     */
    public static SteadyWave of(double input, double detuning) {
        return of(input, detuning, 1);
    }

    /**
     * The steady wave.
     *
     * @param input F, above 0
     * @param detuning Omega(k) - omega in radians a step
     * @param gain rho, above 0 and at most 1: above, there is more than one steady state
     * @return the wave
     */
    public static SteadyWave of(double input, double detuning, double gain) {
        if (input == 0) {
            throw new IllegalArgumentException("input is 0; without input the phase is undefined. Use FreeDecay.");
        }
        Check.positive("input", input);
        Complex.requireFinite("detuning", detuning);
        return new SteadyWave(input, detuning, Complex.requireDamped(gain));
    }

    /** r sqrt(r^2 + 2) |1 + r^2 - rho exp(-i delta)| = F (1 + r^2), by bisection down to neighbouring numbers. */
    private double solve() {
        double low = 0;
        double high = Math.sqrt(input + 2);
        while (true) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return high;
            }
            if (force(middle) < input) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** The input that holds g = 1 + r^2. */
    private double force(double r) {
        double along = 1 - gain + r * r;
        double across = 2 * Math.sqrt(gain * (1 + r * r)) * Math.sin(detuning / 2);
        return amplitude(r) * Math.hypot(along, across);
    }

    private static double amplitude(double r) {
        return r * Math.sqrt(r * r + 2) / (1 + r * r);
    }

    /**
     * F.
     *
     * @return the amplitude of the input
     */
    public double input() {
        return input;
    }

    /**
     * Omega(k) - omega.
     *
     * @return radians a step
     */
    public double detuning() {
        return detuning;
    }

    /**
     * rho.
     *
     * @return the gain
     */
    public double gain() {
        return gain;
    }

    /**
     * The steady amplitude a = |w|, to rounding.
     *
     * @return between 0 and 1
     */
    public double amplitude() {
        return amplitude(r);
    }

    /**
     * The phase of the wave against its input, arg w = -arg(g - rho exp(-i delta)).
     *
     * @return radians
     */
    public double phase() {
        double half = Math.sin(detuning / 2);
        return -Math.atan2(gain * Math.sin(detuning), 1 - gain + r * r + 2 * gain * half * half);
    }

    /** m = sqrt(1 - a^2) = 1 / g. */
    double m() {
        return 1 / (1 + r * r);
    }

    /** a^2 without cancellation. */
    double square() {
        return amplitude(r) * amplitude(r);
    }

    /**
     * The multipliers of a small deviation in one step, in the frame of the wave: the solutions of mu^2 - rho m (1 + m^2)
     * cos(delta) mu + rho^2 m^4 = 0 with m = sqrt(1 - a^2). At resonance rho m^3 belongs to amplitude and rho m to phase.
     *
     * @return two numbers, the larger modulus first, of a complex pair the one with positive imaginary part
     */
    public List<Complex> multipliers() {
        double m = m();
        double c = Math.cos(detuning);
        if (isSpiral()) {
            double re = gain * m * (1 + m * m) * c / 2;
            double im = gain * m * Math.sqrt(-discriminant()) / 2;
            return List.of(new Complex(re, im), new Complex(re, -im));
        }
        double larger = Math.copySign(gain * m * (1 - lost()), c);
        return List.of(new Complex(larger, 0), new Complex(gain * m * gain * m * m * m / larger, 0));
    }

    /**
     * Whether deviations of amplitude and phase turn into each other and so die out alike, by exactly rho (1 - a^2) a step:
     * {@code (1 + m^2) |cos delta| < 2m}, from about {@code |delta| > a^2 / 2} on.
     *
     * @return true if the multipliers are a complex pair
     */
    public boolean isSpiral() {
        return discriminant() < 0;
    }

    /**
     * How fast the slowest deviation dies out.
     *
     * @return -log of the larger modulus of the multipliers, a step; accurate where it is tiny
     */
    public double rate() {
        double log = -Math.log1p(gain - 1);
        double logM = -Math.log1p(r * r);
        return isSpiral() ? log - 2 * logM : log - logM - Math.log1p(-lost());
    }

    /** (1 + m^2)^2 cos^2 delta - 4 m^2 = a^4 - (2 - a^2)^2 sin^2 delta, in factors. */
    private double discriminant() {
        double turned = (2 - square()) * Math.abs(Math.sin(detuning));
        return (square() - turned) * (square() + turned);
    }

    /** 1 - mu / (rho m) of the larger of two real multipliers, without cancellation. */
    private double lost() {
        double s = Math.sin(detuning);
        double c = Math.abs(Math.cos(detuning));
        double root = Math.sqrt(discriminant());
        double sum = square() * c + root;
        double turn = s * s / (1 + c);
        return sum == 0 ? turn : turn + 2 * m() * m() * s * s / sum;
    }

    /**
     * The amplitude that a run ends with: started 1e-4 off the steady state on the uniform wave of a lattice, under
     * an input of just this detuning, until the rest has fallen by exp(-6). To be compared with {@link #amplitude()}.
     *
     * @param net any lattice of the same gain whose uniform wave does not turn; four sites are enough
     * @return the amplitude found
     */
    public double simulated(CriticalLattice net) {
        Field start = state(net).times(new Complex(1 + 1e-4, 0));
        return net.run(start, drive(net), (long) Math.ceil(6 / rate()))
                .last()
                .at(0)
                .modulus();
    }

    /**
     * How fast a small kick is forgotten in a run, over two relaxation times, or ten where amplitude and phase turn into
     * each other. To be compared with {@link #rate()}.
     *
     * @param net any lattice of the same gain whose uniform wave does not turn; four sites are enough
     * @param kick what the steady state is multiplied by, such as exp(1e-6 i) for its phase
     * @return a step
     */
    public double simulatedRate(CriticalLattice net, Complex kick) {
        long steps = (long) Math.ceil((isSpiral() ? 10 : 2) / rate());
        return Relaxation.rate(net, state(net), state(net).times(kick), drive(net), steps);
    }

    private Field state(CriticalLattice net) {
        if (net.gain() != gain) {
            throw new IllegalArgumentException(
                    "the lattice has gain %s and the wave %s; use the same.".formatted(net.gain(), gain));
        }
        return Field.uniform(net, 1).times(Complex.polar(amplitude(), phase()));
    }

    private Drive drive(CriticalLattice net) {
        return Drive.planeWave(0, 0, input, net.kernel().eigenphases()[0] - detuning);
    }

    /** Input and answer. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "input %s at detuning %s, gain %s: amplitude %.6g, phase %.6g, rate %.6g",
                input,
                detuning,
                gain,
                amplitude(),
                phase(),
                rate());
    }
}
