package org.hopwise.notebook;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;

/** Runs notebook cells in this Java virtual machine, on its class path, as a kernel would but without Jupyter. */
final class CellRunner implements AutoCloseable {

    /** What IJava and its kin import in every notebook. */
    private static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.prefs.*",
            "java.util.regex.*");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JShell shell;

    CellRunner() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = JShell.builder()
                .executionEngine(new LocalExecutionControlProvider(), null)
                .out(out)
                .err(out)
                .build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        for (String name : IMPORTS) {
            run("import " + name + ";").ifPresent(fault -> {
                throw new IllegalStateException(fault);
            });
        }
    }

    /** Runs one cell; returns what went wrong, if something did. */
    Optional<String> run(String cell) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream kept = new PrintStream(printed, true, StandardCharsets.UTF_8);
        // Cells print, tests must not.
        System.setOut(kept);
        System.setErr(kept);
        try {
            return runStatements(cell);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Optional<String> runStatements(String cell) {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        String rest = cell;
        while (!rest.isBlank()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            if (!next.completeness().isComplete()) {
                return Optional.of("incomplete code: " + firstLine(rest));
            }
            for (SnippetEvent event : shell.eval(next.source())) {
                Optional<String> fault = fault(event);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            rest = next.remaining();
        }
        return Optional.empty();
    }

    private Optional<String> fault(SnippetEvent event) {
        if (event.exception() != null) {
            return Optional.of(message(event.exception()) + " at: "
                    + firstLine(event.snippet().source()));
        }
        if (event.status() == Snippet.Status.REJECTED || event.status().name().startsWith("RECOVERABLE")) {
            String errors = shell.diagnostics(event.snippet())
                    .filter(Diag::isError)
                    .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                    .collect(Collectors.joining("; "));
            String unresolved = errors.isEmpty() ? "a name is not defined" : errors;
            return Optional.of("does not compile: " + unresolved + " at: "
                    + firstLine(event.snippet().source()));
        }
        return Optional.empty();
    }

    private static String message(JShellException exception) {
        String type = exception instanceof EvalException thrown
                ? thrown.getExceptionClassName()
                : exception.getClass().getName();
        return type + ": " + exception.getMessage();
    }

    private static String firstLine(String code) {
        return code.strip().lines().findFirst().orElse("");
    }

    /** All that the cells have printed. */
    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        shell.close();
    }
}
