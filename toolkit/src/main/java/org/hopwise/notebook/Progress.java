package org.hopwise.notebook;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.hopwise.ProgressListener;
import org.hopwise.internal.Texts;

/** Shows how far a long run is as one line in the notebook, updated in place. */
public final class Progress {

    /** At most five updates a second: more than that the eye does not see and the front end has to draw. */
    private static final long PAUSE_NANOS = 200_000_000;

    private Progress() {}

    /**
     * A listener that shows one line in the running cell: what runs, a bar, how much is done, the detail. It is safe to
     * share between threads. The line updates at most five times a second, and always when a run ends. Outside a
     * notebook the listener does nothing.
     *
     * @return a new line, which appears with the first progress
     */
    public static ProgressListener display() {
        Optional<KernelLink> kernel = KernelLink.running();
        return kernel.isPresent() ? new Line(kernel.get(), System::nanoTime) : progress -> {};
    }

    static MimeBundle line(ProgressListener.Progress progress) {
        long total = Math.max(progress.total(), 1);
        long done = Math.max(0, Math.min(progress.done(), total));
        String counts = String.format(Locale.ROOT, "%,d of %,d", progress.done(), progress.total());
        String detail = progress.detail().isEmpty() ? "" : ", " + progress.detail();
        String html = "<div>%s <progress max=\"%d\" value=\"%d\"></progress> %s</div>"
                .formatted(Texts.escaped(progress.what()), total, done, Texts.escaped(counts + detail));
        return MimeBundle.html(html, progress.what() + ": " + counts + detail);
    }

    /** One line in one cell. */
    static final class Line implements ProgressListener {

        private final KernelLink kernel;
        private final LongSupplier nanos;
        private final String id = UUID.randomUUID().toString();
        private boolean isShown;
        private long last;

        Line(KernelLink kernel, LongSupplier nanos) {
            this.kernel = kernel;
            this.nanos = nanos;
        }

        @Override
        public synchronized void progressed(ProgressListener.Progress progress) {
            long now = nanos.getAsLong();
            boolean isLast = progress.done() >= progress.total();
            if (!isShown) {
                kernel.display(id, line(progress));
            } else if (isLast || now - last >= PAUSE_NANOS) {
                kernel.update(id, line(progress));
            } else {
                return;
            }
            isShown = true;
            last = now;
        }
    }
}
