package org.hopwise.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.hopwise.FigureId;
import org.hopwise.Profile;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.internal.machine.OutputFolder;
import org.hopwise.internal.machine.ProjectFolder;
import org.hopwise.table.TypedCsv;
import tech.tablesaw.api.Table;

/**
 * The tables that a figure is drawn from and that take long to compute. Each is written to a file when it is computed;
 * with the profile REFERENCE it is read from a file that was kept, so that a figure is drawn again without training.
 */
public final class Results {

    private Results() {}

    /**
     * A table, computed or read back.
     *
     * <p>In QUICK and FULL the table is computed and written to {@code tables/<figureId>/<name>.csv} in the output
     * folder, the one that figures are saved in. In REFERENCE nothing is computed: the table comes from
     * {@code data/reference/<figureId>/<name>.csv} of the project and is copied to the output folder. The project
     * is the system property {@code hopwise.root}, else the nearest folder at or above the working directory that holds
     * {@code notebooks} and {@code pom.xml}.
     *
     * <p>The columns {@code outcome} and {@code advice} of a sweep are left out if every run finished, since they would say
     * the same in every row; where they stand, a run diverged.
     *
     * <p>With the environment variable {@code HOPWISE_UNFINISHED}, which {@code environment/figures} sets, sweeps inside
     * {@code compute} keep their finished runs in that folder, as if by {@link Sweep#in}, and a notebook that was killed
     * goes on where it was.
     *
     * <p>Either way the result is what the file says: the numbers to the last bit and the columns with their types, which
     * may be whole numbers, doubles, truth values and strings; others become these ({@link TypedCsv#kept}).
     *
     * @param figureId the figure's name, which is its notebook's: small letters, digits and underscores
     * @param name the table's name within the figure: small letters, digits and underscores
     * @param compute what gives the table in QUICK and FULL; at least one row
     * @return the table
     * @throws IllegalStateException if the profile is REFERENCE and no such table was kept
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static Table table(String figureId, String name, Supplier<Table> compute) {
        requireName("figureId", figureId);
        requireName("name", name);
        String text = Profile.current() == Profile.REFERENCE
                ? kept(figureId, name)
                : TypedCsv.write(
                        figureId + "/" + name, Rows.withoutIdleOutcome(Unfinished.table(figureId, name, compute)));
        Table table = TypedCsv.read(figureId + "/" + name, text);
        AtomicFiles.write(
                OutputFolder.current().resolve("tables").resolve(figureId),
                Map.of(name + ".csv", text.getBytes(StandardCharsets.UTF_8)));
        return table.setName(name);
    }

    /**
     * A table of a figure, computed or read back, as {@link #table(String, String, Supplier)} has it.
     *
     * @param figure the figure
     * @param name the table's name within the figure: small letters, digits and underscores
     * @param compute what gives the table in QUICK and FULL; at least one row
     * @return the table
     * @throws IllegalStateException if the profile is REFERENCE and no such table was kept
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public static Table table(FigureId figure, String name, Supplier<Table> compute) {
        return table(figure.name(), name, compute);
    }

    private static String kept(String figureId, String name) {
        Path project = ProjectFolder.current();
        Path file = Path.of("data", "reference", figureId, name + ".csv");
        try {
            return Files.readString(project.resolve(file));
        } catch (NoSuchFileException none) {
            throw new IllegalStateException(
                    "the profile is REFERENCE, but there is no %s in %s; compute it with environment/figures --profile full --keep %s, or use the profile QUICK or FULL."
                            .formatted(file, project, figureId),
                    none);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s in %s cannot be read (%s); restore it, or use the profile QUICK or FULL."
                            .formatted(file, project, failure.getMessage()),
                    failure);
        }
    }

    private static void requireName(String argument, String value) {
        if (!value.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "%s is '%s'; use small letters, digits and underscores only, such as fig2_recovery."
                            .formatted(argument, value));
        }
    }
}
