package org.hopwise.notebook;

import java.util.UUID;

/** The notebook that this code runs in, if it runs in one. */
public final class Notebook {

    private static boolean registered;

    private Notebook() {}

    /**
     * Makes the running kernel show figures, tables and claims richly when they are the last expression of a cell. The
     * kernels that the project sets up do this at their start; call it in a kernel installed otherwise. Does nothing
     * when called again and outside a notebook.
     */
    public static synchronized void register() {
        if (!registered) {
            KernelLink.running().ifPresent(link -> {
                TableStart.load();
                link.register();
                ParentWatch.start();
                registered = true;
            });
        }
    }

    /**
     * Shows a value in the middle of a cell as it would show at its end: a figure as a picture, a table as a formatted
     * table, anything else as text. Does nothing outside a notebook.
     *
     * @param value the value
     */
    public static void show(Object value) {
        KernelLink.running().ifPresent(link -> link.display(UUID.randomUUID().toString(), Renderers.render(value)));
    }
}
