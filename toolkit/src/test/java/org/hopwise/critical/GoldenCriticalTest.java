package org.hopwise.critical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.hopwise.Golden;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/** The exact cases of golden/critical-*.json. */
class GoldenCriticalTest {

    private static final double EXACT = 1e-12;

    @Test
    void freeWavesDecayAsComputedWithFiftyDigits() {
        for (JsonObject row : rows("critical-amplitude", "freeDecay")) {
            double a = FreeDecay.amplitude(number(row, "a0"), row.get("n").getAsLong(), number(row, "rho"));
            close(number(row, "a"), a, EXACT, row.toString());
        }
    }

    @Test
    void steadyWavesAgreeInAmplitudePhaseMultipliersAndRate() {
        for (JsonObject row : rows("critical-amplitude", "steady")) {
            SteadyWave wave = SteadyWave.of(number(row, "F"), number(row, "detuning"), number(row, "rho"));
            close(number(row, "amplitude"), wave.amplitude(), EXACT, row.toString());
            close(number(row, "phase"), wave.phase(), EXACT, row.toString());
            // Away from gain 1 and at resonance the case lost a^4 to rounding before a root was taken of it; sum and
            // product
            // of its two multipliers are right, and SteadyWaveTest has the closed form.
            boolean rootOfRounding = number(row, "detuning") == 0 && number(row, "rho") != 1;
            close(number(row, "rate"), wave.rate(), rootOfRounding ? 4e-7 : EXACT, row.toString());
            Complex first = complex(row.getAsJsonArray("multipliers").get(0));
            Complex second = complex(row.getAsJsonArray("multipliers").get(1));
            List<Complex> found = wave.multipliers();
            near(first, found.get(0), rootOfRounding ? 4e-9 : 1e-11, row.toString());
            near(second, found.get(1), rootOfRounding ? 4e-9 : 1e-11, row.toString());
            near(first.plus(second), found.get(0).plus(found.get(1)), EXACT, row.toString());
            near(first.times(second), found.get(0).times(found.get(1)), EXACT, row.toString());
        }
    }

    @Test
    void theSlopesOfABackgroundAgree() {
        for (JsonObject row : rows("critical-amplitude", "tangent")) {
            Background background = Background.ofAmplitude(number(row, "a"));
            close(number(row, "alpha"), background.alpha(), EXACT, "alpha");
            close(number(row, "beta"), background.beta(), EXACT, "beta");
            close(number(row, "radial"), background.radial(), EXACT, "radial");
            close(number(row, "tangential"), background.tangential(), EXACT, "tangential");
            close(number(row, "decayFactor"), background.decayFactor(), EXACT, "decay factor");
            close(number(row, "background"), background.input(), EXACT, "input");
            close(number(row, "a"), Background.of(background.input()).a(), EXACT, "and back");
        }
    }

    @Test
    void complexWaveNumbersAgree() {
        for (JsonObject row : rows("critical-amplitude", "wave")) {
            Background background = Background.of(number(row, "background"), number(row, "rho"));
            Dispersion nearest = Dispersion.nearest(number(row, "j"));
            Complex expected = complex(row.get("k"));
            Complex k = background.waveNumber(nearest, number(row, "omega"));
            close(number(row, "a"), background.a(), EXACT, row.toString());
            close(number(row, "gamma"), background.decayRate(), EXACT, row.toString());
            close(expected.re(), k.re(), EXACT, row.toString());
            close(expected.im(), k.im(), EXACT, row.toString());
            close(number(row, "length"), background.propagationLength(nearest, number(row, "omega")), EXACT, "length");
        }
    }

