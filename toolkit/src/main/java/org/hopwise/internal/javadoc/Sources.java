package org.hopwise.internal.javadoc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Java sources of what is on the class path, as far as they are at hand: for {@code a/b.jar} these are
 * {@code a/b-sources.jar}, where Maven puts them, or {@code a/../sources/b-sources.jar}; for the JDK its {@code src.zip}.
 */
public final class Sources {

    private static final String ENDING = ".java";

    /** Where a source file lies: the archive and its name in there. */
    private record Place(Path archive, String entry) {}

    private final List<Path> archives;
    private final Map<String, Optional<SourceFile>> read = new ConcurrentHashMap<>();
    private Map<String, Place> places;

    private Sources(List<Path> archives) {
        this.archives = archives;
    }

    /** Those of the class path of this Java virtual machine, and the JDK's. */
    public static Sources ofClassPath() {
        List<Path> archives = new ArrayList<>();
        for (String jar : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (jar.endsWith(".jar")) {
                Path path = Path.of(jar).toAbsolutePath();
                String name = path.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar");
                archives.add(path.resolveSibling(name));
                archives.add(path.getParent().resolveSibling("sources").resolve(name));
            }
        }
        archives.add(Path.of(System.getProperty("java.home"), "lib", "src.zip"));
        return new Sources(archives.stream().filter(Files::isReadable).toList());
    }

    /** The file that declares a type, by its qualified name; nested types are in the file of the outermost. */
    public Optional<SourceFile> file(String type) {
        String outer = type;
        while (!outer.isEmpty()) {
            Place place = places().get(outer);
            if (place != null) {
                return read.computeIfAbsent(outer, name -> read(place));
            }
            outer = outer.substring(0, Math.max(0, outer.lastIndexOf('.')));
        }
        return Optional.empty();
    }

    /** Qualified names of the types of that simple name. */
    public List<String> qualified(String simple) {
        return places().keySet().stream()
                .filter(name -> name.endsWith("." + simple))
                .toList();
    }

    /** The packages of the toolkit and of its tables that have a type of that name. */
    public List<String> packagesWith(String type) {
        return open().filter(name -> name.endsWith("." + type))
                .map(Sources::packageOf)
                .toList();
    }

    /** Simple names of the types that a notebook may use. */
    public Set<String> types() {
        return open().map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The packages of the toolkit and of its tables. */
    public Set<String> packages() {
        return open().map(Sources::packageOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private java.util.stream.Stream<String> open() {
        return places().keySet().stream()
                .filter(name -> name.startsWith("org.hopwise.") || name.startsWith("tech.tablesaw.api."))
                .filter(name -> !name.contains(".internal.") && !name.endsWith("-info"));
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    private synchronized Map<String, Place> places() {
        if (places == null) {
            Map<String, Place> found = new TreeMap<>();
            for (Path archive : archives) {
                try (ZipFile zip = new ZipFile(archive.toFile())) {
                    zip.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.endsWith(ENDING))
                            .forEach(name -> {
                                // In the JDK's own archive the module stands before the package.
                                String path = name.replaceFirst("^(java|jdk)\\.[^/]*/", "");
                                String type = path.substring(0, path.length() - ENDING.length())
                                        .replace('/', '.');
                                found.putIfAbsent(type, new Place(archive, name));
                            });
                } catch (IOException unreadable) {
                    // Help without this archive is better than none.
                }
            }
            places = found;
        }
        return places;
    }

    private static Optional<SourceFile> read(Place place) {
        try (ZipFile zip = new ZipFile(place.archive().toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry(place.entry())).readAllBytes();
            return Optional.of(SourceFile.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
