package org.hopwise.internal.machine;

import java.nio.file.Path;

/** Where results are written. */
public final class OutputFolder {

    private OutputFolder() {}

    /**
     * The output folder: the system property {@code hopwise.output}, else the environment variable
     * {@code HOPWISE_OUTPUT}, else {@code target/figures} under the nearest folder at or above the working directory
     * that holds both {@code notebooks} and {@code pom.xml}, else {@code target/figures} under the working directory.
     *
     * @return the folder, absolute; it may not exist yet
     */
    public static Path current() {
        String setting = System.getProperty("hopwise.output", System.getenv("HOPWISE_OUTPUT"));
        if (setting != null && !setting.isBlank()) {
            return Path.of(setting.trim()).toAbsolutePath().normalize();
        }
        return under(Path.of("").toAbsolutePath());
    }

    static Path under(Path working) {
        return ProjectFolder.above(working).resolve("target").resolve("figures");
    }
}
