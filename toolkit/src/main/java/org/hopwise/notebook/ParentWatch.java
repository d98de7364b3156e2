package org.hopwise.notebook;

/** Ends the kernel when the Jupyter process that started it is gone, so that a killed run leaves no kernel behind. */
final class ParentWatch {

    private ParentWatch() {}

    /** Jupyter tells a kernel the process to watch in this variable; without it nothing is watched. */
    static void start() {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent == null || !parent.matches("\\d{1,18}")) {
            return;
        }
        ProcessHandle.of(Long.parseLong(parent)).ifPresent(process -> {
            // halt, not exit: hooks could wait for a client that no longer answers.
            var ending = process.onExit().thenRun(() -> Runtime.getRuntime().halt(0));
            assert !ending.isCancelled();
        });
    }
}
