package org.hopwise.command;

import picocli.CommandLine.Option;

/** How far walks go, and to which radius wiring is scaled. */
final class WalkOptions {

    @Option(names = "--hops", paramLabel = "N", defaultValue = "10", description = "number of hops (${DEFAULT-VALUE})")
    int hops;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "0.8",
            description = "fraction of the radius that wiring is scaled to (${DEFAULT-VALUE})")
    double alpha;

    /** Refuses bounds that no walk has. */
    void require(InputOptions input) {
        if (hops < 1 || !(alpha > 0)) {
            throw input.usage(
                    "--hops is %d, --alpha %s; hops must be 1 or more, alpha above 0.".formatted(hops, alpha));
        }
    }
}
