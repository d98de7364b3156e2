package org.hopwise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class TableStartTest {

    @TempDir
    private Path folder;

    /** In a JVM of its own, where no table has been loaded yet. */
    @Test
    void tablesLoadedSoKnowTheirReadersAndLeaveTheClassPathAsItWasWhoeverInterrupts()
            throws IOException, InterruptedException {
        Path csv = Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\n3,4\n");
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName(),
                        csv.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        assertEquals(List.of("interrupted true", "2 rows, true"), Files.readAllLines(said));
        assertEquals(true, ended);
    }

    /** Loads tables and reads one by the ending of its name, which needs the readers found at the start. */
    static final class Start {

        private Start() {}

        public static void main(String[] files) {
            String before = System.getProperty("java.class.path");
            Thread loading = Thread.currentThread();
            AtomicBoolean isLoaded = new AtomicBoolean();
            Thread interrupting = new Thread(() -> {
                while (!isLoaded.get()) {
                    loading.interrupt();
                    LockSupport.parkNanos(5_000_000);
                }
            });
            interrupting.start();
            TableStart.load();
            isLoaded.set(true);
            while (interrupting.isAlive()) {
                Thread.onSpinWait();
            }
            System.out.println("interrupted " + Thread.interrupted());
            boolean same = before.equals(System.getProperty("java.class.path"));
            System.out.println(Table.read().file(files[0]).rowCount() + " rows, " + same);
        }
    }
}
