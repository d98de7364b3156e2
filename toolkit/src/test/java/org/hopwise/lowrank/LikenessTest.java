package org.hopwise.lowrank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.hopwise.Golden;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.internal.Nd;
import org.hopwise.stats.Correlation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Measures of likeness, and the hops of a network at its fixed points. */
class LikenessTest {

    private static final JsonObject GOLDEN = Golden.read("low-rank-metrics");
    private static final INDArray DATA = Cases.matrix(GOLDEN.get("true"));
    private static final INDArray GENERATED = Cases.matrix(GOLDEN.get("generated"));

    @Test
    void spectraAreAsFarApartAsInTheGoldenCases() {
        for (JsonElement element : GOLDEN.getAsJsonArray("powerSpectrum")) {
            JsonObject c = element.getAsJsonObject();
            double[] found = Likeness.spectralDistances(
                    DATA, GENERATED, c.get("sigma").getAsDouble(), c.get("cut").getAsInt());
            assertArrayEquals(Cases.flat(c.get("expected")), found, 1e-10);
        }
        // Lengths that are no power of two, and channels that are equal.
        INDArray odd = Nd.array(ModelTest.random(3 * 37), 37, 3);
        for (double distance : Likeness.spectralDistances(odd, odd, 2)) {
            assertEquals(0, distance, 1e-7);
        }
    }

    @Test
    void statesAreAsFarApartAsInTheGoldenCase() {
        JsonObject c = GOLDEN.getAsJsonObject("stateSpace");
        double[][] one = rows(DATA);
        double[] index = Cases.flat(c.get("index"));
        double[][] noise = rows(Cases.matrix(c.get("noise")));
        double[][] points = new double[index.length][];
        for (int d = 0; d < points.length; d++) {
            points[d] = one[(int) index[d]].clone();
            for (int i = 0; i < points[d].length; i++) {
                points[d][i] += noise[d][i];
            }
        }
        assertEquals(c.get("expected").getAsDouble(), Likeness.divergence(one, rows(GENERATED), points), 1e-10);
        assertEquals(0, Likeness.stateSpaceDivergence(DATA, DATA, 50, Seed.of(1)), 1e-14);
    }

    private static double[][] rows(INDArray run) {
        double[] values = ModelTest.flat(run);
        int columns = (int) run.size(1);
        double[][] rows = new double[values.length / columns][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = java.util.Arrays.copyOfRange(values, t * columns, (t + 1) * columns);
        }
        return rows;
    }

    @Test
    void correlationsAndIntervalsAreThoseOfTheGoldenCase() {
        assertArrayEquals(
                Cases.flat(GOLDEN.getAsJsonObject("correlations").get("expected")), Likeness.correlations(DATA), 1e-10);
        JsonObject intervals = GOLDEN.getAsJsonObject("intervals");
        INDArray spikes = Cases.matrix(intervals.get("spikes"));
        assertArrayEquals(Cases.flat(intervals.get("mean")), Likeness.meanIntervals(spikes), 1e-10);
        assertArrayEquals(Cases.flat(intervals.get("cv")), Likeness.intervalVariation(spikes), 1e-10);
    }

    @Test
    void theAngleIsZeroForAnotherBasisAndRightForATurnedPlane() {
        LowRank ring = LowRank.ring(5);
        assertEquals(0, Likeness.angle(ring, ring.canonical()), 1e-5);
        LowRank one = LowRank.of(
                0.5,
                Nd.array(new double[] {1, 0}, 2, 1),
                Nd.array(new double[] {1, 1}, 1, 2),
                Nd.array(new double[2], 2),
                Ramp.RELU);
        LowRank turned = LowRank.of(
                0.5,
                Nd.array(new double[] {1, 1}, 2, 1),
                Nd.array(new double[] {1, 1}, 1, 2),
                Nd.array(new double[2], 2),
                Ramp.RELU);
        assertEquals(45, Likeness.angle(one, turned), 1e-10);
    }

