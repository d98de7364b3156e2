package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;

/** Stands for the kernel's class of this name, on the kernel's real base library. */
public final class IJava extends BaseKernel {

    private static IJava instance;

    /**
     * Starts or ends the kernel.
     *
     * @param isRunning whether it shall run
     */
    public static void run(boolean isRunning) {
        instance = isRunning ? new IJava() : null;
    }

    /**
     * The kernel.
     *
     * @return the running kernel or null
     */
    public static IJava getKernelInstance() {
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
