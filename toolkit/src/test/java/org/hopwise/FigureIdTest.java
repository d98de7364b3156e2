package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FigureIdTest {

    @Test
    void claimsBeginWithTheFirstWordOfTheFigure() {
        assertEquals("fig2_recovery", FigureId.of("fig2_influence_recovers").claim("recovery"));
        assertEquals("fig2_recovery", FigureId.of("fig2").claim("recovery"));
    }

    @Test
    void itsTextIsTheName() {
        assertEquals("fig1_walks", FigureId.of("fig1_walks").toString());
    }

    @Test
    void aNameThatIsNoFileNameIsRefused() {
        assertEquals(
                "a figure's name is '../a'; use small letters, digits and underscores only, such as fig1_walks.",
                assertThrows(IllegalArgumentException.class, () -> FigureId.of("../a"))
                        .getMessage());
    }
}
