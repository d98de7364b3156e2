package org.hopwise.io;

import org.junit.jupiter.api.Tag;

/** Nine thousand damaged files of arrays a format, ten with those of {@link ArrayMutationTest}. */
@Tag("slow")
class ArrayMutationsTest extends ArrayMutationTest {

    @Override
    Numbers numbers() {
        return new Numbers(1_000, 10_000);
    }
}
