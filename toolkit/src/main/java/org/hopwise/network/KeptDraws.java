package org.hopwise.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hopwise.internal.machine.AtomicFiles;

/**
 * The measured draws of one chain in a file: a line that says of what, and one line a draw. The file is replaced whole, so a
 * run that is killed leaves finished draws only. A file of something else, or a damaged one, is made anew.
 */
final class KeptDraws {

    /** Draws are kept at most so often, since each time writes all of a chain. */
    private static final long BETWEEN_WRITES = 500_000_000L;

    private final Path folder;
    private final String name;
    private final String head;
    private final List<double[]> rows = new ArrayList<>();
    private long written;

    private KeptDraws(Path folder, String name, String head) {
        this.folder = folder;
        this.name = name;
        this.head = head;
    }

    /** Nothing is kept where the folder is null. */
    static KeptDraws in(Path folder, String name, String fingerprint) {
        KeptDraws kept = new KeptDraws(folder, "null-" + name.replace(' ', '-') + ".csv", "# " + fingerprint);
        if (folder != null && Files.isRegularFile(folder.resolve(kept.name))) {
            kept.read();
        }
        return kept;
    }

    private void read() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8);
            if (lines.isEmpty() || !lines.get(0).equals(head)) {
                return;
            }
            for (String line : lines.subList(1, lines.size())) {
                rows.add(Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s in %s cannot be read; delete it to begin anew.".formatted(name, folder), failure);
        } catch (NumberFormatException damaged) {
            rows.clear();
        }
    }

    /** The draws that are kept. */
    double[][] rows() {
        return rows.toArray(double[][]::new);
    }

    void add(double[] row) {
        rows.add(row);
        if (folder == null) {
            return;
        }
        long now = System.nanoTime();
        if (written == 0 || now - written >= BETWEEN_WRITES) {
            write();
            written = now;
        }
    }

    /** Writes what there is, also on the way out of a stopped call. */
    void write() {
        if (folder == null) {
            return;
        }
        StringBuilder text = new StringBuilder(head).append('\n');
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                text.append(i == 0 ? "" : ",").append(row[i]);
            }
            text.append('\n');
        }
        AtomicFiles.write(folder, Map.of(name, text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
