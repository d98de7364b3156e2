package org.hopwise.critical;

/**
 * How far a wave reaches, measured: the distance over which the amplitude of a demodulated field falls by 1/e, from the
 * least-squares slope of its logarithm over a window of distances. Beyond a quarter of the lattice the wave that came
 * round it interferes, so windows end there.
 */
public final class PropagationFit {

    private static final int NEAR = 8;

    private PropagationFit() {}

    /**
     * Along a ring, towards +x.
     *
     * @param response what demodulation gave
     * @param source the source's site
     * @param from the first distance, at least 1
     * @param to the last distance, at most a quarter of the sites
     * @return sites to 1/e; negative where the amplitude rises
     * @throws IllegalArgumentException if the window is outside
     */
    public static double alongRing(Field response, int source, int from, int to) {
        response.shape().requireRing("alongRing", "alongRow or alongColumn");
        return fit(response, source, 0, 1, response.columns(), from, to);
    }

    /**
     * Along a row of a sheet, towards +x. In two dimensions amplitudes fall as exp(-r / length) / sqrt(r), so they are
     * multiplied by sqrt(r) first.
     *
     * @param response what demodulation gave
     * @param source the source's site
     * @param from the first distance, at least 1
     * @param to the last distance, at most a quarter of the columns
     * @return sites to 1/e; negative where the amplitude rises
     * @throws IllegalArgumentException if the window is outside
     */
    public static double alongRow(Field response, int source, int from, int to) {
        requireSheet(response);
        return fit(response, source, 0, 1, response.columns(), from, to);
    }

    /**
     * Along a column of a sheet, towards +y, as {@link #alongRow}.
     *
     * @param response what demodulation gave
     * @param source the source's site
     * @param from the first distance, at least 1
     * @param to the last distance, at most a quarter of the rows
     * @return sites to 1/e; negative where the amplitude rises
     * @throws IllegalArgumentException if the window is outside
     */
    public static double alongColumn(Field response, int source, int from, int to) {
        requireSheet(response);
        return fit(response, source, 1, 0, response.rows(), from, to);
    }

    /**
     * The window for a length that is expected: from max(8, length) to 5 lengths, or a quarter of the lattice.
     *
     * @param length the expected length in sites
     * @param n the number of sites along the axis
     * @return first and last distance
     * @throws IllegalArgumentException if the window would be empty
     */
    public static int[] window(double length, int n) {
        int from = (int) Math.ceil(Math.max(NEAR, length));
        int to = (int) Math.min(5 * length + NEAR, n / 4.0);
        if (!(length > 0) || from + 3 > to) {
            throw new IllegalArgumentException(
                    "length is %s on %d sites; a window from %d to %d is too narrow. Use more sites or a stronger background."
                            .formatted(length, n, from, to));
        }
        return new int[] {from, to};
    }

    private static void requireSheet(Field response) {
        if (response.shape().isRing()) {
            throw new IllegalArgumentException(
                    "the field is on %s; alongRow and alongColumn need a sheet. Use alongRing."
                            .formatted(response.shape()));
        }
    }

    private static double fit(Field response, int source, int down, int across, int n, int from, int to) {
        Shape shape = response.shape();
        shape.site("source", source);
        if (from < 1 || to <= from || to > n / 4) {
            throw new IllegalArgumentException(
                    "the fit window is %d to %d; it must lie between 1 and %d, a quarter of the %d sites along it."
                            .formatted(from, to, n / 4, n));
        }
        double[] r = new double[to - from + 1];
        double[] logs = new double[r.length];
        for (int i = 0; i < r.length; i++) {
            int distance = from + i;
            int y = (source / shape.columns() + down * distance) % shape.rows();
            int x = (source % shape.columns() + across * distance) % shape.columns();
            double amplitude = response.at(y * shape.columns() + x).modulus();
            if (!(amplitude > 0)) {
                throw new IllegalArgumentException(
                        "the amplitude is 0 at distance %d; end the window before it.".formatted(distance));
            }
            r[i] = distance;
            logs[i] = Math.log(amplitude) + (shape.isRing() ? 0 : Math.log(distance) / 2);
        }
        return -1 / PowerLaw.slope(r, logs, 0, r.length);
    }
}