    @Test
    void aRingWithTwoRangesAndDriftRunsAsTheDenseExponentialDoes() {
        JsonObject ring = Golden.read("critical-ring");
        int n = ring.get("n").getAsInt();
        UnitaryKernel kernel = UnitaryKernel.ring(
                n,
                Dispersion.range2(number(ring, "j"), number(ring, "j2")).plus(Dispersion.drift(number(ring, "drift"))));
        Field generator = kernel.generator();
        for (int x = 0; x < n; x++) {
            JsonElement stated = ring.getAsJsonObject("generator").get("" + x);
            Complex expected = stated == null ? new Complex(0, 0) : complex(stated);
            assertEquals(0, expected.minus(generator.at(x)).modulus(), EXACT, "generator at " + x);
        }
        close(field(ring.getAsJsonArray("kernel")), kernel.spatial(), EXACT);
        close(kernel.spatial(), UnitaryKernel.fromGenerator(generator).spatial(), EXACT);
        Drive drive = Drive.constant(field(ring.getAsJsonArray("base")))
                .plus(Drive.point(ring.get("site").getAsInt(), number(ring, "amp"), number(ring, "omega")));
        for (JsonObject state : rows("critical-ring", "states")) {
            Field last = CriticalLattice.of(kernel)
                    .gain(number(state, "rho"))
                    .run(
                            field(ring.getAsJsonArray("initial")),
                            drive,
                            state.get("step").getAsLong())
                    .last();
            close(field(state.getAsJsonArray("z")), last, EXACT);
        }
    }

