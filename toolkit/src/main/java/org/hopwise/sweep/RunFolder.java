package org.hopwise.sweep;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hopwise.Provenance;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.internal.machine.Hash;

/**
 * The finished runs of a sweep, one file each: {@code run-} and a hash of all that determines the run. A file holds that
 * list (so that a reader can see which run it is), the rows, and a hash of both (so that no damaged one is believed).
 */
final class RunFolder {

    private static final String SET_ASIDE = "set-aside";
    private static final String NAME = "run-[0-9a-f]{32}\\.json";
    private static final String TOOLKIT = "hopwise";

    private final Path folder;
    private final String version;
    private final NavigableMap<String, JsonElement> settings;
    private final Map<String, Run> kept = new HashMap<>();
    private final List<String> setAside = new ArrayList<>();

    private RunFolder(Path folder, String version, NavigableMap<String, JsonElement> settings) {
        this.folder = folder;
        this.version = version;
        this.settings = settings;
    }

    /** Reads what is there and moves aside what cannot be used. */
    static RunFolder open(Path folder, String version, NavigableMap<String, JsonElement> settings) {
        RunFolder opened = new RunFolder(folder, version, settings);
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("it may not be written to");
            }
            for (Path file : opened.files()) {
                opened.read(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(
                    "folder %s cannot keep the runs of a sweep (%s); choose a folder that you may write to."
                            .formatted(folder, fault),
                    fault);
        }
        return opened;
    }

    /** Other files are not ours to touch. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(NAME))
                    .sorted()
                    .toList();
        }
    }

    private void read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            JsonObject content = Run.whole(Files.readString(file, StandardCharsets.UTF_8));
            JsonObject key = content.getAsJsonObject("run");
            String writer = key.get(TOOLKIT).getAsString();
            if (!writer.equals(version)) {
                setAside(file, "written by Hopwise %s; this is %s".formatted(writer, version));
            } else if (!name.equals(name(key.toString()))) {
                setAside(file, "the file of another run under this name");
            } else {
                kept.put(name, Run.fromJson(content));
            }
        } catch (NoSuchFileException gone) {
            // Another sweep in this folder has set it aside.
        } catch (IOException | RuntimeException unreadable) {
            setAside(file, "half-written, damaged or not made by a sweep");
        }
    }

    private void setAside(Path file, String why) throws IOException {
        Path aside = Files.createDirectories(folder.resolve(SET_ASIDE));
        String name = file.getFileName().toString();
        Path target = aside.resolve(name);
        for (int copy = 2; Files.exists(target); copy++) {
            target = aside.resolve(name + "." + copy);
        }
        try {
            Files.move(file, target);
        } catch (NoSuchFileException gone) {
            return;
        }
        setAside.add(name + ": " + why);
    }

    /** The run of these determinants, if it is there. */
    Optional<Run> find(String key) {
        return Optional.ofNullable(kept.get(name(key)));
    }

    /** Writes the file of a run. */
    void keep(String key, String content) {
        AtomicFiles.write(folder, Map.of(name(key), content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Which files were moved aside, and why. */
    List<String> setAside() {
        return List.copyOf(setAside);
    }

    /** All that determines a run, by name, so that the order of axes and settings does not matter. */
    String key(SweepPoint point) {
        NavigableMap<String, Object> axes = new TreeMap<>(point.values());
        JsonObject key = new JsonObject();
        Provenance.current().entries().forEach(key::addProperty);
        key.addProperty(TOOLKIT, version);
        key.add("axes", object(axes.keySet(), axis -> Description.of("axis '" + axis + "'", axes.get(axis))));
        key.add("settings", object(settings.keySet(), settings::get));
        key.addProperty("seed", point.seed().value());
        return key.toString();
    }

    private static JsonObject object(Set<String> names, Function<String, JsonElement> value) {
        JsonObject object = new JsonObject();
        names.forEach(name -> object.add(name, value.apply(name)));
        return object;
    }

    private static String name(String key) {
        return "run-" + Hash.of(key).substring(0, 32) + ".json";
    }
}
