package org.hopwise.randommode.theory;

import org.hopwise.internal.machine.Interruption;

/** The double integrals of {@link FourPoint} over the frequencies of a sampled field: Psi is C C + psi, so N / PR = Psi / C(0)^2. */
final class PairProblem {

    private final SampledField field;
    private final double[] states;
    private double outputSum;
    private double stateSum;

    PairProblem(SampledField field) {
        this.field = field;
        this.states = field.stateSpectrum();
        int half = field.window.points / 2;
        FourPoint.Side[] sides = new FourPoint.Side[2 * half + 1];
        for (int k = -half; k <= half; k++) {
            sides[k + half] = side(k);
        }
        for (int first = 0; first <= half; first++) {
            Interruption.check();
            // Psi(-w1, -w2) is the conjugate, so negative w1 need no work of their own.
            double weight = first == 0 || first == half ? 1 : 2;
            for (int second = 1 - half; second <= half; second++) {
                FourPoint point = new FourPoint(field.law, sides[first + half], sides[second + half]);
                outputSum += weight * point.outputs();
                stateSum += weight * point.states();
            }
        }
        if (!Double.isFinite(outputSum) || !Double.isFinite(stateSum)) {
            throw new IllegalStateException(
                    "the four-point function is singular at a pair of frequencies; use weaker overlaps or more samples.");
        }
    }

    private FourPoint.Side side(int signed) {
        int k = Math.abs(signed);
        double sign = signed < 0 ? -1 : 1;
        Complex response = new Complex(field.responseRe[k], sign * field.responseIm[k]);
        Complex memory = new Complex(field.memoryRe[k], sign * field.memoryIm[k]);
        Complex linear = new Complex(field.linearRe[k], sign * field.linearIm[k]);
        double output = field.outputSpectrum[k];
        // x = G (xi + K phi): C_(x phi) = G (S* C_xi + K C_phi), S_x = G (1 + K S).
        Complex driven = response.conjugate().times(field.inputSpectrum[k]).plus(memory.times(output));
        Complex fed = Complex.ONE.plus(memory.times(response));
        return new FourPoint.Side(
                output, response, states[k], linear.times(driven), linear.times(fed), field.law.propagators(response));
    }

    /** N / PR of outputs. */
    double outputUnits() {
        return outputSum / squared(field.outputSpectrum);
    }

    /** N / PR of states. */
    double stateUnits() {
        return stateSum / squared(states);
    }

    private double squared(double[] spectrum) {
        return Math.pow(field.window.points * field.window.step * field.window.covariance(spectrum, 0), 2);
    }
}
