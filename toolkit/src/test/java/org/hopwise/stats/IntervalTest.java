package org.hopwise.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void boundsInTheWrongOrderAreRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> new Interval(1, 2, 0, 0.95, 3));
        assertEquals(
                "interval runs from 2.0 to 0.0; low must not exceed high, or both must be NaN.", error.getMessage());
    }

    @Test
    void aLevelOfOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Interval(1, 0, 2, 1, 3));
    }

    @Test
    void itReadsAsEstimateBoundsAndCount() {
        assertEquals("0.5000 [0.2500, 0.7500], n = 4", new Interval(0.5, 0.25, 0.75, 0.95, 4).toString());
    }
}
