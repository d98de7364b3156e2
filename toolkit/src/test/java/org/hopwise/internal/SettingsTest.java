package org.hopwise.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.hopwise.Provenance;
import org.hopwise.Seed;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private record Oven(double heat, String shelf, Seed seed) {
        private Oven {
            Check.positive("heat", heat);
        }
    }

    private static final Oven OVEN = new Oven(180, "middle", Seed.of(3));

    @Test
    void aCopyDiffersInOneSettingOnly() {
        assertEquals(new Oven(180, "top", Seed.of(3)), Settings.with(OVEN, "shelf", "top"));
        assertEquals(new Oven(180, "middle", Seed.of(3)), OVEN);
    }

    @Test
    void namesThatARecordDoesNotHaveAreRefused() {
        assertThrows(IllegalStateException.class, () -> Settings.with(OVEN, "shelves", 2));
    }

    @Test
    void textAndProvenanceHaveAllSettingsInTheirOrder() {
        assertEquals("heat 180.0, shelf middle, seed 3", Settings.text(OVEN));
        assertEquals(
                Map.of("heat", "180.0", "shelf", "middle", "seed", "3"),
                Settings.add(OVEN, new Provenance(Map.of())).entries());
    }
}
