package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Colours as seen without one kind of cone: the matrices of Machado, Oliveira and Fernandes (2009) at full severity. */
class ColourVisionTest {

    /** In CIE L*a*b* (1976); 2.3 is just noticeable, and lines also differ in dash and marker. */
    private static final double APART = 15;

    private static final double ALIKE = 0.5;

    private static final int SERIES = 7;

    enum Vision {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        NO_RED(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        NO_GREEN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        NO_BLUE(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

        @SuppressWarnings("ImmutableEnumChecker") // never written
        private final double[] matrix;

        Vision(double... matrix) {
            this.matrix = matrix;
        }

        /** How far apart two colours are seen. */
        double distance(Color a, Color b) {
            double[] first = seen(a);
            double[] second = seen(b);
            return Math.hypot(first[0] - second[0], Math.hypot(first[1] - second[1], first[2] - second[2]));
        }

        private double[] seen(Color color) {
            double[] light = {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
            double[] left = times(matrix, light);
            for (int i = 0; i < 3; i++) {
                left[i] = Math.max(0, Math.min(1, left[i]));
            }
            double[] xyz = times(TO_XYZ, left);
            double x = root(xyz[0] / 0.95047);
            double y = root(xyz[1]);
            double z = root(xyz[2] / 1.08883);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }
    }

    private static final double[] TO_XYZ = {
        0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920, 0.9503041
    };

    private static double[] times(double[] m, double[] v) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2])
                .toArray();
    }

    private static double linear(int level) {
        double c = level / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void anyTwoSeriesAreToldApart(Vision vision) {
        for (int i = 0; i < SERIES; i++) {
            for (int j = i + 1; j < SERIES; j++) {
                double distance = vision.distance(
                        Palette.series(i).color(), Palette.series(j).color());
                assertTrue(distance > APART, "series " + i + " and " + j + " are " + distance + " apart");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void signsOfAHeatMapAreToldApartFromATenthOfItsScaleOn(Vision vision) {
        for (double t = 0.1; t <= 1; t += 0.05) {
            double distance = vision.distance(Palette.diverging(0.5 - t / 2), Palette.diverging(0.5 + t / 2));
            assertTrue(distance > APART / 2, "+-" + t + " are " + distance + " apart");
        }
    }

    @ParameterizedTest
    @EnumSource(Vision.class)
    void greyStaysGrey(Vision vision) {
        assertEquals(0, vision.distance(new Color(0x808080), Color.GRAY), ALIKE);
        assertEquals(53.6, vision.distance(Color.BLACK, new Color(0x808080)), ALIKE);
    }
}
