package org.hopwise.sweep;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.hopwise.StoppedException;
import org.hopwise.internal.Texts;

/** Takes the answers of an engine: keeps finished runs and counts them, and holds failures by the order of points. */
final class Answers implements Engine.Sink {

    private final Attempts attempts;
    private final Optional<RunFolder> store;
    private final Map<SweepPoint, Run> runs;
    private final Tally tally;
    private final TreeMap<Integer, Failure> failures = new TreeMap<>();

    /**
     * Why there is no table.
     *
     * @param message with the point
     * @param cause what was thrown, if that was in this virtual machine; else null
     */
    record Failure(String message, Throwable cause) {}

    /** Answers of these runs, which go to the others. */
    Answers(Attempts attempts, Optional<RunFolder> store, Map<SweepPoint, Run> runs, Tally tally) {
        this.attempts = attempts;
        this.store = store;
        this.runs = runs;
        this.tally = tally;
    }

    @Override
    public boolean take(Engine.Answer answer) {
        int number = Objects.checkIndex(answer.run(), attempts.runs());
        SweepPoint point = attempts.point(number);
        if (runs.containsKey(point) || failures.containsKey(number)) {
            return failures.isEmpty();
        }
        if (answer.failure() != null) {
            fail(number, answer.failure(), attempts.cause(number));
            return false;
        }
        try {
            Run run = Run.fromText(answer.kept());
            store.ifPresent(folder -> folder.keep(attempts.key(number), answer.kept()));
            runs.put(point, run);
            tally.add(run, answer.nanos());
        } catch (RuntimeException | Error fault) {
            fail(number, fault.getMessage() == null ? fault.toString() : fault.getMessage(), fault);
        }
        return failures.isEmpty();
    }

    private void fail(int number, String reason, Throwable cause) {
        String message = "the run at %s failed: %s".formatted(attempts.point(number), reason);
        failures.put(number, new Failure(message, cause));
    }

    @Override
    public void say(String detail) {
        tally.note(detail);
    }

    /** Whether a run was told to stop, without a word to the caller. */
    boolean isStopped() {
        return failures.values().stream().anyMatch(failure -> failure.cause() instanceof StoppedException);
    }

    /** The failure at the first of the points that have one, or a point that the engine left out. */
    Optional<Failure> failure() {
        if (!failures.isEmpty()) {
            return Optional.of(failures.firstEntry().getValue());
        }
        for (int number = 0; number < attempts.runs(); number++) {
            if (!runs.containsKey(attempts.point(number))) {
                fail(number, "the engine ended without an answer; run the sweep again, or on threads.", null);
                return Optional.of(failures.firstEntry().getValue());
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "answers to %s: %s, %s"
                .formatted(
                        Texts.count(attempts.runs(), "run"),
                        Texts.count(runs.size(), "table"),
                        Texts.count(failures.size(), "failure"));
    }
}
