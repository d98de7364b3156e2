package org.hopwise.randommode.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.randommode.averages.UnitClass;

/**
 * Double integrals over frequencies of which all two-point fluctuations are made. With p + i s = (1 + i w1)(1 + i
 * w2), q = g^2 <A^2 B^2 phi'^2> and D = (p - q)^2 + s^2, the integrals over dw1 dw2 / (2 pi)^2 of exp(i w1 tau1 + i w2
 * tau2) times the five products below, where C is the output spectrum of a unit, C' the same at w2, Q the spectrum of
 * the common input and z the unit's z-score weight.
 *
 * <p>1 / D is as narrow as lambda^2 in s = w1 + w2 and smooth on the scale lambda along it. So the inner integral is a
 * trapezoidal sum, and the outer one Gauss-Legendre on panels that double their width from lambda^2 / 2 on. The
 * integrands are even under (w1, w2) to (-w1, -w2) and under exchange, which leaves cosines.
 *
 * @param raw (p - q) / D times <B^2 C C'>
 * @param scored (p - q) / D times <z B^2 C C'>
 * @param unshared 1 / D times <B^4 C C'>
 * @param shared 1 / D times <B^2 C> <B^2 C'>
 * @param input (p - q) / D times Q Q'
 */
record PairIntegral(double raw, double scored, double unshared, double shared, double input) {

    /** The inner sum uses every fourth point of a spectrum: five a lambda, with an error of exp(-10 pi). */
    private static final int STRIDE = 4;

    /** Panels grow to this many lambda, or this phase at the largest lag. */
    private static final double WIDEST_PANEL = 1.2;

    private static final double WIDEST_PHASE = 12;

    private static final int PRODUCTS = 5;

    /** A class of units, its weight in z-scored data and its output spectrum. */
    record Member(UnitClass unit, double score, PowerSpectrum spectrum) {}

    /** What enters the integrals; loop is q. */
    record Ingredients(double gain, double decayRate, double loop, List<Member> members) {

        private double spacing() {
            return members.get(0).spectrum.spacing;
        }

        private int points() {
            return members.stream().mapToInt(m -> m.spectrum.points()).max().orElseThrow();
        }
    }

    /** The integrals at each pair of lags, as rows (tau1, tau2). */
    static List<PairIntegral> at(Ingredients in, double[][] lags) {
        double spacing = in.spacing();
        int reach = (in.points() / STRIDE + 1) * STRIDE;
        double[] differences = Arrays.stream(lags)
                .mapToDouble(lag -> Math.abs(lag[0] - lag[1]))
                .sorted()
                .distinct()
                .toArray();
        double latest = Arrays.stream(lags)
                .mapToDouble(lag -> (Math.abs(lag[0]) + Math.abs(lag[1])) / 2)
                .max()
                .orElse(0);
        double[][] sums = new double[lags.length][PRODUCTS];
        double widest = Math.min(WIDEST_PANEL * in.decayRate, WIDEST_PHASE / Math.max(latest, 1e-300));
        double from = 0;
        double width = Math.min(widest, in.decayRate * in.decayRate / 2);
        while (from < 1.2 * reach * spacing) {
            for (int node = 0; node < GaussLegendre.NODES.length; node++) {
                double s = from + width * GaussLegendre.NODES[node];
                double[][] inner = inner(in, s, reach, differences);
                // Twice for -s; the measure is dw1 dw2 / (2 pi)^2 = ds dw / (2 pi)^2.
                double weight = 2 * width * GaussLegendre.WEIGHTS[node] * STRIDE * spacing / (4 * Math.PI * Math.PI);
                for (int row = 0; row < lags.length; row++) {
                    double phase = s * (lags[row][0] + lags[row][1]) / 2;
                    int place = Arrays.binarySearch(differences, Math.abs(lags[row][0] - lags[row][1]));
                    double factor = weight * Math.cos(phase);
                    for (int k = 0; k < PRODUCTS; k++) {
                        sums[row][k] += factor * inner[k][place];
                    }
                }
            }
            from += width;
            width = Math.min(widest, from);
        }
        List<PairIntegral> result = new ArrayList<>();
        for (double[] sum : sums) {
            result.add(new PairIntegral(sum[0], sum[1], sum[2], sum[3], sum[4]));
        }
        return result;
    }

    /** Sums over w of the five products times cos((w - s / 2) difference), at w1 = w and w2 = s - w; a row a product. */
    private static double[][] inner(Ingredients in, double s, int reach, double[] differences) {
        Interruption.check();
        double[][] products = products(in, s, reach);
        int count = differences.length;
        double[][] sums = new double[PRODUCTS][count];
        if (count == 1 && differences[0] == 0) {
            for (int k = 0; k < PRODUCTS; k++) {
                for (double product : products[k]) {
                    sums[k][0] += product;
                }
            }
            return sums;
        }
        double spacing = STRIDE * in.spacing();
        double start = -(reach / STRIDE) * spacing - s / 2;
        double[] twice = new double[count];
        double[] cosine = new double[count];
        double[] before = new double[count];
        for (int d = 0; d < count; d++) {
            twice[d] = 2 * Math.cos(spacing * differences[d]);
            cosine[d] = Math.cos(start * differences[d]);
            before[d] = Math.cos((start - spacing) * differences[d]);
        }
        for (int i = 0; i < products[0].length; i++) {
            for (int k = 0; k < PRODUCTS; k++) {
                add(products[k][i], cosine, sums[k]);
            }
            turn(twice, cosine, before);
        }
        return sums;
    }

    /** All differences together, since each cosine waits for the one before it. */
    private static void turn(double[] twice, double[] cosine, double[] before) {
        for (int d = 0; d < twice.length; d++) {
            double now = cosine[d];
            cosine[d] = twice[d] * now - before[d];
            before[d] = now;
        }
    }

    private static void add(double factor, double[] cosine, double[] sums) {
        for (int d = 0; d < sums.length; d++) {
            sums[d] += factor * cosine[d];
        }
    }

    private static double[][] products(Ingredients in, double s, int reach) {
        int points = 2 * reach / STRIDE + 1;
        double spacing = STRIDE * in.spacing();
        double[][] products = new double[PRODUCTS][points];
        double[] input1 = new double[points];
        double[] input2 = new double[points];
        for (Member member : in.members) {
            UnitClass unit = member.unit;
            PowerSpectrum spectrum = member.spectrum;
            double[] reflected = spectrum.reflected(s, reach, STRIDE);
            double b2 = unit.outputGain() * unit.outputGain();
            for (int i = 0; i < points; i++) {
                double here = spectrum.value(i * STRIDE - reach);
                double pair = unit.share() * here * reflected[i];
                products[0][i] += b2 * pair;
                products[1][i] += member.score * b2 * pair;
                products[2][i] += b2 * b2 * pair;
                input1[i] += unit.share() * b2 * here;
                input2[i] += unit.share() * b2 * reflected[i];
            }
        }
        double gain4 = Math.pow(in.gain, 4);
        for (int i = 0; i < points; i++) {
            double w1 = (i - reach / STRIDE) * spacing;
            double w2 = s - w1;
            double rest = 1 - w1 * w2 - in.loop;
            double d = rest * rest + s * s;
            double shared = input1[i] * input2[i];
            double filter = gain4 / ((1 + w1 * w1) * (1 + w2 * w2));
            products[0][i] *= rest / d;
            products[1][i] *= rest / d;
            products[2][i] /= d;
            products[3][i] = shared / d;
            products[4][i] = rest / d * filter * shared;
        }
        return products;
    }
}
