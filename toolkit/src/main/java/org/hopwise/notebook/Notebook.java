package org.hopwise.notebook;

import java.util.UUID;
import org.hopwise.internal.javadoc.Sources;
import org.hopwise.internal.machine.TableStart;

/** The notebook that this code runs in, if it runs in one. */
public final class Notebook {

    /** The kernel that knows; a virtual machine may run one after another. */
    private static KernelLink registered;

    private Notebook() {}

    /**
     * Makes the running kernel show figures, tables and claims richly when they are the last expression of a cell. The
     * kernels that the project sets up do this at their start; call it in a kernel installed otherwise. Does nothing
     * when called again and outside a notebook.
     */
    public static synchronized void register() {
        KernelLink.running().filter(link -> !link.equals(registered)).ifPresent(link -> {
            TableStart.load();
            link.register();
            ParentWatch.start();
            registered = link;
        });
    }

    /**
     * Shows what a type is and what it can do: its Javadoc comment, and each public method with its first sentence. In
     * the toolkit's own notebooks Shift-Tab inside a call does so for that call. Does nothing outside a notebook.
     *
     * @param type any type, such as {@code Penalty.class}; without its sources beside the class path only signatures
     *     show
     */
    public static void help(Class<?> type) {
        KernelLink.running()
                .ifPresent(
                        link -> link.display(UUID.randomUUID().toString(), HelpPage.of(type, Sources.ofClassPath())));
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
