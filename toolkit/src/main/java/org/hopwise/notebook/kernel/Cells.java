package org.hopwise.notebook.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.dflib.jjava.jupyter.messages.publish.PublishError;

/** The cell that runs, and what JShell tells of it. One cell runs at a time. */
final class Cells {

    private final CellErrors errors;
    private final List<SnippetEvent> events = new ArrayList<>();
    private final Object sending = new Object();
    private final Map<Thread, String> abandoned = new ConcurrentHashMap<>();
    private String code = "";
    private boolean isRunning;
    private StopOutcome stopped = StopOutcome.NOT_ASKED;
    private Explanation explained;

    /** How far a request to stop has come with the running cell. */
    enum StopOutcome {
        NOT_ASKED,
        /** The cell's thread was interrupted. */
        ASKED,
        /** It went on; the kernel no longer waits for it. */
        GIVEN_UP
    }

    Cells(JShell shell, NearNames names) {
        this.errors = new CellErrors(shell, names);
        var subscription = shell.onSnippetEvent(this::note);
        assert subscription != null;
    }

    private synchronized void note(SnippetEvent event) {
        events.add(event);
    }

    synchronized void begin(String cell) {
        code = cell;
        events.clear();
        explained = null;
        stopped = StopOutcome.NOT_ASKED;
        isRunning = true;
    }

    synchronized void end() {
        isRunning = false;
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    synchronized void stopped(StopOutcome outcome) {
        stopped = outcome;
    }

    /** What the user shall read in place of the kernel's words. */
    synchronized Explanation explain(PublishError error) {
        explained = stopped == StopOutcome.NOT_ASKED
                ? errors.explain(code, List.copyOf(events), error)
                : errors.explainStop(List.copyOf(events), stopped == StopOutcome.GIVEN_UP);
        return explained;
    }

    /** The last explanation of this cell, or null. */
    synchronized Explanation explained() {
        return explained;
    }

    /** Threads that are inside the code of a cell. */
    static List<Thread> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue()).anyMatch(Cells::isOfACell))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** JShell wraps each statement into a method of this name. */
    private static boolean isOfACell(StackTraceElement frame) {
        return frame.getMethodName().equals("do_it$") && frame.getClassName().startsWith("REPL.");
    }

    /**
     * Sends something to Jupyter while no interrupt can hit: the library's channels close for ever when a thread is
     * interrupted inside them.
     */
    void undisturbed(Runnable send) {
        requireNotAbandoned();
        synchronized (sending) {
            boolean wasInterrupted = Thread.interrupted();
            try {
                send.run();
            } finally {
                if (wasInterrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** What these threads have to say is of no more use; one that says something ends. */
    void abandon(Collection<Thread> threads) {
        abandoned.keySet().removeIf(thread -> !thread.isAlive());
        threads.forEach(thread -> abandoned.put(thread, statementOf(thread.getStackTrace())));
    }

    /** A thread may meanwhile have come to its end and work for another cell. */
    private void requireNotAbandoned() {
        Thread thread = Thread.currentThread();
        String statement = abandoned.get(thread);
        if (statement == null) {
            return;
        }
        if (statement.equals(statementOf(thread.getStackTrace()))) {
            throw new Abandoned();
        }
        abandoned.remove(thread);
    }

    /** The class into which JShell has wrapped the statement that runs there; each has one of its own. */
    private static String statementOf(StackTraceElement[] trace) {
        return Arrays.stream(trace)
                .filter(Cells::isOfACell)
                .map(StackTraceElement::getClassName)
                .reduce("", (inner, outer) -> outer);
    }

    /** Thrown into the code of a cell that was stopped long ago; an error, since programs catch exceptions. */
    static final class Abandoned extends Error {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super("This cell was stopped.", null, false, false);
        }
    }

    /** Interrupts threads, none of them while it sends. */
    void interrupt(List<Thread> threads) {
        synchronized (sending) {
            threads.forEach(Thread::interrupt);
        }
    }
}
