package org.dflib.jjava;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Stands for the kernel's class of this name, on the kernel's real base library. */
public final class JJava extends BaseKernel {

    private static JJava instance;

    /**
     * Starts or ends the kernel.
     *
     * @param isRunning whether it shall run
     */
    public static void run(boolean isRunning) {
        instance = isRunning ? new JJava() : null;
    }

    /**
     * The kernel.
     *
     * @return the running kernel or null
     */
    public static JJava getKernelInstance() {
        return instance;
    }

    @Override
    public DisplayData eval(String code) {
        return null;
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("java").build();
    }
}
