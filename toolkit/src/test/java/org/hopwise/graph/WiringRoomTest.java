package org.hopwise.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hopwise.Seed;
import org.junit.jupiter.api.Test;

class WiringRoomTest {

    @Test
    void aRandomWiringThatCannotFitIsRefusedBeforeItsNamesAreMade() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Wiring.random(2_000_000_000, 2_000_000_000, Seed.of(1)));
        assertTrue(refusal.getMessage().startsWith("The names of 2000000000 units need "), refusal.getMessage());
    }
}
