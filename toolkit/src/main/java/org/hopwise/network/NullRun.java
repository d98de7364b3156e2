package org.hopwise.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Seed;
import org.hopwise.internal.machine.Interruption;
import org.hopwise.sweep.Engine;

/**
 * Draws of a null model, measured one by one. They come from a fixed number of chains, each with its own seed and each one run
 * of an engine, so that neither the number of threads nor the machines change anything, and draw d is the same however many
 * follow it.
 */
final class NullRun {

    static final int CHAINS = 16;

    private static final double WORTH_SAYING = 10;

    /** The numbers of a draw, in any virtual machine. */
    interface Measure extends Function<NullChain.Draw, double[]>, Serializable {}

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
            Measure measure,
            NullSettings settings) {
        Seed chains = seed.named("null " + model.kind());
        // Before anything runs: a model that does not fit is refused, and a long run says how long it takes.
        NullChain first = model.chain(observed, chains.child(0));
        int used = Math.min(CHAINS, draws);
        String takes = first instanceof StrengthChain strength
                ? duration(strength.secondsADraw()
                        * draws
                        / Math.min(settings.engine().workers(), used))
                : "";
        String what = "null model " + model;
        settings.listener().progressed(new Progress(what, 0, draws, takes));
        List<KeptDraws> kept = IntStream.range(0, used)
                .mapToObj(chain ->
                        KeptDraws.in(settings.folder(), model + "-" + chain, fingerprint + " seed " + seed.value()))
                .toList();
        Chains job = new Chains(model, observed, draws, chains, measure, kept, what, settings);
        Taken taken = new Taken(job, kept, draws);
        try {
            settings.engine().run(job, taken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            Interruption.check();
        }
        return taken.result();
    }

    /** The chains as runs: a chain answers with the rows that it measured and with its notes. */
    private static final class Chains implements Engine.Job {

        private final NullModel model;
        private final NullChain.Draw observed;
        private final int draws;
        private final Seed seed;
        private final Measure measure;
        /** Rows that are there already, by chain. */
        private final double[][][] known;

        /** What happens here only: elsewhere nobody listens, keeps or asks. */
        private final transient Here here;

        private record Here(
                List<KeptDraws> kept,
                String what,
                NullSettings settings,
                AtomicInteger done,
                Map<Integer, Throwable> causes) {}

        Chains(
                NullModel model,
                NullChain.Draw observed,
                int draws,
                Seed seed,
                Measure measure,
                List<KeptDraws> kept,
                String what,
                NullSettings settings) {
            this.model = model;
            this.observed = observed;
            this.draws = draws;
            this.seed = seed;
            this.measure = measure;
            this.known = new double[kept.size()][][];
            for (int chain = 0; chain < kept.size(); chain++) {
                known[chain] = kept.get(chain).rows();
            }
            this.here = new Here(kept, what, settings, new AtomicInteger(), new ConcurrentHashMap<>());
        }

        @Override
        public int runs() {
            return known.length;
        }

        @Override
        public Engine.Answer attempt(int chain) {
            long start = System.nanoTime();
            try {
                ChainRows rows = rows(chain);
                return new Engine.Answer(chain, rows.toText(), null, System.nanoTime() - start);
            } catch (Throwable failure) {
                if (here != null) {
                    here.causes().put(chain, failure);
                }
                String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                return new Engine.Answer(chain, null, reason, System.nanoTime() - start);
            }
        }

        private ChainRows rows(int chain) {
            NullChain walk = model.chain(observed, seed.child(chain));
            List<double[]> rows = new ArrayList<>();
            int skipped = 0;
            try {
                for (int draw = chain; draw < draws; draw += CHAINS) {
                    int step = rows.size();
                    if (step < known[chain].length) {
                        rows.add(known[chain][step]);
                    } else {
                        for (; skipped < step; skipped++) {
                            walk.skip();
                        }
                        rows.add(measure.apply(walk.next()));
                        skipped++;
                        keep(chain, rows.get(step));
                    }
                    tell();
                }
            } finally {
                if (here != null) {
                    here.kept().get(chain).write();
                }
            }
            return new ChainRows(rows, skipped > 0 ? walk.notes() : List.of());
        }

        private void keep(int chain, double[] row) {
            if (here != null) {
                here.kept().get(chain).add(row);
            }
        }

        private void tell() {
            if (here != null) {
                here.settings()
                        .listener()
                        .progressed(new Progress(here.what(), here.done().incrementAndGet(), draws, ""));
            }
        }

        /** A chain that was measured elsewhere is kept and told here. */
        void take(int chain, ChainRows rows) {
            KeptDraws kept = here.kept().get(chain);
            int there = kept.rows().length;
            if (there >= rows.rows().size()) {
                return;
            }
            rows.rows().subList(there, rows.rows().size()).forEach(kept::add);
            kept.write();
            int done = here.done().addAndGet(rows.rows().size());
            here.settings().listener().progressed(new Progress(here.what(), done, draws, ""));
        }

        @Override
        public String toString() {
            return "%d chains of %s, %d draws".formatted(known.length, model, draws);
        }
    }

    /** Takes the chains' answers. */
    private static final class Taken implements Engine.Sink {

        private final Chains job;
        private final double[][] measured;
        private final List<List<String>> notes = new ArrayList<>();
        private int chains;
        private int failed = -1;
        private String failure;

        Taken(Chains job, List<KeptDraws> kept, int draws) {
            this.job = job;
            this.measured = new double[draws][];
            for (int chain = 0; chain < kept.size(); chain++) {
                notes.add(null);
            }
        }

        @Override
        public boolean take(Engine.Answer answer) {
            int chain = answer.run();
            if (answer.failure() != null) {
                failed = failed < 0 || chain < failed ? chain : failed;
                failure = failed == chain ? answer.failure() : failure;
            } else if (notes.get(chain) == null) {
                ChainRows rows = ChainRows.of(answer.kept());
                job.take(chain, rows);
                for (int step = 0; step < rows.rows().size(); step++) {
                    measured[chain + step * CHAINS] = rows.rows().get(step);
                }
                notes.set(chain, rows.notes());
                chains++;
            }
            return failed < 0;
        }

        @Override
        public void say(String detail) {
            job.here
                    .settings()
                    .listener()
                    .progressed(new Progress(job.here.what(), job.here.done().get(), measured.length, detail));
        }

        @Override
        public String toString() {
            return "answers to %s: %d of %d".formatted(job, chains, notes.size());
        }

        NullRun result() {
            if (failed >= 0) {
                Throwable cause = job.here.causes().get(failed);
                if (cause instanceof RuntimeException here) {
                    throw here;
                }
                if (cause instanceof Error here) {
                    throw here;
                }
                throw new IllegalStateException(
                        "chain %d of the %s failed: %s".formatted(failed, job.here.what(), failure));
            }
            if (chains < notes.size()) {
                throw new IllegalStateException("%s ended after %d of %d chains; run it again, or on threads."
                        .formatted(job.here.settings().engine(), chains, notes.size()));
            }
            return new NullRun(measured, worst(notes));
        }
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
