package org.hopwise.internal.array;

/** The loops of {@link FourierLines} without the Vector API, with the same operations and bits as {@link VectorFourier}. */
final class PlainFourier {

    private static final double ROOT_HALF = Math.sqrt(0.5);
    /** cos and -sin of 0 to 3 eighths of a turn. */
    static final double[] COS_EIGHTH = {1, ROOT_HALF, 0, -ROOT_HALF};

    static final double[] SIN_EIGHTH = {0, -ROOT_HALF, -1, -ROOT_HALF};

    private PlainFourier() {}

    static void apart(double[] z, int z0, int quarter, double[] turns, int lines) {
        for (int j = 0; j < quarter; j++) {
            for (int lane = 0; lane < lines; lane++) {
                int at = z0 + 2 * lines * j + lane;
                int step = 2 * lines * quarter;
                four(z, at, step, lines, 1);
                for (int q = 1; q < 4; q++) {
                    int t = 6 * j + 2 * (q - 1);
                    turn(z, at + q * step, lines, turns[t], turns[t + 1]);
                }
            }
        }
    }

    static void together(double[] z, int z0, int quarter, double[] turns, int lines) {
        for (int j = 0; j < quarter; j++) {
            for (int lane = 0; lane < lines; lane++) {
                int at = z0 + 2 * lines * j + lane;
                int step = 2 * lines * quarter;
                for (int q = 1; q < 4; q++) {
                    int t = 6 * j + 2 * (q - 1);
                    turn(z, at + q * step, lines, turns[t], -turns[t + 1]);
                }
                four(z, at, step, lines, -1);
            }
        }
    }

    static void ends(double[] z, int z0, int size, int count, boolean back, int lines) {
        int step = 2 * lines;
        for (int at = z0; at < z0 + count * size * step; at += size * step) {
            for (int lane = 0; lane < lines; lane++) {
                if (size == 4) {
                    four(z, at + lane, step, lines, back ? -1 : 1);
                } else {
                    eight(z, at + lane, step, lines, back);
                }
            }
        }
    }

    private static void eight(double[] z, int at, int step, int lines, boolean back) {
        int half = at + 4 * step;
        if (back) {
            four(z, at, step, lines, -1);
            four(z, half, step, lines, -1);
        }
        for (int j = 0; j < 4; j++) {
            int a = at + j * step;
            int b = half + j * step;
            if (back) {
                turn(z, b, lines, COS_EIGHTH[j], -SIN_EIGHTH[j]);
            }
            for (int part = 0; part <= lines; part += lines) {
                double difference = z[a + part] - z[b + part];
                z[a + part] += z[b + part];
                z[b + part] = difference;
            }
            if (!back) {
                turn(z, b, lines, COS_EIGHTH[j], SIN_EIGHTH[j]);
            }
        }
        if (!back) {
            four(z, at, step, lines, 1);
            four(z, half, step, lines, 1);
        }
    }

    /** The transform of four numbers {@code step} apart: exp(-2 pi i / 4) for way 1, back for -1. */
    private static void four(double[] z, int at, int step, int im, int way) {
        double er = z[at] + z[at + 2 * step];
        double ei = z[at + im] + z[at + im + 2 * step];
        double fr = z[at] - z[at + 2 * step];
        double fi = z[at + im] - z[at + im + 2 * step];
        double gr = z[at + step] + z[at + 3 * step];
        double gi = z[at + im + step] + z[at + im + 3 * step];
        double hr = way * (z[at + step] - z[at + 3 * step]);
        double hi = way * (z[at + im + step] - z[at + im + 3 * step]);
        z[at] = er + gr;
        z[at + im] = ei + gi;
        z[at + step] = fr + hi;
        z[at + im + step] = fi - hr;
        z[at + 2 * step] = er - gr;
        z[at + im + 2 * step] = ei - gi;
        z[at + 3 * step] = fr - hi;
        z[at + im + 3 * step] = fi + hr;
    }

    /** Times c + i s. */
    private static void turn(double[] z, int at, int im, double c, double s) {
        double re = z[at];
        double y = z[at + im];
        z[at] = Math.fma(re, c, -(y * s));
        z[at + im] = Math.fma(y, c, re * s);
    }

    static void multiply(double[] z, int z0, double[] factors, int f0, int count, int lines) {
        for (int i = 0; i < count * 2 * lines; i += 2 * lines) {
            for (int lane = i; lane < i + lines; lane++) {
                double re = z[z0 + lane];
                double im = z[z0 + lane + lines];
                double c = factors[f0 + lane];
                double s = factors[f0 + lane + lines];
                z[z0 + lane] = c * re - s * im;
                z[z0 + lane + lines] = c * im + s * re;
            }
        }
    }

    static int squash(double[] z, int z0, int count, int lines) {
        for (int i = 0; i < count; i++) {
            int at = z0 + i * 2 * lines;
            for (int lane = at; lane < at + lines; lane++) {
                double square = 1 + z[lane] * z[lane] + z[lane + lines] * z[lane + lines];
                if (!(square <= Double.MAX_VALUE)) {
                    return i;
                }
            }
            for (int lane = at; lane < at + lines; lane++) {
                double size = Math.sqrt(1 + z[lane] * z[lane] + z[lane + lines] * z[lane + lines]);
                z[lane] /= size;
                z[lane + lines] /= size;
            }
        }
        return count;
    }
}
