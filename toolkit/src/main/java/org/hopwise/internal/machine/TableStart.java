package org.hopwise.internal.machine;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/**
 * Loads Tablesaw's tables in a third of the time. As its class loads, {@link Table} looks through every jar on the class
 * path for readers and writers, which are in Tablesaw's own jars; here it is shown only those.
 */
public final class TableStart {

    private static final String CLASS_PATH = "java.class.path";

    private TableStart() {}

    /** Call it while no other thread can ask for the class path: for a moment it is shorter. */
    public static void load() {
        String all = System.getProperty(CLASS_PATH, "");
        String own = Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(jar -> new File(jar).getName().startsWith("tablesaw"))
                .collect(Collectors.joining(File.pathSeparator));
        if (own.isEmpty()) {
            return;
        }
        System.setProperty(CLASS_PATH, own);
        // On a thread of its own: an interrupt in the middle, such as by Stop, would leave the class broken for good.
        // Any use of the class loads it.
        Thread loading = new Thread(Table::create, "hopwise-tables");
        loading.start();
        boolean wasInterrupted = false;
        while (loading.isAlive()) {
            try {
                loading.join();
            } catch (InterruptedException later) {
                wasInterrupted = true;
            }
        }
        System.setProperty(CLASS_PATH, all);
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
