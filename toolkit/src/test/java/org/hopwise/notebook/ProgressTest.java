package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hopwise.ProgressListener;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Screen screen = new Screen();
    private final AtomicLong clock = new AtomicLong();
    private final ProgressListener line = new Progress.Line(screen, clock::get);

    @Test
    void theFirstProgressShowsTheLineAndLaterOnesReplaceIt() {
        for (int done = 1; done <= 3; done++) {
            line.progressed(step(done));
            clock.addAndGet(250_000_000);
        }
        assertEquals(List.of("display 1", "update 2", "update 3"), screen.calls);
        assertEquals(1, screen.ids.size());
    }

    @Test
    void thousandUpdatesInASecondShowFiveOrSix() {
        for (int done = 1; done <= 1000; done++) {
            line.progressed(step(done));
            clock.addAndGet(1_000_000);
        }
        assertEquals(6, screen.calls.size());
        assertEquals("update 1000", screen.calls.get(5));
    }

    @Test
    void theEndShowsHoweverSoonItComes() {
        line.progressed(step(999));
        line.progressed(step(1000));
        assertEquals("update 1000", screen.calls.get(1));
    }

    @Test
    void threadsMayShareALine() {
        IntStream.rangeClosed(1, 1000).parallel().forEach(done -> line.progressed(step(done)));
        assertEquals(
                1,
                screen.calls.stream().filter(call -> call.startsWith("display")).count());
    }

    @Test
    void theLineHasABarAndEscapedText() {
        MimeBundle bundle = Progress.line(new ProgressListener.Progress("a<b", 1200, 3000, "loss 0.1"));
        assertEquals(
                "<div>a&lt;b <progress max=\"3000\" value=\"1200\"></progress> 1,200 of 3,000, loss 0.1</div>",
                bundle.data().get(MimeBundle.HTML));
        assertEquals("a<b: 1,200 of 3,000, loss 0.1", bundle.text());
    }

    @Test
    void outsideANotebookNothingHappens() {
        Progress.display().progressed(step(1));
        Notebook.register();
        Notebook.show("text");
        assertEquals(true, KernelLink.running().isEmpty());
    }

    private static ProgressListener.Progress step(int done) {
        return new ProgressListener.Progress("training", done, 1000, "");
    }

    /** Notes what would be shown. */
    private static final class Screen implements KernelLink {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final Set<String> ids = new HashSet<>();

        @Override
        public void register() {}

        @Override
        public void display(String id, MimeBundle bundle) {
            note("display", id, bundle);
        }

        @Override
        public void update(String id, MimeBundle bundle) {
            note("update", id, bundle);
        }

        private void note(String what, String id, MimeBundle bundle) {
            ids.add(id);
            calls.add(what + " "
                    + bundle.text()
                            .replaceAll("^training: ([\\d,]+) of.*", "$1")
                            .replace(",", ""));
        }
    }
}
