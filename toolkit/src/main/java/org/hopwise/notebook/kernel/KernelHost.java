package org.hopwise.notebook.kernel;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Serves one kernel after another in this Java virtual machine, so that notebooks which are executed in a row share what
 * it has loaded and compiled, and nothing else: each has a kernel, a JShell and ports of its own.
 */
final class KernelHost {

    private static final String CLASS_PATH = "java.class.path";

    /** A line of JSON: Jupyter's connection file, and the system properties that this kernel shall see. */
    private record Request(String connection, Map<String, String> properties) {}

    private KernelHost() {}

    /** Serves the requests on standard input to its end. A connection file is removed when its kernel is gone. */
    static void serve() throws Exception {
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setIn(InputStream.nullInputStream());
        String classPath = System.getProperty(CLASS_PATH);
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            Request request = new Gson().fromJson(line, Request.class);
            request.properties().forEach(System::setProperty);
            Path connection = Path.of(request.connection());
            KernelMain.run(connection);
            if (isAtWork()) {
                // The next notebook is better off elsewhere.
                break;
            }
            System.setProperty(CLASS_PATH, classPath);
            Thread.currentThread().setContextClassLoader(KernelHost.class.getClassLoader());
            // What the notebook leaves is given back, so that the memory of the next one is its own.
            System.gc();
            Files.deleteIfExists(connection);
        }
        System.exit(0);
    }

    /** Whether code of a cell still runs, such as that of a thread which the notebook began. */
    private static boolean isAtWork() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().startsWith("REPL."));
    }
}
