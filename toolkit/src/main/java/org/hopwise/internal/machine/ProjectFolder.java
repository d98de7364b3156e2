package org.hopwise.internal.machine;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's notebooks and data are. */
public final class ProjectFolder {

    private ProjectFolder() {}

    /**
     * The project's folder: the system property {@code hopwise.root}, else the nearest folder at or above the working
     * directory that holds both {@code notebooks} and {@code pom.xml}, else the working directory.
     *
     * @return the folder, absolute
     */
    public static Path current() {
        String setting = System.getProperty("hopwise.root");
        return setting == null || setting.isBlank()
                ? above(Path.of("").toAbsolutePath())
                : Path.of(setting.trim()).toAbsolutePath().normalize();
    }

    static Path above(Path working) {
        for (Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("notebooks")) && Files.isRegularFile(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        return working;
    }
}
