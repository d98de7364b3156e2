package org.hopwise.io;

import org.hopwise.io.ArrayMutationTest.Numbers;
import org.junit.jupiter.api.Tag;

/** Nine thousand damaged edge lists, matrices and GraphML files, ten with those of {@link WiringMutationTest}. */
@Tag("slow")
class WiringMutationsTest extends WiringMutationTest {

    @Override
    Numbers numbers() {
        return new Numbers(1_000, 10_000);
    }
}
