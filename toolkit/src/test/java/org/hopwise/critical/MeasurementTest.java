package org.hopwise.critical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.hopwise.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.Table;

/** What the notebooks measure, against what is known. */
class MeasurementTest {

    private static final Dispersion NEAREST = Dispersion.nearest(0.5);
    private static final double OMEGA = 2 * Math.PI / 25;
    private static final CriticalLattice RING = CriticalLattice.of(UnitaryKernel.ring(512, NEAREST));
    private static final CriticalLattice WAVE = CriticalLattice.of(UnitaryKernel.ring(4, NEAREST));

    @Test
    void anExactPowerLawHasItsExponentAndNoInterval() {
        double[] x = {1, 2, 4, 9, 20};
        double[] y = new double[5];
        for (int i = 0; i < 5; i++) {
            y[i] = 3 * Math.pow(x[i], -2.0 / 3);
        }
        Interval found = PowerLaw.exponent(x, y);
        assertEquals(-2.0 / 3, found.estimate(), 1e-14);
        assertEquals(found.low(), found.high(), 1e-13);
        assertEquals(5, found.count());
    }

    @Test
    void aBentCurveHasAWideInterval() {
        double[] x = {1, 10, 100, 1000, 10_000, 100_000};
        double[] y = {1, 10, 100, 200, 400, 800};
        Interval found = PowerLaw.exponent(x, y);
        assertEquals(1, found.high(), 1e-12);
        assertTrue(found.low() < 0.45, found.toString());
    }

    @Test
    void theLengthOfAWeakSourceIsThatOfTheClosedForm() {
        Background background = Background.of(0.003);
        double exact = background.propagationLength(NEAREST, OMEGA);
        int[] window = PropagationFit.window(exact, 512);
        Field heard = WeakSource.response(RING, background, OMEGA);
        assertEquals(exact, PropagationFit.alongRing(heard, 0, window[0], window[1]), 1e-3 * exact);
        assertEquals(
                0,
                background
                        .response(RING.kernel(), OMEGA)
                        .times(Complex.polar(1, -OMEGA))
                        .minus(heard)
                        .at(30)
                        .modulus(),
                1e-5);
    }

    @Test
    void noiseShortensAWeakWaveAboutAsTheClosureSays() {
        double closure = NoiseBackground.of(0.08).propagationLength(NEAREST, OMEGA);
        Field heard = WeakSource.noisyResponse(RING, 0.08, OMEGA, 2, Seed.of(1));
        int[] window = PropagationFit.window(closure, 512);
        assertEquals(1, PropagationFit.alongRing(heard, 0, window[0], window[1]) / closure, 0.2);
    }

    @Test
    void simulatedWavesHaveTheAmplitudeAndRateOfTheClosedForm() {
        SteadyWave resonant = SteadyWave.of(0.01, 0);
        assertEquals(resonant.amplitude(), resonant.simulated(WAVE), 1e-6 * resonant.amplitude());
        double phase = resonant.simulatedRate(WAVE, Complex.polar(1, 1e-6));
        double amplitude = resonant.simulatedRate(WAVE, new Complex(1 + 1e-6, 0));
        assertEquals(resonant.rate(), phase, 1e-4 * phase);
        assertEquals(3, amplitude / phase, 1e-3);
        SteadyWave detuned = SteadyWave.of(0.01, 0.1, 0.99);
        assertEquals(detuned.amplitude(), detuned.simulated(WAVE.gain(0.99)), 1e-6 * detuned.amplitude());
        assertThrows(IllegalArgumentException.class, () -> detuned.simulated(WAVE));
    }

    @Test
    void aPulseIsRememberedForOneOverASquaredSteps() {
        Background background = Background.of(0.001);
        Field rest = Field.uniform(RING, background.a());
        Drive drive = Drive.constant(0.001).plus(Drive.pulse(0, 1e-4, OMEGA, 0, 25));
        Table spread = RING.run(rest, drive, 250).spread(rest, 0);
        Table scales = Disturbance.scales(spread, 25);
        assertEquals(
                -1 / Math.log(background.decayFactor()),
                scales.doubleColumn("memory").get(0),
                3);
        assertTrue(scales.doubleColumn("reach").get(0) > 5);
        assertEquals(0, spread.doubleColumn("distance").get(1), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> Disturbance.scales(spread.first(40), 25));
    }

    @Test
    void aCorridorIsQuietInsideAndLoudWhereItIsBlocked() {
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.sheet(32, 48, Dispersion.sheet(0.5, 0.5)));
        Corridor open = Corridor.of(0.03, 1e-5, 12, 20, 2, 40);
        Corridor blocked = open.blocked(16, 25);
        Field input = blocked.input(net);
        assertEquals(1e-5, input.re()[16 * 48 + 4]);
        assertEquals(0.03, input.re()[16 * 48 + 20]);
        assertEquals(0.03, input.re()[48 + 4]);
        int end = 16 * 48 + 31;
        double far = open.response(net, 16 * 48 + 6, OMEGA, 400).at(end).modulus();
        double cut = blocked.response(net, 16 * 48 + 6, OMEGA, 400).at(end).modulus();
        assertTrue(far > 2 * cut, far + " and " + cut);
    }

    @Test
    void rmsAtChosenStepsIsThatOfTheRecords() {
        Field start = Field.random(RING, 0.3, Seed.of(1));
        Table chosen = RING.run(start, Drive.none(), 20).rms(0, 3, 20);
        Table all = RING.run(start, Drive.none(), 20).rms();
        assertEquals(all.doubleColumn("rms").get(3), chosen.doubleColumn("rms").get(1));
        assertEquals(all.doubleColumn("rms").get(20), chosen.doubleColumn("rms").get(2));
        refused(() -> RING.run(start, Drive.none(), 20).rms(3, 3), "must rise");
        refused(() -> RING.run(start, Drive.none(), 20).rms(21), "0 to 20");
    }

    @Test
    void badWindowsAndColumnsAreRefused() {
        Field field = Field.uniform(RING, 1);
        refused(() -> PropagationFit.alongRing(field, 0, 8, 129), "8 to 129", "between 1 and 128");
        refused(() -> PropagationFit.alongRing(field, 0, 0, 12), "0 to 12");
        refused(() -> PropagationFit.alongRing(field, 600, 8, 12), "source is 600");
        refused(() -> PropagationFit.alongRow(field, 0, 8, 12), "alongRing");
        refused(() -> PropagationFit.alongRing(Field.uniform(RING, 0), 0, 8, 12), "amplitude is 0");
        refused(() -> PropagationFit.window(500, 512), "too narrow");
        refused(() -> PowerLaw.exponent(new double[] {1, 2, 3}, new double[] {1, 0, 2}), "y is 0.0 at place 1");
        refused(() -> PowerLaw.exponent(new double[2], new double[2]), "at least 3");
        refused(() -> Relaxation.rate(RING, field, field, Drive.none(), 3), "larger kick");
        refused(() -> Dispersion.sheet(NEAREST, Dispersion.sheet(1, 1)), "both be for a ring");
        refused(() -> Corridor.of(-1, 0, 0, 1, 0, 1), "loud is -1");
    }

    private static void refused(Executable call, String... words) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
