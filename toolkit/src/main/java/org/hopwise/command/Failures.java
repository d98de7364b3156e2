package org.hopwise.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.StoppedException;
import org.hopwise.graph.DivergentWalksException;
import picocli.CommandLine;

/** Exit codes of what goes wrong. */
final class Failures {

    static final int FAULT = 1;
    static final int FILE = 3;
    static final int ANALYSIS = 4;
    static final int INTERRUPTED = 130;

    private Failures() {}

    /** One sentence on standard error, and the exit code. */
    static int report(Exception failure, PrintWriter err) {
        if (failure instanceof CommandLine.ParameterException usage) {
            err.println("hopwise: " + usage.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        // A file that is being read when the thread is interrupted is closed under its reader.
        boolean stopped =
                failure instanceof StoppedException || Thread.currentThread().isInterrupted();
        if (stopped) {
            err.println("hopwise: interrupted; finished draws are kept, go on with --resume.");
            return INTERRUPTED;
        }
        if (failure instanceof FileRefusedException refused) {
            err.println("hopwise: " + refused.kind() + ": " + refused.getMessage());
            boolean analysis = refused.kind() == Kind.AMBIGUOUS || refused.kind() == Kind.GATED;
            return analysis ? ANALYSIS : FILE;
        }
        if (failure instanceof DivergentWalksException || failure instanceof IllegalArgumentException) {
            err.println("hopwise: " + failure.getMessage());
            return ANALYSIS;
        }
        if (failure instanceof UncheckedIOException) {
            err.println("hopwise: " + failure.getMessage());
            return FAULT;
        }
        err.println("hopwise: " + failure);
        failure.printStackTrace(err);
        return FAULT;
    }
}
