package org.hopwise.command;

import org.hopwise.Seed;
import picocli.CommandLine.Option;

/** Where random numbers begin. */
final class SeedOption {

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of all random draws (${DEFAULT-VALUE})")
    long value;

    Seed seed() {
        return Seed.of(value);
    }
}
