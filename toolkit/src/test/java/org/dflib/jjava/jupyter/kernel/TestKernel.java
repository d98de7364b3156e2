package org.dflib.jjava.jupyter.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** A kernel on JJava's real base library, without its JShell. */
public final class TestKernel extends BaseKernel {

    private TestKernel() {
        super(
                "test",
                "1",
                new LanguageInfo.Builder("java").build(),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                null,
                false,
                new StringStyler.Builder().build());
    }

    /**
     * Starts or ends the kernel.
     *
     * @param isRunning whether it shall run
     */
    public static void run(boolean isRunning) {
        notebookKernel = isRunning ? new TestKernel() : null;
    }

    @Override
    public Object evalRaw(String code) {
        return null;
    }

    @Override
    public DisplayData eval(String code) {
        return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean isDetailed) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }
}
