package org.hopwise.notebook.kernel;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.hopwise.notebook.Notebook;

/** Makes any JJava that finds the toolkit on its class path show figures, tables and the toolkit's values richly. */
public final class HopwiseExtension implements Extension {

    /** For the kernel, which makes its extensions itself. */
    public HopwiseExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        Notebook.register();
    }
}
