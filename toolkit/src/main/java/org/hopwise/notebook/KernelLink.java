package org.hopwise.notebook;

import java.util.Optional;

/** What the toolkit asks of the kernel that it runs in. */
interface KernelLink {

    /** Makes the kernel show the types in {@link Renderers} richly. */
    void register();

    /** Shows an output in the running cell; later updates name it by its id. */
    void display(String id, MimeBundle bundle);

    /** Replaces the output of that id, wherever it stands. */
    void update(String id, MimeBundle bundle);

    /** The kernel of this Java virtual machine, or nothing outside a notebook. */
    static Optional<KernelLink> running() {
        return IJavaLink.find();
    }
}
