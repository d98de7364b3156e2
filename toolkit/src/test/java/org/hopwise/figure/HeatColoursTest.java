package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class HeatColoursTest {

    private static String svg(double... values) {
        StringColumn x = StringColumn.create("x");
        StringColumn y = StringColumn.create("y");
        for (int i = 0; i < values.length; i++) {
            x.append("x" + i);
            y.append("y");
        }
        return Figure.heatmap(Table.create("t", x, y, DoubleColumn.create("v", values)), "x", "y", "v")
                .svg();
    }

    private static String css(Color c) {
        return "fill:rgb(%d,%d,%d)".formatted(c.getRed(), c.getGreen(), c.getBlue());
    }

    @Test
    void zeroIsWhiteAmongSignedValues() {
        assertEquals(Color.WHITE, Palette.diverging(0.5));
    }

    @Test
    void equalMagnitudesOfBothSignsAreAboutEquallyLight() {
        for (double t = 0; t < 0.5; t += 0.05) {
            assertEquals(luminance(Palette.diverging(t)), luminance(Palette.diverging(1 - t)), 0.1);
        }
    }

    @Test
    void signedLimitsAreSymmetric() {
        // The largest magnitude is negative, so only it reaches the end of the scale.
        String svg = svg(-4, 1);
        assertTrue(svg.contains(css(Palette.diverging(0))));
        assertTrue(svg.contains(css(Palette.diverging(0.5 + 0.125))));
    }

    @Test
    void aValueOneRoundingBelowTheUpperEndHasTheLastColour() {
        Table t = Table.create(
                "t",
                StringColumn.create("x", "a", "b"),
                StringColumn.create("y", "c", "c"),
                DoubleColumn.create("v", Math.nextDown(1.0), -0.5));
        String svg = Figure.heatmap(t, "x", "y", "v").limits(-1, 1).svg();
        assertTrue(svg.contains(css(Palette.diverging(1))));
    }

    @Test
    void largerValuesOfOneSignAreLighter() {
        for (int i = 0; i < 20; i++) {
            assertTrue(luminance(Palette.sequential(i / 20.0)) < luminance(Palette.sequential((i + 1) / 20.0)));
        }
    }

    @Test
    void onlyMapsWithMissingCellsHaveALegendForThem() {
        assertTrue(svg(1, Double.NaN, 2).contains(">missing<"));
        assertTrue(svg(1, Double.NaN, 2).contains(css(Palette.MISSING)));
        assertFalse(svg(1, 2, 3).contains(">missing<"));
    }

    private static double luminance(Color c) {
        return (0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue()) / 255;
    }
}
