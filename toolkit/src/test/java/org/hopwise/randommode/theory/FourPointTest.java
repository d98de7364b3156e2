package org.hopwise.randommode.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.randommode.coupling.RandomModes;
import org.junit.jupiter.api.Test;

class FourPointTest {

    /** Golden values are printed with 13 digits. */
    private static final double TOLERANCE = 1e-10;

    private static final Complex NONE = new Complex(0, 0);

    private static Complex complex(JsonElement pair) {
        JsonArray parts = pair.getAsJsonArray();
        return new Complex(parts.get(0).getAsDouble(), parts.get(1).getAsDouble());
    }

    private static void assertClose(double expected, double actual, String what) {
        assertEquals(expected, actual, TOLERANCE * (1 + Math.abs(expected)), what);
    }

    private static void assertClose(JsonElement expected, Complex actual, String what) {
        assertClose(complex(expected).re(), actual.re(), what);
        assertClose(complex(expected).im(), actual.im(), what);
    }

    private static FourPoint.Side side(ModeLaw law, double output, Complex response) {
        return new FourPoint.Side(output, response, 0, NONE, NONE, law.propagators(response));
    }

    @Test
    void overlapsGiveThePrintedClosedForm() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("closed_form_51")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            ModeLaw law = ModeLaw.of(RandomModes.decaying(10, c.get("PRD").getAsDouble())
                    .sigmoidOverlaps(c.get("gamma").getAsDouble())
                    .gain(c.get("g").getAsDouble()));
            assertPrinted(c, law);
        }
    }

    private static void assertPrinted(JsonObject c, ModeLaw law) {
        Complex s1 = complex(c.get("S1"));
        FourPoint.Side one = side(law, c.get("C1").getAsDouble(), s1);
        FourPoint.Side two = side(law, c.get("C2").getAsDouble(), complex(c.get("S2")));
        FourPoint point = new FourPoint(law, one, two);
        assertClose(c.get("U"), point.u(), "U");
        assertClose(c.get("V").getAsDouble(), point.v(), "V");
        assertClose(c.get("W"), point.w(), "W");
        assertClose(c.get("X12"), point.x12(), "X12");
        assertClose(c.get("X21"), point.x21(), "X21");
        assertClose(c.get("Psi").getAsDouble(), point.outputs(), "Psi");
        assertClose(c.get("Q1_over_C1").getAsDouble(), law.inputPower(one.h()), "Q (48)");
        assertClose(c.get("R1"), law.memory(s1, one.h()), "R (49)");
    }

    @Test
    void partialSymmetryGivesThePrintedForm() {
        for (JsonElement element : Golden.read("random-mode-printed")
                .getAsJsonObject("partly_symmetric_H19")
                .getAsJsonArray("cases")) {
            JsonObject c = element.getAsJsonObject();
            ModeLaw law = ModeLaw.partiallySymmetric(
                    c.get("g").getAsDouble(), c.get("rho").getAsDouble());
            FourPoint point = new FourPoint(
                    law,
                    side(law, c.get("C1").getAsDouble(), complex(c.get("S1"))),
                    side(law, c.get("C2").getAsDouble(), complex(c.get("S2"))));
            assertClose(c.get("Psi").getAsDouble(), point.outputs(), "Psi of " + c);
        }
    }

    @Test
    void manyWeakComponentsWithOverlapsOfBothSignsArePartiallySymmetric() {
        ModeLaw exact = ModeLaw.partiallySymmetric(1.5, 0.3);
        double weak = 1e-3;
        double weight = 1.5 * 1.5 / (2 * weak * weak);
        ModeLaw modes = new ModeLaw(
                List.of(new ModeClass(weak, Math.sqrt(0.3), weight), new ModeClass(weak, -Math.sqrt(0.3), weight)),
                0,
                0);
        Complex s1 = new Complex(0.23, 0.2);
        Complex s2 = new Complex(0.1, -0.21);
        double expected = new FourPoint(exact, side(exact, 0.9, s1), side(exact, 1.8, s2)).outputs();
        double limit = new FourPoint(modes, side(modes, 0.9, s1), side(modes, 1.8, s2)).outputs();
        assertEquals(expected, limit, 1e-5 * expected);
        assertClose(
                exact.memory(s1, List.of()).re(),
                modes.memory(s1, modes.propagators(s1)).re(),
                1e-5);
    }

    private static void assertClose(double expected, double actual, double tolerance) {
        assertEquals(expected, actual, tolerance * Math.abs(expected));
    }

    /**
     * J = S (J phi + xi) of a linear network of one kind of component, as the 4 x 4 problem Psi = [(1 - B M)^-1 B] over the
     * labels (phi phi), (tilde tilde), (tilde phi), (phi tilde), here as a real problem of twice the size.
     */
    @Test
    void statesAndOutputsSolveTheProblemOfTwoReplicas() {
        Draws draws = new Draws(Seed.of(3));
        for (int trial = 0; trial < 5; trial++) {
            ModeLaw law = ModeLaw.of(RandomModes.of(4, 0.5, 0.8, 1.2, 0.3).overlaps(0.3, -0.5, 0.2, -0.9));
            FourPoint.Side one = drawn(law, draws);
            FourPoint.Side two = drawn(law, draws);
            FourPoint point = new FourPoint(law, one, two);
            Replicas replicas = new Replicas(law, one, two);
            assertClose(replicas.outputs(), point.outputs(), 1e-12);
            assertClose(replicas.states(), point.states(), 1e-12);
        }
    }

    private static FourPoint.Side drawn(ModeLaw law, Draws draws) {
        Complex response = new Complex(0.3 * draws.gaussian(), 0.3 * draws.gaussian());
        return new FourPoint.Side(
                1 + Math.abs(draws.gaussian()),
                response,
                1 + Math.abs(draws.gaussian()),
                new Complex(draws.gaussian(), draws.gaussian()),
                new Complex(draws.gaussian(), draws.gaussian()),
                law.propagators(response));
    }

    /** The linear problem, entry by entry. */
    private static final class Replicas {
        private static final int[][] LABELS = {{0, 0}, {1, 1}, {1, 0}, {0, 1}};
        private final FourPoint.Side one;
        private final FourPoint.Side two;
        private final DMatrixRMaj site = new DMatrixRMaj(8, 8);
        private final DMatrixRMaj mode = new DMatrixRMaj(8, 8);
        private final DMatrixRMaj inverse = new DMatrixRMaj(8, 8);

        Replicas(ModeLaw law, FourPoint.Side one, FourPoint.Side two) {
            this.one = one;
            this.two = two;
            for (int a = 0; a < 4; a++) {
                for (int b = 0; b < 4; b++) {
                    Complex first = site(one, LABELS[a][0], LABELS[b][0]);
                    set(site, a, b, first.times(site(two, LABELS[a][1], LABELS[b][1])));
                    set(mode, a, b, mode(law, LABELS[a], LABELS[b]));
                }
            }
            CommonOps_DDRM.mult(-1, site, mode, inverse);
            CommonOps_DDRM.addEquals(inverse, CommonOps_DDRM.identity(8));
            CommonOps_DDRM.invert(inverse);
        }

        /** b(phi, phi) = C, b(phi, tilde) = S, b(tilde, phi) = S*, b(tilde, tilde) = 0. */
        private static Complex site(FourPoint.Side side, int from, int to) {
            if (from == 0) {
                return to == 0 ? new Complex(side.output(), 0) : side.response();
            }
            return to == 0 ? side.response().conjugate() : NONE;
        }

        private Complex mode(ModeLaw law, int[] from, int[] to) {
            Complex sum = NONE;
            for (int a = 0; a < law.classes().size(); a++) {
                int turns = (from[0] == from[1] ? 0 : 1) + (to[0] == to[1] ? 0 : 1);
                double factor = law.classes().get(a).weight()
                        * Math.pow(law.classes().get(a).overlap(), turns);
                Complex h1 = link(one, a, from[0], to[0]);
                sum = sum.plus(h1.times(link(two, a, from[1], to[1])).times(factor));
            }
            return sum;
        }

        /** m(tilde, tilde) = |h|^2 C, m(tilde, phi) = h, m(phi, tilde) = h*, m(phi, phi) = 0. */
        private static Complex link(FourPoint.Side side, int component, int from, int to) {
            Complex h = side.h().get(component);
            if (from == 1) {
                return to == 1 ? new Complex(h.square() * side.output(), 0) : h;
            }
            return to == 1 ? h.conjugate() : NONE;
        }

        private static void set(DMatrixRMaj matrix, int row, int column, Complex value) {
            matrix.set(row, column, value.re());
            matrix.set(row + 4, column + 4, value.re());
            matrix.set(row + 4, column, value.im());
            matrix.set(row, column + 4, -value.im());
        }

        double outputs() {
            DMatrixRMaj solved = new DMatrixRMaj(8, 8);
            CommonOps_DDRM.mult(inverse, site, solved);
            return solved.get(0, 0);
        }

        double states() {
            Complex[] outer = new Complex[4];
            DMatrixRMaj right = new DMatrixRMaj(8, 1);
            for (int a = 0; a < 4; a++) {
                Complex first = LABELS[a][0] == 0 ? one.cross() : one.stateResponse();
                outer[a] = first.times(LABELS[a][1] == 0 ? two.cross() : two.stateResponse());
                right.set(a, 0, outer[a].re());
                right.set(a + 4, 0, -outer[a].im());
            }
            DMatrixRMaj solved = new DMatrixRMaj(8, 1);
            DMatrixRMaj moded = new DMatrixRMaj(8, 1);
            CommonOps_DDRM.mult(inverse, right, solved);
            CommonOps_DDRM.mult(mode, solved, moded);
            double sum = one.state() * two.state();
            for (int a = 0; a < 4; a++) {
                sum += outer[a].re() * moded.get(a, 0) - outer[a].im() * moded.get(a + 4, 0);
            }
            return sum;
        }
    }
}
