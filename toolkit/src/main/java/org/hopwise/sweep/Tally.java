package org.hopwise.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.hopwise.ProgressListener;
import org.hopwise.ProgressListener.Progress;

/** Counts runs and says how far a sweep is. */
final class Tally {

    private final ProgressListener listener;
    private final int total;
    private final int workers;
    private final int setAside;
    private String note = "";
    private int done;
    private int diverged;
    private int finishedHere;
    private long nanosHere;

    Tally(ProgressListener listener, int total, int workers, List<Run> kept, List<String> setAside) {
        this.listener = listener;
        this.total = total;
        this.workers = workers;
        this.setAside = setAside.size();
        done = kept.size();
        diverged = (int) kept.stream().filter(Run::isDiverged).count();
        if (done > 0 || !setAside.isEmpty()) {
            List<String> found = new ArrayList<>();
            found.add(done + " there already");
            setAside.forEach(file -> found.add("set aside " + file));
            say(String.join("; ", found));
        }
    }

    /** One more run, which took this long. */
    void add(Run run, long nanos) {
        done++;
        finishedHere++;
        nanosHere += nanos;
        diverged += run.isDiverged() ? 1 : 0;
        List<String> remarks = new ArrayList<>();
        if (done < total) {
            remarks.add(timeLeft());
        }
        if (diverged > 0) {
            remarks.add(diverged + " diverged");
        }
        if (setAside > 0) {
            remarks.add(setAside + (setAside == 1 ? " file" : " files") + " set aside");
        }
        if (!note.isEmpty()) {
            remarks.add(note);
        }
        say(String.join(", ", remarks));
    }

    /** Something that the engine has to say, now and with all runs to come. */
    void note(String detail) {
        note = detail;
        say(detail);
    }

    /** What became of the runs of a sweep that was told to stop, and how to go on. */
    String stopped(boolean isKept) {
        String kept = isKept
                ? "they are kept: run the same sweep again and it goes on from there."
                : "none is kept: give the sweep a folder, in(folder), and it goes on from there next time.";
        return "The sweep ended after %d of %d runs; %s".formatted(done, total, kept);
    }

    private void say(String detail) {
        listener.progressed(new Progress("sweep", done, total, detail));
    }

    /** The mean time of a run, so many times as the busiest worker still has to run. */
    private String timeLeft() {
        int rounds = (total - done + workers - 1) / workers;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanosHere / finishedHere * rounds) + 1;
        if (seconds < 90) {
            return seconds + " s left";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 90
                ? minutes + " min left"
                : String.format(Locale.ROOT, "%d h %02d min left", minutes / 60, minutes % 60);
    }
}
