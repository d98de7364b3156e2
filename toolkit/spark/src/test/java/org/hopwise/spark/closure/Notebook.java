package org.hopwise.spark.closure;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Cells in the JDK's own JShell, inside this virtual machine, so that their objects can be had. */
public final class Notebook implements AutoCloseable {

    /** Where cells hand their objects over. */
    public static final AtomicReference<Object> HANDED = new AtomicReference<>();

    private final JShell shell = JShell.builder().executionEngine("local").build();

    Notebook() {
        cell("import java.io.*; import java.util.*; import java.util.function.*; import java.util.stream.*;");
        cell("import org.hopwise.spark.closure.Work;");
    }

    /** Runs a cell of any number of statements. */
    void cell(String code) {
        for (String left = code; !left.isBlank(); ) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(left);
            List<SnippetEvent> events = shell.eval(next.source());
            for (SnippetEvent event : events) {
                if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
                    throw new IllegalArgumentException(next.source() + ": " + event.exception()
                            + shell.diagnostics(event.snippet()).toList());
                }
            }
            left = next.remaining();
        }
    }

    /** The value of an expression, the object itself. */
    Object value(String expression) {
        cell("org.hopwise.spark.closure.Notebook.HANDED.set(%s);".formatted(expression));
        return HANDED.getAndSet(null);
    }

    /** Packs the work that an expression gives. */
    byte[] pack(String expression) {
        return PackedClosure.pack((Work) value(expression));
    }

    /** What the work of an expression returns where the notebook is not known. */
    Object away(String expression) throws Exception {
        return ((Callable<?>) PackedClosure.unpack(pack(expression))).call();
    }

    @Override
    public void close() {
        shell.close();
    }
}
