package org.hopwise.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Parallel;

/**
 * Draws of a null model, measured one by one. They come from a fixed number of chains, each with its own seed, so that the
 * number of threads changes nothing, and draw d is the same however many follow it.
 */
final class NullRun {

    static final int CHAINS = 16;

    private static final double WORTH_SAYING = 10;

    private final double[][] measured;
    private final List<String> notes;

    private NullRun(double[][] measured, List<String> notes) {
        this.measured = measured;
        this.notes = notes;
    }

    /** One row a draw. */
    double[][] measured() {
        return measured;
    }

    /** What the chains have to say. */
    List<String> notes() {
        return notes;
    }

    static NullRun of(
            NullModel model,
            NullChain.Draw observed,
            int draws,
            Seed seed,
            String fingerprint,
            Function<NullChain.Draw, double[]> measure,
            NullSettings settings) {
        Seed chains = seed.named("null " + model.kind());
        // Before anything runs: a model that does not fit is refused, and a long run says how long it takes.
        NullChain first = model.chain(observed, chains.child(0));
        String takes = first instanceof StrengthChain strength
                ? duration(strength.secondsADraw() * draws / Math.min(settings.threads(), Math.min(CHAINS, draws)))
                : "";
        String what = "null model " + model;
        settings.listener().progressed(new Progress(what, 0, draws, takes));
        double[][] measured = new double[draws][];
        AtomicInteger done = new AtomicInteger();
        List<List<String>> notes = new ArrayList<>();
        int used = Math.min(CHAINS, draws);
        for (int chain = 0; chain < used; chain++) {
            notes.add(List.of());
        }
        Parallel.run(settings.threads(), used, chain -> {
            KeptDraws kept =
                    KeptDraws.in(settings.folder(), model + "-" + chain, fingerprint + " seed " + seed.value());
            NullChain walk = model.chain(observed, chains.child(chain));
            int skipped = 0;
            int step = 0;
            try {
                for (int draw = chain; draw < draws; draw += CHAINS, step++) {
                    double[] row = kept.row(step);
                    if (row == null) {
                        for (; skipped < step; skipped++) {
                            walk.skip();
                        }
                        row = measure.apply(walk.next());
                        skipped++;
                        kept.add(row);
                    }
                    measured[draw] = row;
                    settings.listener().progressed(new Progress(what, done.incrementAndGet(), draws, ""));
                }
            } finally {
                kept.write();
            }
            if (skipped > 0) {
                notes.set(chain, walk.notes());
            }
        });
        return new NullRun(measured, worst(notes));
    }

    /** Chains say the same things with other numbers: the ones with the largest numbers stand for all. */
    private static List<String> worst(List<List<String>> notes) {
        List<String> all = new ArrayList<>();
        int lines = notes.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < lines; line++) {
            String worst = null;
            for (List<String> chain : notes) {
                String note = chain.size() > line ? chain.get(line) : null;
                if (note != null && (worst == null || number(note) > number(worst))) {
                    worst = note;
                }
            }
            all.add(worst);
        }
        return List.copyOf(new TreeSet<>(all));
    }

    private static double number(String note) {
        return Double.parseDouble(note.replaceAll("^[^0-9]*([0-9.eE+-]+) %.*$", "$1"));
    }

    private static String duration(double seconds) {
        if (seconds < WORTH_SAYING) {
            return "";
        }
        return seconds < 120
                ? String.format(Locale.ROOT, "takes about %.0f seconds", seconds)
                : String.format(Locale.ROOT, "takes about %.0f minutes", seconds / 60);
    }
}