    @Test
    void hopsAtAFixedPointAddUpToTheResponseOfTheLatents() {
        LowRank base = LowRank.random(8, 2, 2, Ramp.RELU, Seed.of(3));
        LowRank n = new LowRank(
                0.2,
                base.left(),
                base.right().mul(0.2),
                Nd.array(new double[] {-1, -1, 1, -1, 1, -1, -1, 1}, 8),
                base.input(),
                Ramp.RELU);
        FixedPoint p = FixedPoints.of(n).points().get(0);
        assertEquals(Stability.STABLE, p.stability());
        HopDecomposition hops = HopDecomposition.of(n.weightsAt(p), 40);
        double[] sum = new double[4];
        for (int hop = hops.firstHop(); hop <= hops.lastHop(); hop++) {
            double[] one = ModelTest.flat(hops.hop(hop));
            for (int i = 0; i < 4; i++) {
                sum[i] += one[i];
            }
        }
        // dz per input without stays: (I - n D M)^-1 n D W_u, measured as differences of one step without decay.
        double[] jacobian = n.rightMatrix().data.clone();
        double[] slopes = p.slopes(n);
        for (int r = 0; r < 2; r++) {
            for (int i = 0; i < 8; i++) {
                jacobian[r * 8 + i] *= slopes[i];
            }
        }
        double[] recurrent = Small.multiply(jacobian, n.leftMatrix().data, 2, 8, 2);
        double[] system = {1 - recurrent[0], -recurrent[1], -recurrent[2], 1 - recurrent[3]};
        double[] inverse = new double[4];
        assertTrue(GaussJordan.invert(system, inverse, 2));
        double[] drive = Small.multiply(jacobian, n.inputMatrix().data, 2, 8, 2);
        double[] exact = Small.transposed(Small.multiply(inverse, drive, 2, 2, 2), 2, 2);
        assertArrayEquals(exact, sum, 1e-10);
    }

    @Test
    void theSpectrumOfASineStandsInItsBinAndSumsToOne() {
        double[] wave = new double[128];
        for (int t = 0; t < 128; t++) {
            wave[t] = Math.sin(2 * Math.PI * 9 * t / 128);
        }
        INDArray spectra = Likeness.spectra(Nd.array(wave, 128, 1), 0.1);
        assertEquals(65, spectra.size(1));
        assertEquals(1, spectra.sumNumber().doubleValue(), 1e-12);
        assertEquals(1, spectra.getDouble(0, 9), 1e-9);
    }

    @Test
    void aHannWindowKeepsConstantsAndLinesAndSpreadsASpike() {
        double[] run = new double[2 * 21];
        for (int t = 0; t < 21; t++) {
            run[2 * t] = 3 + 0.5 * t;
            run[2 * t + 1] = t == 10 ? 1 : 0;
        }
        INDArray smooth = Likeness.hannSmoothed(Nd.array(run, 21, 2), 5);
        assertEquals(3 + 0.5 * 8, smooth.getDouble(8, 0), 1e-12);
        assertEquals(0.5, smooth.getDouble(10, 1), 1e-12);
        assertEquals(0.25, smooth.getDouble(9, 1), 1e-12);
        assertEquals(0, smooth.getDouble(8, 1), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Likeness.hannSmoothed(Nd.array(run, 21, 2), 4));
    }

    @Test
    void smoothingCanBeUndone() {
        int steps = 400;
        int width = 15;
        double[] values = ModelTest.random(steps * 2);
        INDArray raw = Nd.array(values, steps, 2);
        // What a longer recording holds of it: the rows whose window lies inside.
        INDArray inner = rows(Likeness.hannSmoothed(raw, width), 6, steps - 6);
        INDArray back = Likeness.hannUnsmoothed(inner, width);
        assertArrayEquals(new long[] {steps, 2}, back.shape());
        for (int i = 0; i < 2; i++) {
            double[] found = back.getColumn(i).dup().toDoubleVector();
            double[] data = inner.getColumn(i).dup().toDoubleVector();
            double[] again = rows(Likeness.hannSmoothed(back, width), 6, steps - 6)
                    .getColumn(i)
                    .dup()
                    .toDoubleVector();
            assertEquals(0, Arrays.stream(found).average().orElseThrow(), 1e-12);
            assertEquals(1, Arrays.stream(found).map(v -> v * v).sum() / steps, 1e-12);
            // Smoothed again it is the data, but for the scale of a channel and its mean.
            assertEquals(1, Correlation.pearson(data, again), 1e-8);
            assertTrue(Correlation.pearson(found, raw.getColumn(i).dup().toDoubleVector()) > 0.95);
        }
        assertThrows(IllegalArgumentException.class, () -> Likeness.hannUnsmoothed(inner, 14));
        assertThrows(IllegalArgumentException.class, () -> Likeness.hannUnsmoothed(inner, 389));
    }

    private static INDArray rows(INDArray run, int from, int to) {
        return run.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c');
    }
}
