package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepKillTest {

    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void aSweepKilledTenTimesEndsWithTheTableOfAnUndisturbedOne() throws IOException, InterruptedException {
        String undisturbed = KilledSweep.SWEEP.run(KilledSweep::mean).printAll();
        Draws random = new Draws(Seed.of(9).named("kills"));
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start();
            // After the first of these it has said how many runs were there, after each other one more run.
            int reports = 2 + (int) (10 * random.uniform());
            for (int report = 0; report < reports; report++) {
                assertEquals('.', child.getInputStream().read(), "the sweep ended before kill " + kill);
            }
            child.waitFor((long) (20_000 * random.uniform()), TimeUnit.MICROSECONDS);
            child.destroyForcibly().waitFor();
        }
        int kept = files().size();
        assertTrue(kept >= KILLS && kept < KilledSweep.RUNS, kept + " runs were kept");
        assertEquals(
                undisturbed, KilledSweep.SWEEP.in(folder).run(KilledSweep::mean).printAll());
        assertEquals(KilledSweep.RUNS, files().size());
        assertFalse(Files.exists(folder.resolve("set-aside")), "no file was ever half-written");
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSweep.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
