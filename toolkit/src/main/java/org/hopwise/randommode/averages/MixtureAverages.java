package org.hopwise.randommode.averages;

import java.util.List;
import org.hopwise.rnn.Activation;

/**
 * Averages over units with unequal gains, as functions of the covariance c of their common input, whose variance is Q:
 * F = {@code <B^2 F_i(A^2 c)>}, and G and F' follow, with F_i at variance A^2 Q. What single units have as squared
 * mean slope is F'(0) here.
 *
 * @param variance Q
 * @param classes the gains
 * @param parts one class's averages each, at variance A^2 Q
 */
public record MixtureAverages(double variance, List<UnitClass> classes, List<GaussianAverages> parts)
        implements GaussianAverages {

    /**
     * The mixture of classes of units.
     *
     * @param phi the nonlinearity of all
     * @param classes shares that add up to 1, with their gains
     * @param variance Q, above 0
     * @return the averages
     */
    public static MixtureAverages of(Activation phi, List<UnitClass> classes, double variance) {
        return new MixtureAverages(
                variance,
                classes,
                classes.stream()
                        .map(unit -> GaussianAverages.of(phi, unit.inputPower() * variance))
                        .toList());
    }

    @Override
    public double covariance(double c) {
        double sum = 0;
        for (int m = 0; m < parts.size(); m++) {
            UnitClass unit = classes.get(m);
            sum += unit.share() * unit.outputPower() * parts.get(m).covariance(unit.inputPower() * c);
        }
        return sum;
    }

    @Override
    public double integral(double c) {
        double sum = 0;
        for (int m = 0; m < parts.size(); m++) {
            UnitClass unit = classes.get(m);
            double weight = unit.share() * unit.outputPower() / unit.inputPower();
            sum += weight * parts.get(m).integral(unit.inputPower() * c);
        }
        return sum;
    }

    @Override
    public double meanSlope() {
        return Math.sqrt(slopeCovariance(0));
    }

    @Override
    public double slopeCovariance(double c) {
        double sum = 0;
        for (int m = 0; m < parts.size(); m++) {
            UnitClass unit = classes.get(m);
            double weight = unit.share() * unit.outputPower() * unit.inputPower();
            sum += weight * parts.get(m).slopeCovariance(unit.inputPower() * c);
        }
        return sum;
    }
}
