package org.hopwise.io;

import org.junit.jupiter.api.Tag;

/** Ten thousand damaged edge lists, matrices and GraphML files. */
@Tag("slow")
class WiringMutationsTest extends WiringMutationTest {

    @Override
    int times() {
        return 10_000;
    }
}
