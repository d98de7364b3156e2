package org.hopwise.critical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.special.BesselJ;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedFormTest {

    @ParameterizedTest
    @CsvSource({"1e-6, 0, 1", "1e-300, 0, 1", "1e-300, 0.1, 1", "0.3, 3.1, 0.9", "1e300, 0.4, 1", "1e-4, 7.5, 0.5"})
    void theSteadyWaveIsAFixedPoint(double input, double detuning, double gain) {
        SteadyWave wave = SteadyWave.of(input, detuning, gain);
        Complex w = Complex.polar(wave.amplitude(), wave.phase());
        Complex v = w.times(Complex.polar(gain, -detuning)).plus(new Complex(input, 0));
        double[] z = {v.re(), v.im()};
        assertTrue(CriticalLattice.phi(z, 0, 1, 1));
        assertEquals(w.re(), z[0], 4e-15 * w.modulus());
        assertEquals(w.im(), z[1], 4e-15 * w.modulus());
    }

    @ParameterizedTest
    @CsvSource({"1e-6, 0.012599", "1e-4, 0.058430", "1e-3, 0.125493", "1e-2, 0.266503"})
    void atResonanceTheAnswerIsACubeRoot(double input, double amplitude) {
        double a = SteadyWave.of(input, 0).amplitude();
        assertEquals(amplitude, a, 6e-7);
        double x = Math.pow(2 * input, 2.0 / 3);
        assertEquals(Math.cbrt(2 * input) * (1 - x / 4), a, x * x * a);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.999, 0.99, 0.5})
    void atResonanceAmplitudeAndPhaseHaveTheSlopesOfPhi(double gain) {
        for (double input : new double[] {1e-12, 1e-6, 1e-3, 0.1}) {
            SteadyWave wave = SteadyWave.of(input, 0, gain);
            double m = Math.sqrt(1 - wave.amplitude() * wave.amplitude());
            assertEquals(gain * m, wave.multipliers().get(0).re(), 1e-13);
            assertEquals(gain * m * m * m, wave.multipliers().get(1).re(), 1e-13);
            double rate = -Math.log(gain) - Math.log1p(-wave.amplitude() * wave.amplitude()) / 2;
            assertEquals(rate, wave.rate(), 1e-12 * rate);
            assertFalse(wave.isSpiral());
        }
    }

    @Test
    void detunedDeviationsDecayByExactlyOneMinusASquared() {
        SteadyWave wave = SteadyWave.of(1e-3, 0.02);
        double a = wave.amplitude();
        assertTrue(wave.isSpiral());
        assertEquals(1 - a * a, wave.multipliers().get(0).modulus(), 1e-15);
        assertEquals(-Math.log1p(-a * a), wave.rate(), 1e-15);
        assertTrue(wave.multipliers().get(0).im() > 0);
    }

    @Test
    void multipliersAreThoseOfTheJacobian() {
        SteadyWave wave = SteadyWave.of(0.02, 0.01, 0.97);
        double m = Math.sqrt(1 - wave.amplitude() * wave.amplitude());
        double sum = 0.97 * m * (1 + m * m) * Math.cos(0.01);
        Complex total = wave.multipliers().get(0).plus(wave.multipliers().get(1));
        Complex product = wave.multipliers().get(0).times(wave.multipliers().get(1));
        assertEquals(sum, total.re(), 1e-14);
        assertEquals(0, total.im(), 1e-16);
        assertEquals(0.97 * 0.97 * Math.pow(m, 4), product.re(), 1e-14);
    }

    @Test
    void aTinyRateIsNotLost() {
        SteadyWave wave = SteadyWave.of(1e-26, 0);
        assertEquals(Math.pow(2e-26, 2.0 / 3) / 2, wave.rate(), 1e-9 * wave.rate());
    }

    @Test
    void aWaveAboveTheCriticalGainEndsOnItsPlateau() {
        assertEquals(Math.sqrt(1 - 1 / (1.01 * 1.01)), FreeDecay.plateau(1.01), 1e-15);
        assertEquals(FreeDecay.plateau(1.01), FreeDecay.amplitude(1e-3, 1_000_000, 1.01), 1e-15);
        assertEquals(0, FreeDecay.amplitude(0.4, Long.MAX_VALUE, 0.5));
        assertEquals(Math.pow(0.99, 1000), FreeDecay.amplitude(1e-9, 1000, 0.99) / 1e-9, 1e-16);
        assertEquals(0.01, FreeDecay.amplitude(0.4, 9994, 1), 1e-6);
        assertEquals(0, FreeDecay.amplitude(0, 10, 1.2));
    }

    @Test
    void weakerBackgroundsLetWavesReachFurtherAsThePowerMinusTwoThirds() {
        Dispersion nearest = Dispersion.nearest(0.5);
        double far = Background.of(1e-12).propagationLength(nearest, 0.3);
        double near = Background.of(8e-12).propagationLength(nearest, 0.3);
        assertEquals(4, far / near, 1e-6);
        double a = Background.of(1e-12).a();
        double k = Math.acos(1 - 0.3 / 0.5);
        assertEquals(0.5 * Math.sin(k) / (a * a), far, 1e-6 * far);
    }

    @Test
    void theWaveNumberIsThatOfTheResponseFarAway() {
        Background background = Background.of(0.005);
        Complex k = background.waveNumber(Dispersion.nearest(0.5), 0.3);
        Field response = background.response(UnitaryKernel.ring(1024, Dispersion.nearest(0.5)), 0.3);
        double length = Math.log(response.at(60).modulus() / response.at(100).modulus()) / 40;
        assertEquals(k.im(), length, 1e-5 * k.im());
        double turn = response.at(61).over(response.at(60)).phase();
        assertEquals(k.re(), turn, 1e-5);
    }

    @Test
    void aDriftKernelDampsAllWavesAlikeInPhaseAndAmplitude() {
        CriticalLattice net = CriticalLattice.of(UnitaryKernel.ring(12, Dispersion.drift(0.4)));
        Background background = Background.ofAmplitude(0.3);
        LatticeJacobian jacobian = net.jacobian(Field.uniform(net, 0.3), Drive.constant(background.input()));
        double m = background.tangential();
        assertEquals(12 * Math.log(m) + 36 * Math.log(m), logDeterminant(jacobian), 1e-11);
        assertEquals(m, jacobian.toWiring().spectralRadius(), 1e-10);
    }

    private static double logDeterminant(LatticeJacobian jacobian) {
        int n = (int) jacobian.matrix().size(0);
        double[] values = jacobian.matrix().dup('c').reshape((long) n * n).toDoubleVector();
        return Math.log(Math.abs(CommonOps_DDRM.det(DMatrixRMaj.wrap(n, n, values))));
    }

    @Test
    void freeHopsOfNearestNeighboursAreBesselFunctions() {
        UnitaryKernel kernel = UnitaryKernel.ring(256, Dispersion.nearest(0.5));
        for (int k : new int[] {1, 10, 60}) {
            Field walks = kernel.power(k).spatial();
            for (int d = 0; d < 40; d++) {
                assertEquals(Math.abs(BesselJ.value(d, 0.5 * k)), walks.at(d).modulus(), 1e-12, k + " hops to " + d);
            }
        }
    }

    @Test
    void groupVelocitiesAreDerivatives() {
        UnitaryKernel ring = UnitaryKernel.ring(48, Dispersion.range2(0.5, 0.2).plus(Dispersion.drift(0.1)));
        double k = 2 * Math.PI * 7 / 48;
        assertEquals(0.5 * Math.sin(k) + 0.4 * Math.sin(2 * k) + 0.1 * Math.cos(k), ring.groupVelocity(7), 1e-13);
        double[] v = UnitaryKernel.sheet(12, 20, Dispersion.sheet(0.3, 0.7)).groupVelocity(2, 19);
        assertEquals(0.3 * Math.sin(2 * Math.PI * 2 / 12), v[0], 1e-13);
        assertEquals(0.7 * Math.sin(2 * Math.PI * 19 / 20), v[1], 1e-13);
    }

    @Test
    void aDriftMovesABumpTowardsPlusXByItsSpeed() {
        UnitaryKernel kernel = UnitaryKernel.ring(256, Dispersion.drift(0.5));
        double[] bump = new double[512];
        for (int x = 0; x < 256; x++) {
            bump[2 * x] = Math.exp(-(x - 100) * (x - 100) / 200.0);
        }
        new Convolution(kernel.shape(), kernel.power(40).factors(1)).apply(bump);
        Field moved = Field.wrap(kernel.shape(), bump);
        double sum = 0;
        double mean = 0;
        for (int x = 0; x < 256; x++) {
            sum += moved.re()[x];
            mean += x * moved.re()[x];
            assertEquals(0, moved.im()[x], 1e-14, "a drift's kernel is real");
        }
        assertEquals(120, mean / sum, 1e-9);
        assertEquals(0.5, kernel.groupVelocity(0), 1e-14);
    }

    @Test
    void complexArcCosinesInvertCosines() {
        for (Complex z : new Complex[] {new Complex(0.3, 1e-9), new Complex(1.2, 0.4), new Complex(2.9, 2)}) {
            Complex back = z.cosine().arcCosine();
            assertEquals(z.re(), back.re(), 1e-14);
            assertEquals(z.im(), back.im(), 1e-14 * z.im() + 1e-22);
        }
        assertEquals(new Complex(0, 2), new Complex(-4, 0).squareRoot());
    }
}
