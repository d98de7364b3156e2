package org.hopwise.critical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

class CriticalRunTest {

    private static final Dispersion NEAREST = Dispersion.nearest(0.5);

    private static CriticalLattice ring(int n) {
        return CriticalLattice.of(UnitaryKernel.ring(n, NEAREST));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 12, 20, 48, 64, 97, 1000, 1031})
    void kernelsOfAnyLengthAreUnitaryAndInvertedByTheirMirrorImage(int n) {
        UnitaryKernel kernel =
                UnitaryKernel.ring(n, Dispersion.range2(0.7, -0.2).plus(Dispersion.drift(0.3)));
        double[] there = Field.random(ring(n), 1, Seed.of(n)).interleaved().clone();
        double[] before = there.clone();
        new Convolution(kernel.shape(), kernel.factors(1)).apply(there);
        assertEquals(
                Field.wrap(kernel.shape(), before).power(),
                Field.wrap(kernel.shape(), there).power(),
                1e-13);
        UnitaryKernel back = UnitaryKernel.ring(n, Dispersion.range2(-0.7, 0.2).plus(Dispersion.drift(-0.3)));
        new Convolution(back.shape(), back.factors(1)).apply(there);
        assertArrayEquals(before, there, 1e-13);
    }

    @ParameterizedTest
    @CsvSource({"3, 10", "5, 10", "12, 10", "31, 10", "8, 16", "16, 8", "32, 8", "16, 10", "12, 16"})
    void anUnequalSheetEqualsTheSumOverItsKernel(int rows, int columns) {
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.sheet(rows, columns, Dispersion.sheet(0.3, 0.7)));
        Field start = Field.random(net, 1, Seed.of(3));
        Field kernel = net.kernel().spatial();
        double[] convolved = start.interleaved().clone();
        new Convolution(net.shape(), net.kernel().factors(1)).apply(convolved);
        for (int to = 0; to < rows * columns; to++) {
            Complex sum = new Complex(0, 0);
            for (int from = 0; from < rows * columns; from++) {
                sum = sum.plus(kernel.at(net.shape().difference(to, from)).times(start.at(from)));
            }
            assertEquals(sum.re(), convolved[2 * to], 1e-13);
            assertEquals(sum.im(), convolved[2 * to + 1], 1e-13);
        }
    }

    @Test
    void tenThousandStepsChangeTheNormByRoundingOnly() {
        UnitaryKernel kernel = UnitaryKernel.ring(64, NEAREST);
        Convolution convolution = new Convolution(kernel.shape(), kernel.factors(1));
        double[] z = Field.random(ring(64), 1, Seed.of(1)).interleaved().clone();
        double before = Field.wrap(kernel.shape(), z).power();
        for (int i = 0; i < 10_000; i++) {
            convolution.apply(z);
        }
        assertEquals(1, Math.sqrt(Field.wrap(kernel.shape(), z).power() / before), 1e-12);
    }

    @Test
    void aPlaneWaveWithoutInputDecaysByTheClosedFormAndTurnsByOmega() {
        CriticalLattice net = ring(48);
        for (double rho : new double[] {1, 0.99, 1.01}) {
            Field last = net.gain(rho)
                    .run(Field.planeWave(net, 5, 0.4), Drive.none(), 500)
                    .last();
            for (double amplitude : last.amplitude()) {
                assertEquals(FreeDecay.amplitude(0.4, 500, rho), amplitude, 1e-12);
            }
            double turned = -500 * net.kernel().eigenphases()[5];
            assertEquals(Math.cos(turned), Math.cos(last.at(0).phase()), 1e-10);
        }
    }

    @Test
    void aForcedWaveSettlesWhereTheClosedFormSays() {
        CriticalLattice net = ring(40);
        double omega = net.kernel().eigenphases()[7] - 0.05;
        SteadyWave wave = SteadyWave.of(0.01, 0.05);
        Field last = net.run(Field.uniform(net, 0), Drive.planeWave(7, 0.01, omega), 20_000)
                .last();
        double phase = wave.phase() - 20_000 * omega;
        for (int site = 0; site < 40; site++) {
            Complex expected =
                    Complex.polar(wave.amplitude(), phase + net.shape().angle(0, 7, site));
            assertEquals(0, expected.minus(last.at(site)).modulus(), 1e-9);
        }
    }

    @Test
    void aWeakSourceOnABackgroundAnswersAsTheLinearResponse() {
        CriticalLattice net = ring(128);
        Background background = Background.of(0.01);
        double omega = 2 * Math.PI / 25;
        Drive drive = Drive.constant(0.01).plus(Drive.point(10, 1e-7, omega));
        Field found = net.run(Field.uniform(net, background.a()), drive, 2000).demodulate(omega, 4);
        Field response = background.response(net.kernel(), omega);
        Complex clock = Complex.polar(1e-7, -omega);
        for (int x = 0; x < 128; x++) {
            Complex expected = response.at(x).times(clock);
            assertEquals(0, expected.minus(found.at((x + 10) % 128)).modulus(), 1e-12, "distance " + x);
        }
    }

    @Test
    void aRunInPiecesIsTheSameRun() {
        CriticalLattice net = ring(50);
        Field start = Field.random(net, 0.3, Seed.of(1));
        Drive drive = Drive.constant(0.01).plus(Drive.noise(0.05, Seed.of(2)));
        Table table = net.run(start, drive, 30).every(10).toTable();
        assertEquals(4 * 50, table.rowCount());
        Field last = net.run(start, drive, 30).last();
        double[] re = table.doubleColumn("re").asDoubleArray();
        for (int site = 0; site < 50; site++) {
            assertEquals(last.re()[site], re[150 + site]);
            assertEquals(start.re()[site], re[site]);
        }
        Table rms = net.run(start, drive, 30).every(7).rms();
        assertEquals(5, rms.rowCount());
        assertEquals(28, rms.intColumn("step").getInt(4));
    }

    @ParameterizedTest
    @CsvSource({"130, 150", "256, 128"})
    void sheetsHaveTheSameBitsOnAnyNumberOfThreads(int rows, int columns) throws Exception {
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.sheet(rows, columns, Dispersion.sheet(0.3, 0.7)));
        Drive drive = Drive.constant(1e-3)
                .plus(Drive.point(77, 0.1, 0.4))
                .plus(Drive.planeWave(3, 2, 0.01, 0.2))
                .plus(Drive.noise(0.05, Seed.of(1)));
        LatticeRun run = net.run(Field.random(net, 0.2, Seed.of(2)), drive, 7);
        Field alone = in(1, run);
        for (int threads : new int[] {2, 3, 5}) {
            assertEquals(alone, in(threads, run), threads + " threads");
        }
        assertEquals(alone, run.last());
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "12, 10", "16, 32"})
    void whatIsRecordedOnTheWayChangesNoBit(int columns, int rows) {
        CriticalLattice net = CriticalLattice.of(
                rows == 1
                        ? UnitaryKernel.ring(columns, NEAREST)
                        : UnitaryKernel.sheet(rows, columns, Dispersion.sheet(0.3, 0.7)));
        Field start = Field.random(net, 0.3, Seed.of(1));
        Drive drive = Drive.constant(Field.random(net, 0.1, Seed.of(3)))
                .plus(Drive.point(5, 0.1, 0.4))
                .plus(Drive.noise(0.05, Seed.of(2)));
        Table table = net.run(start, drive, 7).every(3).toTable();
        int sites = rows * columns;
        double[] re = table.doubleColumn("re").asDoubleArray();
        double[] im = table.doubleColumn("im").asDoubleArray();
        for (int record = 0; record < 3; record++) {
            Field then = net.run(start, drive, 3L * record).last();
            for (int site = 0; site < sites; site++) {
                assertEquals(then.re()[site], re[record * sites + site]);
                assertEquals(then.im()[site], im[record * sites + site]);
            }
        }
    }

    @Test
    void sidesThatArePowersOfTwoAreTransformedByOtherMeansToTheSameNumbers() {
        // 16 x 8 sites of waves that also fit on 3 x 16 x 8 sites, one by our transform, the other by JTransforms.
        CriticalLattice ours = CriticalLattice.of(UnitaryKernel.sheet(16, 8, Dispersion.sheet(0.3, 0.7)));
        CriticalLattice other = CriticalLattice.of(UnitaryKernel.sheet(48, 8, Dispersion.sheet(0.3, 0.7)));
        Drive drive = Drive.constant(0.02).plus(Drive.point(3, 0, 0));
        Field here = ours.run(Field.planeWave(ours, 3, 2, 0.3), drive.plus(Drive.planeWave(1, 1, 0.1, 0.2)), 40)
                .last();
        Field there = other.run(Field.planeWave(other, 9, 2, 0.3), drive.plus(Drive.planeWave(3, 1, 0.1, 0.2)), 40)
                .last();
        for (int site = 0; site < 16 * 8; site++) {
            assertEquals(there.re()[site], here.re()[site], 1e-14);
            assertEquals(there.im()[site], here.im()[site], 1e-14);
        }
    }

    @Test
    void anEnormousInputAtOneSiteOfASheetGivesModulusOneThere() {
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.sheet(8, 16, Dispersion.sheet(0.3, 0.7)));
        Drive drive = Drive.constant(0.1).plus(Drive.point(77, 1e200, 0));
        Field last = net.run(Field.uniform(net, 0), drive, 1).last();
        for (int site = 0; site < 128; site++) {
            assertEquals(site == 77 ? 1 : 0.1 / Math.sqrt(1.01), last.at(site).modulus(), 1e-15);
        }
        Drive infinite = Drive.point(77, Double.MAX_VALUE, 0).plus(Drive.point(77, Double.MAX_VALUE, 0));
        assertThrows(
                IllegalStateException.class,
                () -> net.run(Field.uniform(net, 0), infinite, 1).last());
    }

    private static Field in(int threads, LatticeRun run) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(ForkJoinTask.adapt(run::last)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void largeRingsHaveTheSameBitsAsTheirDefinitionSaysOnAnyMachine() {
        // JTransforms would use threads of its own from 8,192 sites on.
        UnitaryKernel kernel = UnitaryKernel.ring(16_384, NEAREST);
        double[] z = Field.planeWave(kernel.shape(), 0, 1234, 0.5).interleaved().clone();
        new Convolution(kernel.shape(), kernel.factors(1)).apply(z);
        Complex expected = Complex.polar(0.5, -kernel.eigenphases()[1234]);
        assertEquals(expected.re(), z[0], 1e-13);
        assertEquals(expected.im(), z[1], 1e-13);
    }

    @Test
    void twoTrajectoriesUnderOneInputNeverSeparate() {
        CriticalLattice net = ring(64);
        Drive drive = Drive.constant(0.002).plus(Drive.point(3, 0.2, 0.4));
        Table first = net.run(Field.random(net, 0.5, Seed.of(1)), drive, 400).toTable();
        Table second = net.run(Field.random(net, 0.5, Seed.of(2)), drive, 400).toTable();
        double[] re =
                first.doubleColumn("re").subtract(second.doubleColumn("re")).asDoubleArray();
        double[] im =
                first.doubleColumn("im").subtract(second.doubleColumn("im")).asDoubleArray();
        double before = Double.MAX_VALUE;
        for (int step = 0; step <= 400; step++) {
            double square = 0;
            for (int i = step * 64; i < (step + 1) * 64; i++) {
                square += re[i] * re[i] + im[i] * im[i];
            }
            assertTrue(square <= before * (1 + 1e-12), "step " + step);
            before = square;
        }
        assertTrue(before < 0.01, "after 400 steps " + before);
    }

    @Test
    void noiseHoldsThePowerOfTheClosure() {
        double sigma = 0.01;
        CriticalLattice net = ring(1024);
        double root = Math.sqrt(NoiseBackground.of(sigma).power());
        LatticeRun run = net.run(Field.random(net, root, Seed.of(1)), Drive.noise(sigma, Seed.of(2)), 3000);
        assertEquals(1, run.every(10).power(1000) / NoiseBackground.of(sigma).power(), 0.04);
    }

    @Test
    void noiseHasItsVariance() {
        CriticalLattice net = ring(4096);
        Field noise =
                net.run(Field.uniform(net, 0), Drive.noise(1e-6, Seed.of(4)), 1).last();
        assertEquals(1e-12, noise.power(), 1e-13);
        assertEquals(0, noise.re()[5] - noise.re()[4096 - 5], 1e-5);
        Field next =
                net.run(Field.uniform(net, 0), Drive.noise(1e-6, Seed.of(5)), 1).last();
        assertTrue(!next.equals(noise));
    }

    @Test
    void pulsesBeginAndEndWhereTheyShould() {
        CriticalLattice net = ring(16);
        Field still = Field.uniform(net, 0);
        Drive pulse = Drive.pulse(4, 0.1, 0, 5, 2);
        assertEquals(0, net.run(still, pulse, 5).last().power());
        assertEquals(0.1 / Math.sqrt(1.01), net.run(still, pulse, 6).last().re()[4], 1e-15);
        Field one = net.run(still, Drive.pulse(4, 0.1, 0, 5, 1), 8).last();
        Field two = net.run(still, Drive.pulse(4, 0.1, 0, 5, 2), 8).last();
        assertTrue(two.power() > one.power());
    }

    @Test
    void anEnormousInputGivesModulusOneAndNotZero() {
        CriticalLattice net = ring(4);
        Field last = net.run(Field.uniform(net, 0), Drive.constant(1e200), 1).last();
        assertEquals(1, last.at(2).modulus(), 1e-15);
        var overflow = assertThrows(
                IllegalStateException.class,
                () -> net.run(
                                Field.uniform(net, 0),
                                Drive.constant(Double.MAX_VALUE).plus(Drive.constant(Double.MAX_VALUE)),
                                3)
                        .last());
        assertEquals("the state is no longer finite at step 1; use a smaller input.", overflow.getMessage());
    }

    @Test
    void aStartOutsideIsMappedInside() {
        CriticalLattice net = ring(8);
        for (double amplitude :
                net.run(Field.uniform(net, 50), Drive.none(), 1).last().amplitude()) {
            assertEquals(50 / Math.sqrt(2501), amplitude, 1e-14);
        }
    }

    @Test
    void anInterruptEndsARun() {
        CriticalLattice net = ring(8);
        Thread.currentThread().interrupt();
        assertThrows(
                StoppedException.class,
                () -> net.run(Field.uniform(net, 0), Drive.none(), Long.MAX_VALUE)
                        .last());
        assertTrue(Thread.interrupted());
    }

    @Test
    void theLeakyRingKeepsItsSlopeWhateverTheInput() {
        CriticalLattice net = ring(32);
        LeakyRing leaky = LeakyRing.of(32, 0.9);
        double small = leaky.run(Field.uniform(net, 0), Drive.constant(1e-6), 400)
                .last()
                .re()[3];
        double twice = leaky.run(Field.uniform(net, 0), Drive.constant(2e-6), 400)
                .last()
                .re()[3];
        assertEquals(1e-5, small, 1e-11);
        assertEquals(2, twice / small, 1e-6);
        assertEquals(
                0,
                leaky.run(Field.uniform(net, 0), Drive.point(3, 1e-3, 0), 5)
                        .last()
                        .im()[4],
                1e-18);
    }
}
