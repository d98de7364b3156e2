package org.hopwise.notebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** Starts the kernel: JJava, with a {@link KernelConnection} to Jupyter. */
public final class KernelMain {

    /** Jupyter's own look of a line in its log. */
    private static final String LOG_FORMAT = "[%4$.1s %1$tF %1$tT.%1$tL %3$s] %5$s%n";

    private KernelMain() {}

    /**
     * Starts the kernel and returns when the client ends it. Without an argument kernels are served one after another,
     * as lines on standard input ask for them; see {@link KernelHost}.
     *
     * @param arguments the path of the connection file that Jupyter wrote
     * @throws Exception if the connection file cannot be used, or JJava is not the one known here
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            throw new IllegalArgumentException("Give one argument: the path of Jupyter's connection file.");
        }
        System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
        if (arguments.length == 0) {
            KernelHost.serve();
        } else {
            run(Path.of(arguments[0]));
        }
    }

    /** One kernel from its start to its end. */
    static void run(Path connectionFile) throws Exception {
        var properties = KernelConnectionProperties.parse(Files.readString(connectionFile));
        BaseKernel kernel = JJava.build();
        kernel.onStartup();
        JJava.startUp(kernel);
        JShell shell = JJava.shell(kernel);
        var connection = new KernelConnection(properties, shell, kernel.getIO());
        kernel.becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
        // The kernel has closed its shell, which leaves the threads of the cells, and what they hold, for a minute.
        shell.stop();
    }
}