    @Test
    void anAnisotropicSheetRunsAsSeparableKernelsDo() {
        JsonObject sheet = Golden.read("critical-sheet");
        int rows = sheet.get("rows").getAsInt();
        int columns = sheet.get("columns").getAsInt();
        Dispersion dispersion = Dispersion.sheet(number(sheet, "jy"), number(sheet, "jx"));
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.sheet(rows, columns, dispersion));
        JsonArray base = sheet.getAsJsonArray("base");
        Drive drive = Drive.constant(Field.real(net, site -> base.get(site).getAsDouble()));
        Field ring = field(sheet.getAsJsonArray("initial"));
        Field initial = Field.of(rows, columns, ring.re(), ring.im());
        Field one = net.run(initial, drive, 1).last();
        JsonArray afterOne = sheet.getAsJsonArray("afterOne");
        for (int site = 0; site < afterOne.size(); site++) {
            assertEquals(0, complex(afterOne.get(site)).minus(one.at(site)).modulus(), EXACT, "site " + site);
        }
        Field last = net.run(initial, drive, sheet.get("steps").getAsLong()).last();
        Field after = field(sheet.getAsJsonArray("after"));
        close(Field.of(rows, columns, after.re(), after.im()), last, EXACT);
    }

    @Test
    void theJacobianAtARandomStateAgrees() {
        JsonObject random = Golden.read("critical-jacobian").getAsJsonObject("random");
        Dispersion dispersion = Dispersion.nearest(number(random, "j")).plus(Dispersion.drift(number(random, "drift")));
        CriticalLattice net =
                CriticalLattice.of(UnitaryKernel.ring(random.get("n").getAsInt(), dispersion));
        LatticeJacobian jacobian = net.jacobian(
                field(random.getAsJsonArray("state")), Drive.constant(field(random.getAsJsonArray("input"))));
        Golden.assertClose(random.get("jacobian"), jacobian.matrix(), "jacobian");
    }

    @Test
    void walksThroughAUniformRingAgreeInEigenvaluesHopsResolventAndResponse() {
        JsonObject uniform = Golden.read("critical-jacobian").getAsJsonObject("uniform");
        int n = uniform.get("sites").getAsInt();
        UnitaryKernel kernel = UnitaryKernel.ring(n, Dispersion.nearest(0.5));
        CriticalLattice net = CriticalLattice.of(kernel);
        Background background = Background.of(number(uniform, "background"));
        close(number(uniform, "a"), background.a(), EXACT, "a");
        close(number(uniform, "spectralRadius"), background.tangential(), EXACT, "spectral radius");
        LatticeJacobian jacobian = net.jacobian(Field.uniform(net, background.a()), Drive.constant(background.input()));
        eigenvalueModuli(uniform.getAsJsonArray("eigenvalueModuli"), jacobian.matrix());
        hops(
                uniform.getAsJsonArray("hop"),
                jacobian.hopSizes(0, uniform.getAsJsonArray("hop").size()),
                n);
        LatticeJacobian free = net.jacobian(Field.uniform(net, 0), Drive.none());
        hops(
                uniform.getAsJsonArray("freeHop"),
                free.hopSizes(0, uniform.getAsJsonArray("freeHop").size()),
                n);
        Wiring wiring = jacobian.toWiring();
        INDArray walks = InfluenceMap.of(wiring, List.of("re0"), wiring.names(), WalkMeasure.resolvent(1))
                .matrix();
        JsonArray column = uniform.getAsJsonArray("resolventColumn");
        for (int i = 0; i < 2 * n; i++) {
            // The resolvent counts the walk without edges too.
            double expected = column.get(i).getAsDouble() - (i == 0 ? 1 : 0);
            assertEquals(expected, walks.getDouble(0, i), 1e-11 * column.get(0).getAsDouble(), "resolvent " + i);
        }
        close(field(uniform.getAsJsonArray("response")), background.response(kernel, 0.3), 1e-11);
    }

    @Test
    void measuredAndExactLengthsAndResponsesAgree() {
        JsonObject all = Golden.read("critical-length");
        UnitaryKernel kernel = UnitaryKernel.ring(8192, Dispersion.nearest(number(all, "j")));
        double omega = 2 * Math.PI / number(all, "period");
        for (JsonObject row : rows("critical-length", "rows")) {
            Background background = Background.of(number(row, "background"), number(row, "rho"));
            close(number(row, "a"), background.a(), EXACT, "a");
            double inverse = 1 / background.propagationLength(Dispersion.nearest(0.5), omega);
            close(number(row, "exactInverseLength"), inverse, 1e-10, row.toString());
            close(number(row, "measuredInverseLength"), inverse, 0.01, row.toString());
            Field response = background.response(kernel, omega);
            row.getAsJsonObject("linearResponse")
                    .entrySet()
                    .forEach(entry -> assertEquals(
                            0,
                            complex(entry.getValue())
                                    .minus(response.at(Integer.parseInt(entry.getKey())))
                                    .modulus(),
                            1e-9,
                            entry.toString()));
        }
    }

    private static void eigenvalueModuli(JsonArray expected, INDArray matrix) {
        var eigen = DecompositionFactory_DDRM.eig(expected.size(), false);
        assertTrue(eigen.decompose(DMatrixRMaj.wrap(
                expected.size(),
                expected.size(),
                matrix.dup('c').reshape(matrix.length()).toDoubleVector())));
        double[] moduli = IntStream.range(0, expected.size())
                .mapToDouble(i -> eigen.getEigenvalue(i).getMagnitude())
                .sorted()
                .toArray();
        for (int i = 0; i < moduli.length; i++) {
            assertEquals(expected.get(i).getAsDouble(), moduli[moduli.length - 1 - i], 1e-11, "eigenvalue " + i);
        }
    }

    private static void hops(JsonArray expected, Table sizes, int sites) {
        for (int k = 0; k < expected.size(); k++) {
            JsonArray byDistance = expected.get(k).getAsJsonArray();
            for (int d = 0; d < byDistance.size(); d++) {
                double found = sizes.doubleColumn("size").getDouble(k * sites + d);
                assertEquals(byDistance.get(d).getAsDouble(), found, 1e-11, "hop " + (k + 1) + " at " + d);
            }
        }
    }

    private static List<JsonObject> rows(String file, String name) {
        JsonArray rows = Golden.read(file).getAsJsonArray(name);
        assertTrue(rows.size() > 0);
        return Stream.iterate(0, i -> i + 1)
                .limit(rows.size())
                .map(i -> rows.get(i).getAsJsonObject())
                .toList();
    }

    private static double number(JsonObject row, String name) {
        return row.get(name).getAsDouble();
    }

    private static Complex complex(JsonElement pair) {
        return new Complex(
                pair.getAsJsonArray().get(0).getAsDouble(),
                pair.getAsJsonArray().get(1).getAsDouble());
    }

    private static Field field(JsonArray pairs) {
        double[] re = new double[pairs.size()];
        double[] im = new double[pairs.size()];
        for (int site = 0; site < re.length; site++) {
            re[site] = complex(pairs.get(site)).re();
            im[site] = complex(pairs.get(site)).im();
        }
        return Field.of(re, im);
    }

    private static void near(Complex expected, Complex found, double relative, String what) {
        assertEquals(0, expected.minus(found).modulus(), relative * expected.modulus(), what);
    }

    private static void close(double expected, double found, double relative, String what) {
        assertEquals(expected, found, relative * Math.abs(expected), what);
    }

    private static void close(Field expected, Field found, double absolute) {
        for (double apart : expected.minus(found).amplitude()) {
            assertEquals(0, apart, absolute);
        }
    }
}
