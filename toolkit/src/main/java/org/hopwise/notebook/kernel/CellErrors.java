package org.hopwise.notebook.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import org.dflib.jjava.jupyter.messages.publish.PublishError;

/** Says what went wrong in a cell: where, in which line, and what may have been meant. */
final class CellErrors {

    /** Frames of libraries to show above the cell's own; more say nothing to who wrote the cell. */
    private static final int FRAMES = 6;

    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(\\w+) (\\w+)");
    private static final Pattern PLACE =
            Pattern.compile("location:\\s+(?:(?:class|interface|enum|record) ([\\w.]+)|variable \\w+ of type (\\S+))");

    private final JShell shell;
    private final NearNames names;

    CellErrors(JShell shell, NearNames names) {
        this.shell = shell;
        this.names = names;
    }

    Explanation explain(String code, List<SnippetEvent> events, PublishError error) {
        for (SnippetEvent event : events) {
            if (event.exception() != null) {
                return thrown(code, events, event.exception());
            }
            if (event.status() == Snippet.Status.REJECTED && event.causeSnippet() == null) {
                return doesNotCompile(code, event.snippet());
            }
        }
        if (error.getErrorName().equals("IncompleteSourceException")) {
            return incomplete(code);
        }
        return new Explanation(error.getErrorName(), error.getErrorMessage(), error.getStacktrace());
    }

    Explanation explainStop(List<SnippetEvent> events, boolean isGivenUp) {
        if (!isGivenUp) {
            String kept = events.stream()
                    .map(SnippetEvent::exception)
                    .filter(EvalException.class::isInstance)
                    .map(EvalException.class::cast)
                    .filter(exception -> exception.getExceptionClassName().startsWith("org.hopwise."))
                    .map(exception -> " " + exception.getMessage())
                    .findFirst()
                    .orElse("");
            return Explanation.line("Stopped", "Stopped." + kept);
        }
        return Explanation.line(
                "Stopped",
                Stop.hasForce()
                        ? "Stopped by force: this cell's code does not look at Thread.interrupted()."
                        : ("No longer waited for, but this cell's code goes on and keeps a core busy, since it does not"
                                        + " look at Thread.interrupted() and Java %d cannot end it. Restart the kernel"
                                        + " (Kernel > Restart Kernel).")
                                .formatted(Runtime.version().feature()));
    }

    private Explanation doesNotCompile(String code, Snippet snippet) {
        List<String> lines = new ArrayList<>();
        String first = "";
        CellText cell = new CellText(code, snippet.source());
        for (Diag diagnostic : shell.diagnostics(snippet).filter(Diag::isError).toList()) {
            long at = Math.max(diagnostic.getStartPosition(), 0);
            String where = cell.line(at).map(line -> "Line " + line + ": ").orElse("");
            String what = where + words(snippet, diagnostic);
            first = first.isEmpty() ? what : first;
            lines.add(Explanation.red(what));
            lines.addAll(cell.marked(at, Math.max(diagnostic.getEndPosition(), at + 1)));
        }
        Optional<String> bracket = Brackets.fault(code);
        if (bracket.isPresent()) {
            lines.add(0, Explanation.red(bracket.get()));
            first = bracket.get();
        }
        return new Explanation("CompilationException", first, lines);
    }

    private String words(Snippet snippet, Diag diagnostic) {
        String message = diagnostic.getMessage(Locale.ROOT);
        Matcher symbol = SYMBOL.matcher(message);
        if (message.startsWith("cannot find symbol") && symbol.find()) {
            String kind = symbol.group(1);
            String name = symbol.group(2);
            Matcher place = PLACE.matcher(message);
            String where =
                    place.find() ? " in " + simple(place.group(1) != null ? place.group(1) : place.group(2)) : "";
            String source = snippet.source();
            int from = (int) Math.max(diagnostic.getStartPosition(), 0);
            int to = (int) Math.min(Math.max(diagnostic.getEndPosition(), from), source.length());
            int at = source.lastIndexOf(name, Math.max(to - 1, 0));
            String meant = names.advice(source.substring(0, Math.max(at, from)), name, kind);
            return "there is no %s %s%s.%s".formatted(kind, name, where, meant);
        }
        Matcher missing = Pattern.compile("package ([\\w.]+) does not exist").matcher(message);
        if (missing.find()) {
            return message + "." + names.adviceForPackage(missing.group(1));
        }
        return message.lines()
                .filter(line -> !line.strip().startsWith("location:"))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    private static Explanation incomplete(String code) {
        String what = Brackets.fault(code).orElseGet(() -> {
            long lines = Math.max(1, code.stripTrailing().lines().count());
            return "Line " + lines + ": the cell ends in the middle of a statement.";
        });
        return Explanation.line("IncompleteSourceException", what);
    }

    private Explanation thrown(String code, List<SnippetEvent> events, JShellException exception) {
        if (exception instanceof UnresolvedReferenceException unresolved) {
            DeclarationSnippet snippet = unresolved.getSnippet();
            String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
            return Explanation.line(
                    "UnresolvedReferenceException",
                    "%s uses what is not defined yet: %s."
                            .formatted(snippet.source().lines().findFirst().orElse(""), missing));
        }
        List<String> lines = new ArrayList<>();
        String name = "";
        String message = "";
        for (Throwable fault = exception; fault != null; fault = fault.getCause()) {
            String type = fault instanceof EvalException thrown
                    ? thrown.getExceptionClassName()
                    : fault.getClass().getName();
            String text = simple(type) + (fault.getMessage() == null ? "" : ": " + fault.getMessage());
            if (name.isEmpty()) {
                name = simple(type);
                message = fault.getMessage() == null ? "" : fault.getMessage();
                lines.add(Explanation.red(text));
            } else {
                lines.add(Explanation.red("Caused by " + text));
            }
            lines.addAll(frames(code, events, fault.getStackTrace()));
        }
        return new Explanation(name, message, lines);
    }

    /** The way into the fault, down to the cell and no further. */
    private static List<String> frames(String code, List<SnippetEvent> events, StackTraceElement[] trace) {
        List<StackTraceElement> all = Arrays.asList(trace);
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            last = isOfACell(all.get(i)) ? i : last;
        }
        List<String> lines = new ArrayList<>();
        int end = last < 0 ? all.size() : last + 1;
        for (int i = 0; i < end; i++) {
            if (i >= FRAMES && i < end - 1) {
                lines.add("    … %,d more".formatted(end - 1 - i));
                i = end - 1;
            }
            lines.add("    at " + place(code, events, all.get(i)));
        }
        return lines;
    }

    private static String place(String code, List<SnippetEvent> events, StackTraceElement frame) {
        if (!isOfACell(frame)) {
            return frame.toString();
        }
        String id = frame.getFileName().substring(1);
        String method = frame.getMethodName().isEmpty() ? "" : frame.getMethodName() + ", ";
        return events.stream()
                .map(SnippetEvent::snippet)
                .filter(snippet -> snippet.id().equals(id))
                .findFirst()
                .flatMap(snippet -> new CellText(code, snippet.source()).lineOf(frame.getLineNumber()))
                .map(line -> method + "line " + line + " of this cell")
                .orElse(method + "an earlier cell");
    }

    /** JShell names a frame inside a cell by the number of the statement and gives it no class. */
    private static boolean isOfACell(StackTraceElement frame) {
        return frame.getFileName() != null && frame.getFileName().startsWith("#");
    }

    private static String simple(String type) {
        String plain = type.replaceAll("<.*", "");
        return plain.substring(plain.lastIndexOf('.') + 1);
    }
}
