package org.hopwise.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.Provenance;
import org.hopwise.internal.machine.AtomicFiles;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** Where results go, and the record of where they come from. */
final class OutputOptions {

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "hopwise-results",
            description = "folder for the results (${DEFAULT-VALUE})")
    Path out;

    @Option(names = "--quiet", description = "no progress, no summary")
    boolean quiet;

    @Option(names = "--json", description = "print the provenance as JSON instead of a summary")
    boolean json;

    private final JsonObject provenance = new JsonObject();
    private final List<String> warnings = new ArrayList<>();

    /** Begins the record: file and checksum, version, Java, system. */
    void begin(Path file, List<String> notes) {
        provenance.addProperty("file", file.toString());
        provenance.addProperty("sha256", checksum(file));
        Provenance.current().entries().forEach(provenance::addProperty);
        notes.forEach(this::warn);
    }

    private static String checksum(Path file) {
        try (InputStream stream = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException failure) {
            throw new UncheckedIOException("%s cannot be read.".formatted(file), failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void record(String name, Object value) {
        provenance.add(
                name,
                new GsonBuilder().serializeSpecialFloatingPointValues().create().toJsonTree(value));
    }

    void warn(String note) {
        warnings.add(note);
    }

    /** Writes tables by file name, with the record, all or none. */
    void write(Map<String, Table> tables) {
        record("warnings", warnings);
        Map<String, byte[]> files = new LinkedHashMap<>();
        tables.forEach((name, table) -> files.put(name, Csv.bytes(table)));
        files.put("provenance.json", text().getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(out.toAbsolutePath(), files);
    }

    /** The record as JSON. */
    String text() {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeSpecialFloatingPointValues()
                        .create()
                        .toJson(provenance)
                + "\n";
    }

    /** What stands on standard output in the end. */
    String summary(String words) {
        if (json) {
            return text();
        }
        StringBuilder lines = new StringBuilder(quiet ? "" : words + System.lineSeparator());
        if (!quiet) {
            warnings.forEach(note -> lines.append("  ").append(note).append(System.lineSeparator()));
            lines.append("results in ").append(out).append(System.lineSeparator());
        }
        return lines.toString();
    }
}
