package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.List;
import org.hopwise.randommode.coupling.RandomModes;

/**
 * What the theory asks of couplings with overlaps: kinds of components, and a background of infinitely many infinitely
 * weak ones, which is all there is to partially symmetric couplings (appendix H).
 *
 * @param classes kinds of components
 * @param variance g^2 of the background
 * @param symmetric sigma = symmetry g^2 of the background
 */
record ModeLaw(List<ModeClass> classes, double variance, double symmetric) {

    static ModeLaw of(RandomModes modes) {
        return new ModeLaw(ModeClass.of(modes), 0, 0);
    }

    static ModeLaw partiallySymmetric(double gain, double symmetry) {
        return new ModeLaw(List.of(), gain * gain, symmetry * gain * gain);
    }

    /** g^2 of all components. */
    double power() {
        return variance
                + classes.stream()
                        .mapToDouble(c -> c.weight() * c.strength() * c.strength())
                        .sum();
    }

    /** What a unit receives from itself at once, alpha (D rho). */
    double feedback() {
        return classes.stream()
                .mapToDouble(c -> c.weight() * c.overlap() * c.strength())
                .sum();
    }

    /** h = D / (1 - rho D S) of each kind of component. */
    List<Complex> propagators(Complex response) {
        List<Complex> h = new ArrayList<>();
        for (ModeClass c : classes) {
            Complex loop = response.times(c.overlap() * c.strength());
            h.add(new Complex(c.strength(), 0).over(Complex.ONE.minus(loop)));
        }
        return h;
    }

    /** What the kernels multiply C_phi by: Q / C = alpha (|h|^2) + g^2 (48). */
    double inputPower(List<Complex> h) {
        double sum = variance;
        for (int a = 0; a < classes.size(); a++) {
            sum += classes.get(a).weight() * h.get(a).square();
        }
        return sum;
    }

    /** The memory R = alpha (rho h) + sigma S (49). */
    Complex memory(Complex response, List<Complex> h) {
        Complex sum = response.times(symmetric);
        for (int a = 0; a < classes.size(); a++) {
            sum = sum.plus(
                    h.get(a).times(classes.get(a).weight() * classes.get(a).overlap()));
        }
        return sum;
    }
}
