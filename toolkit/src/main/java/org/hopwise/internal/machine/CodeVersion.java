package org.hopwise.internal.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.hopwise.Provenance;

/** Which toolkit made a result: its version, and for a development build also a hash of its classes. */
public final class CodeVersion {

    private static final String CURRENT = of(Provenance.current().entries().get("hopwise"), CodeVersion.class);

    private CodeVersion() {}

    public static String current() {
        return CURRENT;
    }

    /** Released code is what its version says; development code changes under the same name. */
    static String of(String version, Class<?> type) {
        boolean released = !version.equals("development") && !version.endsWith("-SNAPSHOT");
        return released ? version : version + " " + hash(type).substring(0, 16);
    }

    private static String hash(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException(
                    "the toolkit's classes cannot be found, so that a sweep cannot tell whether the code has changed; put the jar on the class path, or run without a folder.");
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(place)) {
                return hashOfClasses(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return hashOfClasses(jar.getPath("/"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the toolkit's classes cannot be read: " + unreadable, unreadable);
        } catch (URISyntaxException odd) {
            throw new IllegalStateException("the toolkit's classes stand at no readable place: " + odd, odd);
        }
    }

    /** The same for a folder and for the jar made of it: names and bytes of all classes, by name. */
    static String hashOfClasses(Path root) throws IOException {
        MessageDigest digest = Hash.digest();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted((a, b) -> name(root, a).compareTo(name(root, b)))
                    .toList();
            for (Path file : classes) {
                digest.update(name(root, file).getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return Hash.hex(digest);
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
