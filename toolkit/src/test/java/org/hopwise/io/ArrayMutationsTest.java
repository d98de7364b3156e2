package org.hopwise.io;

import org.junit.jupiter.api.Tag;

/** Ten thousand damaged files of arrays a format. */
@Tag("slow")
class ArrayMutationsTest extends ArrayMutationTest {

    @Override
    int times() {
        return 10_000;
    }
}
