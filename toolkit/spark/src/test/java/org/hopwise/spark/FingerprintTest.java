package org.hopwise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void saysWhatTellsMachinesApart() {
        Fingerprint here = Fingerprint.here();
        assertEquals(String.valueOf(Runtime.version().feature()), here.java());
        assertEquals("QUICK", here.profile());
        assertTrue(
                here.toString().matches("hopwise \\S+( [0-9a-f]{16})?, Java \\d+, .+, profile QUICK"), here::toString);
    }

    @Test
    void staysTheSameInOneMachine() {
        assertEquals(Fingerprint.here(), Fingerprint.here());
    }
}
