package org.hopwise.critical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is refused with its name, its value, the bound and the remedy. */
class CriticalInputTest {

    private static final Dispersion NEAREST = Dispersion.nearest(0.5);
    private static final CriticalLattice RING = CriticalLattice.of(UnitaryKernel.ring(8, NEAREST));
    private static final CriticalLattice SHEET =
            CriticalLattice.of(UnitaryKernel.sheet(4, 5, Dispersion.sheet(0.3, 0.7)));
    private static final Field STILL = Field.uniform(RING, 0);

    private static Arguments refused(Executable call, String... words) {
        return Arguments.of(call, words);
    }

    static Stream<Arguments> badInput() {
        double nan = Double.NaN;
        return Stream.of(
                refused(() -> UnitaryKernel.ring(2, NEAREST), "n is 2", "from 3"),
                refused(() -> UnitaryKernel.sheet(2, 5, Dispersion.sheet(1, 1)), "rows is 2", "from 3"),
                refused(() -> UnitaryKernel.sheet(1, 5, Dispersion.sheet(1, 1)), "rows is 1", "from 3"),
                refused(() -> UnitaryKernel.sheet(5, 2, Dispersion.sheet(1, 1)), "columns is 2", "from 3"),
                refused(() -> UnitaryKernel.sheet(50_000, 50_000, Dispersion.sheet(1, 1)), "50000 x 50000", "fewer"),
                refused(() -> UnitaryKernel.ring(2_000_000_000, NEAREST), "2000000000", "fewer"),
                refused(() -> Dispersion.nearest(nan), "j is NaN", "finite"),
                refused(() -> Dispersion.range2(1, nan), "j2 is NaN", "finite"),
                refused(() -> Dispersion.drift(Double.POSITIVE_INFINITY), "d is Infinity", "finite"),
                refused(() -> Dispersion.sheet(1, nan), "jx is NaN", "finite"),
                refused(() -> Dispersion.of(0, 1, nan), "wave number 2 is NaN", "finite"),
                refused(() -> NEAREST.plus(Dispersion.sheet(1, 1)), "different kinds", "Dispersion.of"),
                refused(() -> UnitaryKernel.ring(5, Dispersion.of(1, 2, 3)), "3 values", "ring of 5", "give 5"),
                refused(() -> UnitaryKernel.ring(5, Dispersion.sheet(1, 1)), "for a sheet", "nearest"),
                refused(() -> UnitaryKernel.sheet(5, 5, NEAREST), "for a ring", "sheet(jy, jx)"),
                refused(
                        () -> UnitaryKernel.fromGenerator(new double[] {0, 1, 0, -1.5}, new double[4]),
                        "not anti-Hermitian",
                        "0.500 at site 1",
                        "Subtract"),
                refused(
                        () -> UnitaryKernel.fromGenerator(new double[] {1e-3, 0, 0}, new double[3]),
                        "0.00200 at site 0"),
                refused(() -> UnitaryKernel.fromGenerator(new double[3], new double[4]), "3 and 4 values"),
                refused(() -> UnitaryKernel.ring(8, NEAREST).power(-1), "steps is -1"),
                refused(() -> UnitaryKernel.sheet(4, 5, Dispersion.sheet(1, 1)).groupVelocity(1), "qy, qx"),
                refused(() -> RING.gain(0), "gain is 0", "above 0"),
                refused(() -> RING.gain(nan), "gain is NaN"),
                refused(() -> RING.gain(Double.POSITIVE_INFINITY), "gain is Infinity"),
                refused(() -> LeakyRing.of(8, -1), "gain is -1"),
                refused(() -> Field.uniform(RING, nan), "NaN at site 0", "finite"),
                refused(() -> Field.of(new double[] {0, 0, nan}, new double[3]), "NaN at site 2"),
                refused(() -> Field.of(3, 3, new double[8], new double[9]), "8 and 9 values", "3 x 3"),
                refused(() -> Field.random(RING, -1, Seed.of(1)), "rms is -1"),
                refused(() -> Field.planeWave(SHEET, 1, 0.5), "qy, qx"),
                refused(() -> STILL.minus(Field.uniform(SHEET, 0)), "sheet of 4 x 5", "ring of 8"),
                refused(() -> STILL.at(8), "site is 8", "0 to 7"),
                refused(() -> SHEET.run(STILL, Drive.none(), 5), "start is on a ring of 8", "sheet of 4 x 5"),
                refused(() -> SHEET.run(Field.uniform(SHEET, 0), Drive.constant(STILL), 5), "ring of 8", "4 x 5"),
                refused(() -> RING.run(STILL, Drive.none(), -1), "steps is -1", "0 or more"),
                refused(() -> RING.run(STILL, Drive.none(), 5).every(0), "every is 0", "at least 1"),
                refused(() -> RING.run(STILL, Drive.none(), 5).power(5), "after is 5", "smaller"),
                refused(() -> RING.run(STILL, Drive.point(8, 1, 1), 5), "source site is 8", "0 to 7"),
                refused(() -> RING.run(STILL, Drive.point(-1, 1, 1), 5), "source site is -1", "0 to 7"),
                refused(() -> SHEET.run(Field.uniform(SHEET, 0), Drive.planeWave(1, 1, 1), 5), "qy, qx"),
                refused(() -> Drive.point(1, -1, 1), "amplitude is -1", "0 or more"),
                refused(() -> Drive.point(1, 1, nan), "omega is NaN"),
                refused(() -> Drive.planeWave(1, -1, 1), "amplitude is -1"),
                refused(() -> Drive.pulse(1, 1, 0, -1, 3), "start is -1"),
                refused(() -> Drive.pulse(1, 1, 0, 1, -3), "steps is -3"),
                refused(() -> Drive.noise(-0.1, Seed.of(1)), "sigma is -0.1", "0 or more"),
                refused(() -> Drive.constant(nan), "constant is NaN"),
                refused(() -> RING.run(STILL, Drive.none(), 5).demodulate(0.3, 1), "omega is 0.3", "2 pi / period"),
                refused(() -> RING.run(STILL, Drive.none(), 5).demodulate(0, 1), "omega is 0"),
                refused(() -> RING.run(STILL, Drive.none(), 5).demodulate(Math.PI / 4, 0), "periods is 0"),
                refused(() -> SteadyWave.of(0, 0.1), "input is 0", "FreeDecay"),
                refused(() -> SteadyWave.of(-1, 0.1), "input is -1"),
                refused(() -> SteadyWave.of(1, nan), "detuning is NaN"),
                refused(() -> SteadyWave.of(1, 0, 1.01), "gain is 1.01", "simulate"),
                refused(() -> Background.of(1, 1.01), "gain is 1.01", "simulate"),
                refused(() -> Background.of(-1), "background is -1"),
                refused(() -> Background.ofAmplitude(1), "a is 1", "below 1"),
                refused(() -> Background.of(0).propagationLength(NEAREST, 0.3), "infinite", "background"),
                refused(() -> Background.of(1e-3).propagationLength(NEAREST, 1), "0 to 1", "evanescent"),
                refused(() -> Background.of(1e-3).propagationLength(NEAREST, 0), "0 to 1", "evanescent"),
                refused(() -> Background.of(1e-3).propagationLength(Dispersion.nearest(9), 3.2), "3.14", "evanescent"),
                refused(() -> Background.of(1e-3).propagationLength(Dispersion.drift(1), 0.3), "no closed form"),
                refused(() -> Background.of(1e-3).propagationLength(Dispersion.nearest(-1), 0.3), "j is -1"),
                refused(() -> NoiseBackground.of(0), "sigma is 0"),
                refused(() -> NoiseBackground.of(2), "sigma is 2", "sqrt(2)"),
                refused(() -> NoiseBackground.of(0.1).propagationLength(NEAREST, 1.5), "evanescent"),
                refused(() -> FreeDecay.amplitude(-1, 5), "a0 is -1"),
                refused(() -> FreeDecay.amplitude(1, -5), "n is -5"),
                refused(() -> FreeDecay.amplitude(1, 5, 0), "rho is 0"),
                refused(() -> FreeDecay.plateau(1), "rho is 1", "plateau"),
                refused(() -> FreeDecay.mixedRms(0), "n is 0"),
                refused(() -> RING.jacobian(Field.uniform(SHEET, 0), Drive.none()), "state is on a sheet"),
                refused(() -> RING.jacobian(STILL, Drive.none()).hopSizes(9, 3), "site is 9"),
                refused(() -> RING.jacobian(STILL, Drive.none()).hopSizes(0, 0), "hops is 0"));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInputIsRefusedWithItsValueAndTheRemedy(Executable call, String[] words) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void aJacobianOfManySitesIsRefusedWithItsBytes() {
        CriticalLattice large = CriticalLattice.of(UnitaryKernel.ring(5000, NEAREST));
        Field still = Field.uniform(large, 0);
        var refusal = assertThrows(IllegalArgumentException.class, () -> large.jacobian(still, Drive.none()));
        assertEquals(
                "the Jacobian of a ring of 5000 sites would be dense and take 800000000 bytes; use at most 4096 sites.",
                refusal.getMessage());
    }

    @Test
    void aPathThatFindsNoRoomIsRefusedBeforeItIsPlayed() {
        LatticeRun run = RING.run(STILL, Drive.none(), Long.MAX_VALUE / 2);
        assertTrue(assertThrows(IllegalArgumentException.class, run::toTable)
                .getMessage()
                .contains("every"));
    }

    @Test
    void settingsGiveCopies() {
        assertEquals(1, RING.gain());
        assertEquals(0.5, RING.gain(0.5).gain());
        double[] re = {1, 2, 3};
        Field field = Field.of(re, new double[3]);
        re[0] = 9;
        field.re()[1] = 9;
        assertEquals(new Complex(1, 0), field.at(0));
        assertEquals(new Complex(2, 0), field.at(1));
    }
}
