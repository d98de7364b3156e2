package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import org.hopwise.Seed;
import org.hopwise.StoppedException;
import org.hopwise.internal.Nd;
import org.hopwise.train.TrainingDivergedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fits: what they reach, that they repeat, stop, go on and fail in words. */
class LatentFitTest {

    private static final StochasticNetwork TEACHER =
            StochasticNetwork.of(LowRank.ring(6), Observation.units(0.04)).noise(0.2);
    private static final Trials DATA = TEACHER.simulate(24, 40, Seed.of(1));
    private static final StochasticNetwork START =
            StochasticNetwork.of(LowRank.random(12, 2, Ramp.RELU, Seed.of(2)), Observation.units(0.1));
    private static final LatentFit SHORT =
            LatentFit.radam(1e-2).to(1e-3).updates(30).batch(5).particles(12);

    @Test
    void aFitComesNearTheBoundOfTheTeacherAndItsNoise() {
        LowRank ring = TEACHER.network();
        LowRank away = LowRank.of(
                0.9, ring.left().mul(0.8), ring.right().mul(1.1), ring.bias().mul(0.5), Ramp.RELU);
        StochasticNetwork start =
                StochasticNetwork.of(away, Observation.units(0.06)).noise(0.3);
        FittedNetwork fit =
                LatentFit.radam(3e-2).to(1e-3).updates(500).particles(16).fit(start, DATA);
        ParticleFilter filter = ParticleFilter.optimal().particles(128);
        double teacher = filter.bound(TEACHER, DATA);
        double fitted = filter.bound(fit.network(), DATA);
        assertTrue(filter.bound(start, DATA) < teacher - 0.5);
        assertTrue(Math.abs(fitted - teacher) < 0.3, fitted + " against " + teacher);
        StochasticNetwork canonical = fit.network().canonical();
        StochasticNetwork trueForm = TEACHER.canonical();
        for (int r = 0; r < 2; r++) {
            double ratio = Math.sqrt(
                    canonical.noise().getDouble(r, r) / trueForm.noise().getDouble(r, r));
            assertEquals(1, ratio, 0.25);
        }
    }

    @Test
    void theSameSettingsGiveTheSameBitsOnOneThreadAndOnMany() throws Exception {
        FittedNetwork one =
                new ForkJoinPool(1).submit(() -> SHORT.fit(START, DATA)).get();
        FittedNetwork four =
                new ForkJoinPool(4).submit(() -> SHORT.fit(START, DATA)).get();
        assertEquals(one.network(), four.network());
        assertEquals(
                one.history().toTable().toString(), four.history().toTable().toString());
        assertNotEquals(one.network(), SHORT.seed(Seed.of(5)).fit(START, DATA).network());
    }

    @Test
    void aFitThatWasStoppedGoesOnToTheSameBits(@TempDir Path folder) {
        Path file = folder.resolve("fits").resolve("oscillator.fit");
        Thread caller = Thread.currentThread();
        LatentFit fit = SHORT.updates(120).keep(file);
        StoppedException stop = assertThrows(
                StoppedException.class,
                () -> fit.listen(p -> {
                            if (p.done() > 30) {
                                caller.interrupt();
                            }
                        })
                        .fit(START, DATA));
        assertTrue(Thread.interrupted());
        assertTrue(stop.getMessage().contains("of 120 updates; they are kept in oscillator.fit"), stop.getMessage());
        FittedNetwork resumed = fit.fit(START, DATA);
        assertEquals(SHORT.updates(120).fit(START, DATA).network(), resumed.network());
        assertEquals(120, resumed.history().updates());
        String message = ModelTest.message(() -> SHORT.updates(121).keep(file).fit(START, DATA));
        assertTrue(message.contains("keeps a fit of other settings"), message);
    }

