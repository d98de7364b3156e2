package org.hopwise.randommode.theory;

import java.util.List;

/**
 * The four-point function of networks with overlaps at a pair of frequencies (equation 51), with {@code Sigma = S / (1 - D
 * rho S)} and means over components:
 *
 * <p>{@code Psi = (V - 1 + 2 Re[(1 + X12) (1 + X21*) / (1 - W*)]) / |1 - U|^2 C_1 C_2}, {@code U = alpha <D^2 Sigma1
 * Sigma2>}, {@code V = alpha <D^4 |Sigma1 Sigma2|^2>}, {@code W = alpha <D^2 rho^2 Sigma1* Sigma2>}, {@code X12 = alpha
 * <D^3 rho Sigma1 |Sigma2|^2>}, X21 the same with frequencies exchanged.
 *
 * <p>Without components it is that of partially symmetric couplings (H19). States are not in the paper; theirs follows
 * from the same linear problem (labels phi phi, tilde tilde, tilde phi, phi tilde of two replicas), which is triangular.
 */
final class FourPoint {

    /**
     * A unit at one frequency.
     *
     * @param output C_phi
     * @param response S
     * @param state C_x
     * @param cross C_(x phi)
     * @param stateResponse S_x
     * @param h D / (1 - rho D S) of each kind of component
     */
    record Side(double output, Complex response, double state, Complex cross, Complex stateResponse, List<Complex> h) {}

    private final Side one;
    private final Side two;
    /** Means over components of h1 h2, |h1 h2|^2, rho |h1|^2 h2, rho |h2|^2 h1 and rho^2 h1 h2*. */
    private final Complex pair;

    private final double square;
    private final Complex first;
    private final Complex second;
    private final Complex symmetric;

    FourPoint(ModeLaw law, Side one, Side two) {
        this.one = one;
        this.two = two;
        // Sums as plain numbers: this runs for half a million pairs of frequencies.
        double[] sums = {law.variance(), 0, 0, 0, 0, 0, 0, law.symmetric(), 0};
        for (int a = 0; a < law.classes().size(); a++) {
            double weight = law.classes().get(a).weight();
            double rho = law.classes().get(a).overlap();
            double re1 = one.h.get(a).re();
            double im1 = one.h.get(a).im();
            double re2 = two.h.get(a).re();
            double im2 = two.h.get(a).im();
            double square1 = re1 * re1 + im1 * im1;
            double square2 = re2 * re2 + im2 * im2;
            sums[0] += weight * (re1 * re2 - im1 * im2);
            sums[1] += weight * (re1 * im2 + im1 * re2);
            sums[2] += weight * square1 * square2;
            sums[3] += weight * rho * square1 * re2;
            sums[4] += weight * rho * square1 * im2;
            sums[5] += weight * rho * square2 * re1;
            sums[6] += weight * rho * square2 * im1;
            sums[7] += weight * rho * rho * (re1 * re2 + im1 * im2);
            sums[8] += weight * rho * rho * (im1 * re2 - re1 * im2);
        }
        this.pair = new Complex(sums[0], sums[1]);
        this.square = sums[2];
        this.first = new Complex(sums[3], sums[4]);
        this.second = new Complex(sums[5], sums[6]);
        this.symmetric = new Complex(sums[7], sums[8]);
    }

    Complex u() {
        return one.response.times(two.response).times(pair);
    }

    double v() {
        return one.response.square() * two.response.square() * square;
    }

    Complex w() {
        return one.response.conjugate().times(two.response).times(symmetric.conjugate());
    }

    Complex x12() {
        return one.response.times(second).times(two.response.square());
    }

    Complex x21() {
        return two.response.times(first).times(one.response.square());
    }

    /** Psi of outputs (51). */
    double outputs() {
        Complex loops = Complex.ONE
                .plus(x12())
                .times(Complex.ONE.plus(x21().conjugate()))
                .over(Complex.ONE.minus(w().conjugate()));
        return (v() - 1 + 2 * loops.re()) / Complex.ONE.minus(u()).square() * one.output * two.output;
    }

    /** Psi of states: C_x C_x and what comes through the couplings m from the solution y of y = b + B m, m = M y. */
    double states() {
        double c1 = one.output;
        double c2 = two.output;
        Complex s1 = one.response;
        Complex s2 = two.response;
        Complex phiPhi = one.cross.times(two.cross);
        Complex tildeTilde = one.stateResponse.times(two.stateResponse);
        Complex tildePhi = one.stateResponse.times(two.cross);
        Complex phiTilde = one.cross.times(two.stateResponse);
        Complex back = pair.conjugate();
        Complex y1 = tildeTilde.conjugate().over(Complex.ONE.minus(u().conjugate()));
        Complex y2 = tildePhi.conjugate()
                .plus(s1.conjugate()
                        .times(c2)
                        .times(back.plus(s2.times(second.conjugate())))
                        .times(y1))
                .over(Complex.ONE.minus(w()));
        Complex y3 = phiTilde.conjugate()
                .plus(s2.conjugate()
                        .times(c1)
                        .times(back.plus(s1.times(first.conjugate())))
                        .times(y1))
                .over(Complex.ONE.minus(w().conjugate()));
        Complex m0 = back.times(y1);
        Complex m2 = first.conjugate().times(c1).times(y1).plus(symmetric.times(y3));
        Complex m3 = second.conjugate()
                .times(c2)
                .times(y1)
                .plus(symmetric.conjugate().times(y2));
        Complex own = y1.times(c1 * c2 * square)
                .plus(first.times(c1).times(y2))
                .plus(second.times(c2).times(y3));
        Complex y0 = phiPhi.conjugate()
                .plus(m0.times(c1 * c2))
                .plus(s1.times(c2).times(m2))
                .plus(s2.times(c1).times(m3))
                .plus(s1.times(s2).times(own))
                .over(Complex.ONE.minus(u()));
        Complex m1 = pair.times(y0).plus(own);
        return one.state * two.state
                + phiPhi.times(m0)
                        .plus(tildeTilde.times(m1))
                        .plus(tildePhi.times(m2))
                        .plus(phiTilde.times(m3))
                        .re();
    }
}
