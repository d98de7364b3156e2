package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopwise.FileRefusedException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Files that other libraries wrote, and what a reader must make of them; see foreign/README.md among the resources. */
public final class Foreign {

    private static final JsonObject EXPECTED = expected();

    private Foreign() {}

    private static JsonObject expected() {
        try {
            return JsonParser.parseString(Files.readString(file("expected.json")))
                    .getAsJsonObject()
                    .getAsJsonObject("files");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The path of a file there, whatever letters the folder of the build has. */
    public static Path file(String name) {
        try {
            return Path.of(Foreign.class.getResource("/foreign").toURI()).resolve(name);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static JsonObject of(String file) {
        return EXPECTED.getAsJsonObject(file);
    }

    /** All files. */
    static Set<String> all() {
        return EXPECTED.keySet();
    }

    /** The files of these formats. */
    static Stream<String> files(Set<String> formats) {
        return EXPECTED.keySet().stream()
                .filter(file -> formats.contains(of(file).get("format").getAsString()));
    }

    static boolean isRefused(String file, String stage) {
        return of(file).has("error") && of(file).get("stage").getAsString().equals(stage);
    }

    /** The reader must refuse the file with one of the kinds and all the words that are expected, within 64 MiB. */
    static void assertRefused(String file, Executable reading) {
        JsonObject expected = of(file);
        long before = Mutations.allocated();
        FileRefusedException refusal = Assertions.assertThrows(FileRefusedException.class, reading, file);
        long taken = Mutations.allocated() - before;
        assertTrue(taken < Mutations.MEMORY, "took %d bytes".formatted(taken));
        List<String> kinds = texts(expected.get("error"));
        assertTrue(kinds.contains(refusal.kind().toString()), refusal.kind() + ": " + refusal.getMessage());
        for (String word : texts(expected.get("says"))) {
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage() + " does not say " + word);
        }
        assertTrue(refusal.getMessage().length() < 500, refusal.getMessage());
    }

    static List<String> texts(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