    @Test
    void aFileThatIsNoFitIsRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("broken");
        Files.write(file, new byte[] {0, 3, 'a', 'b', 'c', 0});
        assertTrue(ModelTest.message(() -> SHORT.keep(file).fit(START, DATA)).contains("broken"));
    }

    @Test
    void frozenPartsStayAndOthersMove() {
        FittedNetwork fit = SHORT.freeze(Part.LEFT, Part.DECAY, Part.NOISE).fit(START, DATA);
        assertEquals(START.network().left(), fit.network().network().left());
        assertEquals(START.network().decay(), fit.network().network().decay(), 1e-15);
        assertArrayEquals(
                ModelTest.flat(START.noise()), ModelTest.flat(fit.network().noise()), 1e-15);
        assertNotEquals(START.network().right(), fit.network().network().right());
    }

    @Test
    void anEncoderIsFittedBesideCounts() {
        INDArray gain = Nd.array(new double[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 12);
        INDArray shift = gain.mul(-0.5);
        StochasticNetwork teacher = StochasticNetwork.of(
                        LowRank.ring(6), Observation.poissonUnits(gain, shift, Link.SOFTPLUS))
                .noise(0.2);
        Trials counts = teacher.simulate(12, 40, Seed.of(3));
        StochasticNetwork start = StochasticNetwork.of(
                LowRank.random(12, 2, Ramp.RELU, Seed.of(4)), Observation.poissonUnits(gain, shift, Link.SOFTPLUS));
        Encoder encoder = Encoder.random(12, 2, new int[] {5, 1}, 8, Seed.of(5));
        FittedNetwork fit = LatentFit.radam(1e-2)
                .to(1e-3)
                .clip(5)
                .updates(250)
                .particles(12)
                .encoder(encoder)
                .fit(start, counts);
        double before = ParticleFilter.encoder(encoder).bound(start, counts);
        double after = ParticleFilter.encoder(fit.encoder().orElseThrow()).bound(fit.network(), counts);
        assertTrue(after > before + 0.3, before + " to " + after);
        assertTrue(Small.isDiagonal(ModelTest.flat(fit.network().noise()), 2));
        assertNotEquals(encoder, fit.encoder().orElseThrow());
    }

    @Test
    void theGradientIsTheSlopeOfTheMeanBound() {
        BoundGradient g = LatentFit.radam(1).particles(8).gradient(TEACHER, DATA, Seed.of(1));
        assertEquals(12, g.left().size(0));
        assertTrue(Double.isFinite(g.bound()) && Math.abs(g.decay()) > 1e-6);
        assertEquals(g, LatentFit.radam(1).particles(8).gradient(TEACHER, DATA, Seed.of(1)));
    }

    @Test
    void aFitThatDivergesNamesTheUpdate() {
        TrainingDivergedException diverged = assertThrows(
                TrainingDivergedException.class,
                () -> LatentFit.radam(50)
                        .clip(Double.MAX_VALUE)
                        .updates(50)
                        .particles(4)
                        .fit(START, DATA));
        assertTrue(diverged.getMessage().contains("The bound stopped being finite at update"), diverged.getMessage());
        assertTrue(diverged.getMessage().contains("Lower the learning rate"));
        assertTrue(diverged.update() > 1);
    }

    @Test
    void rawInputsThatBeginAtOnceAreRefused() {
        StochasticNetwork n = StochasticNetwork.of(LowRank.random(4, 1, 1, Ramp.RELU, Seed.of(1)), Observation.units(1))
                .rawInputs();
        INDArray u = Nd.array(new double[] {0, 1, 1, 1, 1, 1}, 2, 3, 1);
        Trials y = n.simulate(u, Seed.of(1));
        assertTrue(ModelTest.message(() -> SHORT.fit(n, y)).contains("raw inputs of trial 1 are 1.0 at step 0"));
    }

    @Test
    void badSettingsAreRefused() {
        assertTrue(ModelTest.message(() -> LatentFit.radam(0)).startsWith("rate is 0"));
        assertTrue(ModelTest.message(() -> SHORT.updates(0)).startsWith("updates is 0"));
        assertTrue(ModelTest.message(() -> SHORT.particles(0)).startsWith("particles is 0"));
        assertTrue(ModelTest.message(
                        () -> SHORT.encoder(Encoder.random(3, 2, Seed.of(1))).fit(START, DATA))
                .contains("the encoder is for 3 channels"));
        INDArray holes = DATA.observations();
        holes.putScalar(new int[] {2, 1, 4}, Double.NaN);
        assertTrue(ModelTest.message(() -> SHORT.fit(START, Trials.of(holes))).contains("trial 2, step 1, channel 4"));
        assertFalse(Double.isNaN(SHORT.skipMissing()
                .fit(START, Trials.of(holes))
                .history()
                .toTable()
                .doubleColumn("bound")
                .mean()));
    }
}
