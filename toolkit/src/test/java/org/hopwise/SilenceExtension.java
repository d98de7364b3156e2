package org.hopwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.hopwise.internal.machine.TableStart;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test during which anything is written to standard output or error: the library never prints. */
public final class SilenceExtension implements BeforeEachCallback, AfterEachCallback {

    static {
        // Once, before any test: it takes seconds where tables load by themselves.
        TableStart.load();
    }

    private PrintStream out;
    private PrintStream err;
    private ByteArrayOutputStream heard;

    @Override
    public void beforeEach(ExtensionContext context) {
        out = System.out;
        err = System.err;
        heard = new ByteArrayOutputStream();
        PrintStream ear = new PrintStream(heard, true, StandardCharsets.UTF_8);
        System.setOut(ear);
        System.setErr(ear);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(out);
        System.setErr(err);
        assertEquals("", heard.toString(StandardCharsets.UTF_8), "a test printed");
    }
}
