package org.hopwise.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hopwise.ProgressListener.Progress;
import org.hopwise.Seed;
import org.hopwise.internal.array.Draws;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SweepFolderTest {

    @TempDir
    Path folder;

    private final AtomicInteger begun = new AtomicInteger();

    private Sweep sweep() {
        return Sweep.over("beta", List.of(0.1, 0.2, 0.3)).seeds(4).in(folder);
    }

    private Table draw(SweepPoint point) {
        begun.incrementAndGet();
        double drawn = new Draws(point.seed()).uniform() / point.number("beta");
        return Table.create(DoubleColumn.create("drawn", drawn, -drawn));
    }

    private List<Path> runFiles() throws IOException {
        return files(folder).filter(f -> f.toString().endsWith(".json")).toList();
    }

    private static Stream<Path> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void aRunWhoseFileIsThereIsNotRunAgain() throws IOException {
        String first = sweep().run(this::draw).printAll();
        String second = sweep().run(this::draw).printAll();
        assertEquals(12, begun.get());
        assertEquals(12, runFiles().size());
        assertEquals(first, second);
    }

    @Test
    void theTableIsTheSameWithAndWithoutAFolder() {
        String without = Sweep.over("beta", List.of(0.1, 0.2, 0.3))
                .seeds(4)
                .run(this::draw)
                .printAll();
        assertEquals(without, sweep().threads(1).run(this::draw).printAll());
        assertEquals(without, sweep().threads(5).run(this::draw).printAll());
    }

    @Test
    void aLargerGridRunsOnlyWhatIsNew() {
        sweep().run(this::draw);
        Sweep.over("beta", List.of(0.4, 0.3, 0.2, 0.1)).seeds(5).in(folder).run(this::draw);
        assertEquals(20, begun.get());
    }

    @Test
    void neitherTheOrderOfAxesNorOfSettingsMatters() {
        Table first = Sweep.over("beta", List.of(0.1))
                .and("alpha", List.of(0.5))
                .in(folder)
                .setting("a", 1)
                .setting("b", 2)
                .run(this::draw);
        Table second = Sweep.over("alpha", List.of(0.5))
                .and("beta", List.of(0.1))
                .setting("b", 2)
                .setting("a", 1)
                .in(folder)
                .run(this::draw);
        assertEquals(1, begun.get());
        assertEquals(first.column("drawn").asList(), second.column("drawn").asList());
    }

    @Test
    void everyKindOfCellComesBackExactly() {
        Table cells = Table.create(
                DoubleColumn.create("double", 0.1 + 0.2, Double.MIN_VALUE, -0.0, Double.NaN, Double.NEGATIVE_INFINITY),
                IntColumn.create("int", new Integer[] {Integer.MAX_VALUE, -1, 0, null, 7}),
                LongColumn.create("long", Long.MAX_VALUE, -1L, 0L, 1L, 2L),
                BooleanColumn.create("claim", new Boolean[] {true, false, null, true, false}),
                StringColumn.create("text", "NA", "", "\"ä\"\n\t{}", "1,000", " "));
        Sweep one = Sweep.over("beta", List.of(1)).in(folder);
        Table fresh = one.run(p -> cells);
        Table again = one.run(p -> {
            throw new AssertionError("run again");
        });
        for (Table table : List.of(fresh, again)) {
            for (String name : cells.columnNames()) {
                assertEquals(cells.column(name).type(), table.column(name).type());
                assertEquals(cells.column(name).asList(), table.column(name).asList(), name);
            }
        }
    }

    @Test
    void datesComeBackAsTheirTextsFromTheRunAndFromTheFolder() {
        for (int time = 0; time < 2; time++) {
            Table days = sweep().run(p -> Table.create(DateColumn.create("day", LocalDate.EPOCH)));
            assertEquals("1970-01-01", days.stringColumn("day").get(0));
        }
    }

    @Test
    void anotherSettingIsAnotherRun() throws IOException {
        sweep().setting("trials", 10).run(this::draw);
        sweep().setting("trials", 20).run(this::draw);
        sweep().setting("trials", 10L).run(this::draw);
        assertEquals(36, begun.get());
        assertEquals(36, runFiles().size());
    }

    @Test
    void tasksOfOneNameButOtherSettingsAreOtherRuns() {
        var tasks = List.of(
                Tasks.sparse(), Tasks.sparse().noise(0.5), Tasks.averaging().named("sparse"));
        for (int time = 0; time < 2; time++) {
            tasks.forEach(task -> Sweep.over("task", List.of(task)).in(folder).run(p -> {
                begun.incrementAndGet();
                return Table.create(DoubleColumn.create("x", 1));
            }));
        }
        assertEquals(3, begun.get());
    }

    @Test
    void trainersPenaltiesArraysAndTablesCanBeSettings() {
        Sweep described = sweep().setting("trainer", Trainer.adam(1e-3))
                .setting("penalty", Penalty.l1(1e-4))
                .setting("activation", Activation.TANH)
                .setting("widths", new double[] {1, 2})
                .setting("names", List.of("a, b"))
                .setting("table", Table.create(DoubleColumn.create("x", 1, 2)));
        described.run(this::draw);
        described.setting("trainer", Trainer.adam(1e-3)).run(this::draw);
        assertEquals(12, begun.get());
        described.setting("trainer", Trainer.adam(1e-3).batch(65)).run(this::draw);
        described.setting("widths", new double[] {1, 3}).run(this::draw);
        described.setting("names", List.of("a", "b")).run(this::draw);
        described.setting("table", Table.create(DoubleColumn.create("x", 1, 3))).run(this::draw);
        assertEquals(60, begun.get());
    }

    @Test
    void aSettingThatDoesNotSayWhatItIsIsRefused() {
        var network = RecurrentNetwork.random(Tasks.averaging(), 4, Activation.TANH, Seed.of(1));
        var refusal = assertThrows(IllegalArgumentException.class, () -> sweep().setting("start", network));
        assertTrue(refusal.getMessage().startsWith("setting 'start' is "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("toString"), refusal.getMessage());
    }

    @Test
    void anAxisThatDoesNotSayWhatItIsIsRefusedBeforeAnyRun() {
        Penalty own = Penalty.none().plus(new Penalty() {
            @Override
            public double cost(Weights weights) {
                return 0;
            }

            @Override
            public Weights gradient(Weights weights) {
                return weights;
            }
        });
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Sweep.over("penalty", List.of(own)).in(folder).run(this::draw));
        assertTrue(refusal.getMessage().startsWith("axis 'penalty' holds a value"), refusal.getMessage());
        assertEquals(0, begun.get());
    }

    @Test
    void aHalfWrittenFileIsSaidSetAsideAndRunAgain() throws IOException {
        String undisturbed = sweep().run(this::draw).printAll();
        Path half = runFiles().get(5);
        byte[] content = Files.readAllBytes(half);
        Files.write(half, Arrays.copyOf(content, content.length / 2));
        assertSetAsideAndRunAgain(half, "half-written", undisturbed);
    }

    @Test
    void aFileWithOneChangedDigitIsSaidSetAsideAndRunAgain() throws IOException {
        String undisturbed = sweep().run(this::draw).printAll();
        Path changed = runFiles().get(0);
        String content = Files.readString(changed);
        int digit = content.indexOf("0.") + 3;
        char other = content.charAt(digit) == '1' ? '2' : '1';
        Files.writeString(changed, content.substring(0, digit) + other + content.substring(digit + 1));
        assertSetAsideAndRunAgain(changed, "damaged", undisturbed);
    }

    @Test
    void aFileUnderTheNameOfAnotherRunIsSaidSetAsideAndRunAgain() throws IOException {
        String undisturbed = sweep().run(this::draw).printAll();
        Path taken = runFiles().get(1);
        Files.copy(runFiles().get(2), taken, StandardCopyOption.REPLACE_EXISTING);
        assertSetAsideAndRunAgain(taken, "another run", undisturbed);
    }

    private void assertSetAsideAndRunAgain(Path file, String why, String undisturbed) throws IOException {
        String name = file.getFileName().toString();
        byte[] content = Files.readAllBytes(file);
        List<Progress> heard = new ArrayList<>();
        assertEquals(undisturbed, sweep().listen(heard::add).run(this::draw).printAll());
        assertEquals(13, begun.get());
        assertEquals(11, heard.get(0).done());
        assertTrue(heard.get(0).detail().startsWith("11 there already; set aside " + name + ": "));
        assertTrue(heard.get(0).detail().contains(why), heard.get(0).detail());
        assertEquals("1 file set aside", heard.get(1).detail());
        Path aside = folder.resolve("set-aside").resolve(name);
        assertArrayEquals(content, Files.readAllBytes(aside));
    }

    @Test
    void runsOfAnotherVersionAreSaidSetAsideAndNeverMixedIn() throws IOException {
        sweep().version("0.1.0").run(this::draw);
        List<Progress> heard = new ArrayList<>();
        sweep().version("0.2.0").listen(heard::add).run(this::draw);
        assertEquals(24, begun.get());
        assertTrue(heard.get(0).detail().contains("written by Hopwise 0.1.0; this is 0.2.0"));
        assertEquals("12 files set aside", heard.get(12).detail());
        assertEquals(12, files(folder.resolve("set-aside")).count());
        assertEquals(12, runFiles().size());
    }

    @Test
    void whatWasSetAsideIsNeverOverwritten() throws IOException {
        for (int version = 1; version <= 3; version++) {
            sweep().version("1").run(this::draw);
            sweep().version("2").run(this::draw);
        }
        assertEquals(60, files(folder.resolve("set-aside")).count());
    }

    @Test
    void filesThatAreNotASweepsAreLeftAlone() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.json"), "{}");
        Path hidden = Files.writeString(folder.resolve(".run.part"), "");
        sweep().run(this::draw);
        assertTrue(Files.exists(notes) && Files.exists(hidden));
        assertFalse(Files.exists(folder.resolve("set-aside")));
    }

    @Test
    void aRunThatDivergedIsKeptWithItsAdvice() {
        var task = Tasks.averaging().size(4, 2).steps(3);
        Sweep hot = Sweep.over("rate", List.of(1e300, 1e-3)).in(folder);
        String first = hot.run(p -> {
                    var start = RecurrentNetwork.random(task, 4, Activation.TANH, p.seed());
                    var trained = Trainer.adam(p.number("rate")).updates(5).batch(4);
                    var loss = trained.train(start, task).history().toTable().doubleColumn("loss");
                    return Table.create(DoubleColumn.create("loss", loss.get(4)));
                })
                .printAll();
        List<Progress> heard = new ArrayList<>();
        assertEquals(first, hot.listen(heard::add).run(p -> null).printAll());
        assertTrue(first.contains("diverged"), first);
        assertEquals("2 there already", heard.get(0).detail());
    }

    @Test
    void whatWasFinishedBeforeAFailureIsKept() {
        assertThrows(
                IllegalStateException.class,
                () -> sweep().threads(1).run(p -> {
                    if (p.number("beta") == 0.3) {
                        throw new ArithmeticException("no root");
                    }
                    return draw(p);
                }));
        sweep().run(this::draw);
        assertEquals(12, begun.get());
    }

    @Test
    void aFolderThatIsAFileIsRefusedBeforeAnyRun() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        var refusal =
                assertThrows(UncheckedIOException.class, () -> sweep().in(file).run(this::draw));
        assertTrue(refusal.getMessage().contains("choose a folder"), refusal.getMessage());
        assertEquals(0, begun.get());
    }

    @Test
    void aFileSaysWhichRunItIs() throws IOException {
        Sweep.over("task", List.of(Tasks.sparse()))
                .in(folder)
                .setting("trials", 10)
                .run(p -> Table.create(DoubleColumn.create("x", 1)));
        String content = Files.readString(runFiles().get(0));
        assertTrue(content.contains("\"trials\":\"Integer 10\""), content);
        assertTrue(content.contains("HierarchicalTask " + Tasks.sparse()), content);
        assertTrue(content.contains("\"seed\":0"), content);
        assertTrue(content.contains("\"profile\":\"QUICK\""), content);
    }
}
