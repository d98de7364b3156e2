package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void namedAndNumberedStreamsDiffer() {
        Set<Seed> seen = new HashSet<>();
        for (long value = 0; value < 50; value++) {
            seen.add(Seed.of(value).named("noise"));
            seen.add(Seed.of(value).named("weights"));
            for (int child = 0; child < 50; child++) {
                seen.add(Seed.of(value).child(child));
            }
        }
        assertEquals(50 * 52, seen.size());
    }

    @Test
    void aDerivedSeedIsTheSameOnEveryMachine() {
        assertEquals(Seed.of(7).named("noise"), Seed.of(7).named("noise"));
        assertNotEquals(Seed.of(7).named("noise"), Seed.of(8).named("noise"));
    }

    @Test
    void theProfileOfATestRunIsQuick() {
        assertEquals(Profile.QUICK, Profile.current());
        assertEquals(3, Profile.current().pick(3, 20));
    }

    @Test
    void aReferenceRunHasTheFullSizes() {
        assertEquals(20, Profile.REFERENCE.pick(3, 20));
    }

    @Test
    void anUnknownProfileIsRefusedWithTheKnownOnes() {
        String before = System.setProperty("hopwise.profile", "fast");
        try {
            var refusal = assertThrows(IllegalArgumentException.class, Profile::current);
            assertTrue(refusal.getMessage().contains("[QUICK, FULL, REFERENCE]"), refusal.getMessage());
        } finally {
            System.setProperty("hopwise.profile", before);
        }
    }
}
