package org.hopwise.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Colours that can be told apart with any kind of colour vision, and the marker and dash that go with each. */
final class Palette {

    static final Color INK = new Color(0x222222);
    static final Color SOFT_INK = new Color(0x666666);
    static final Color GRID = new Color(0xE6E6E6);
    static final Color MISSING = new Color(0xB0B0B0);

    /** Okabe and Ito, 2008, without yellow, which is lost on white; dark and light ones alternate. */
    private static final List<Color> SERIES = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_DOWN);

    private static final float[][] DASHES = {null, {7, 3}, {2, 2.5f}, {8, 3, 2, 3}, {12, 4}};

    /** Blue over white to orange-brown, after ColorBrewer's PuOr and RdBu; equal lightness at equal distance from 0. */
    private static final int[] DIVERGING = {
        0x08306B, 0x1F5FA5, 0x4A90C9, 0x92C1E0, 0xD2E5F1, 0xFFFFFF, 0xFBE3CC, 0xF5B880, 0xDE8034, 0xB15510, 0x7A3406
    };

    /** Cividis (Nunez, Anderton and Renslow, 2018), sampled at ten points. */
    private static final int[] SEQUENTIAL = {
        0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55, 0xFEE838
    };

    private Palette() {}

    /** How a series looks: its colour, marker and line. */
    record Style(Color color, Marker marker, BasicStroke stroke) {}

    static Style series(int index) {
        int round = index / SERIES.size();
        float[] dash = DASHES[(index + round) % DASHES.length];
        BasicStroke stroke = dash == null
                ? new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
        return new Style(SERIES.get(index % SERIES.size()), MARKERS.get((index + round) % MARKERS.size()), stroke);
    }

    static Color diverging(double fraction) {
        return blend(DIVERGING, fraction);
    }

    static Color sequential(double fraction) {
        return blend(SEQUENTIAL, fraction);
    }

    static Color transparent(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** Mixed with white, so that it covers what lies below. */
    static Color pale(Color color, double share) {
        return mix(color.getRGB() & 0xFFFFFF, 0xFFFFFF, 1 - share);
    }

    private static Color blend(int[] anchors, double fraction) {
        double at = Math.max(0, Math.min(1, fraction)) * (anchors.length - 1);
        int below = Math.min((int) at, anchors.length - 2);
        return mix(anchors[below], anchors[below + 1], at - below);
    }

    private static Color mix(int from, int to, double share) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            rgb |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return new Color(rgb);
    }
}
