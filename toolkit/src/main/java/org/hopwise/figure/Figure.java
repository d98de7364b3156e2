package org.hopwise.figure;

import com.google.gson.GsonBuilder;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hopwise.FigureId;
import org.hopwise.Profile;
import org.hopwise.Provenance;
import org.hopwise.internal.machine.AtomicFiles;
import org.hopwise.internal.machine.OutputFolder;
import tech.tablesaw.api.Table;

/**
 * A picture of a tidy table. Immutable: every setting returns a copy, so a cell that is run again gives the same
 * picture.
 *
 * <p>Sizes are in pixels of 1/96 inch. Categories and series appear in the order in which the table first names them.
 */
public final class Figure {

    /** Enough for print at half a page's width, and twice the pixels of a common screen. */
    private static final int SAVED_DPI = 200;

    private static final int MOST_DPI = 1200;
    private static final int MOST_PANELS = 26;

    private final List<Spec> panels;
    private final int columns;
    private final boolean isGrid;
    private final String title;
    private final String description;
    private final boolean isSaved;

    private Figure(List<Spec> panels, int columns, boolean isGrid, String title, String description) {
        this(panels, columns, isGrid, title, description, false);
    }

    private Figure(List<Spec> panels, int columns, boolean isGrid, String title, String description, boolean isSaved) {
        this.panels = panels;
        this.columns = columns;
        this.isGrid = isGrid;
        this.title = Columns.drawable(title);
        this.description = Columns.drawable(description);
        this.isSaved = isSaved;
    }

    private static Figure single(Spec spec) {
        return new Figure(List.of(spec), 1, false, spec.title, spec.description);
    }

    private static Figure create(Spec.Kind kind, Table t, String x, String y, String value) {
        Columns.named(t, x);
        Columns.named(t, y);
        Columns.named(t, value);
        Spec spec = new Spec(kind, t.copy(), x, y, value);
        spec.check();
        return single(spec);
    }

    /**
     * A heat map. With negative values the colours run from blue over white at 0 to brown, equally far on both sides;
     * else from dark blue to yellow. Cells without a value are grey.
     *
     * @param t one row a cell
     * @param x the column whose labels run across
     * @param y the column whose labels run down, the first on top
     * @param value the column of numbers that colour the cells
     * @return the figure
     */
    public static Figure heatmap(Table t, String x, String y, String value) {
        return create(Spec.Kind.HEATMAP, t, x, y, value);
    }

    /**
     * Lines through the rows in order of x, broken where y is missing.
     *
     * @param t one row a point
     * @param x the column across: numbers or categories
     * @param y the column of values
     * @return the figure
     */
    public static Figure lines(Table t, String x, String y) {
        return create(Spec.Kind.LINES, t, x, y, y);
    }

    /**
     * Points.
     *
     * @param t one row a point
     * @param x the column across: numbers or categories
     * @param y the column of values
     * @return the figure
     */
    public static Figure points(Table t, String x, String y) {
        return create(Spec.Kind.POINTS, t, x, y, y);
    }

    /**
     * Bars from zero.
     *
     * @param t one row a bar
     * @param category the column that names the bars
     * @param value the column of their lengths
     * @return the figure
     */
    public static Figure bars(Table t, String category, String value) {
        return create(Spec.Kind.BARS, t, category, value, value);
    }

    /**
     * Boxes after Tukey: the middle half, the median, whiskers to the furthest value within 1.5 box heights. Up to
     * twenty values a box are drawn as points too.
     *
     * @param t one row a value
     * @param group the column that names the boxes
     * @param value the column of values
     * @return the figure
     */
    public static Figure boxes(Table t, String group, String value) {
        return create(Spec.Kind.BOXES, t, group, value, value);
    }

    /**
     * A drawing of a network: units in layers from left to right, edges as arrows from source to target, as wide as their
     * modulus; positive ones solid and red, negative ones dashed and blue, those without a value thin and grey. Units of a
     * layer stand one below the other; a layer between the first and the last that has edges among its own units lies in
     * a row, and these edges are arcs. Up to twelve edges are labelled. The drawing is 700 pixels wide, and as high as it
     * needs, unless {@link #size} is set; without {@link #describe} its description lists up to twelve edges.
     *
     * @param edges one row an edge: {@code from} and {@code to}, names of units; {@code weight}
     * @param layers the names of the units of each layer, two layers or more
     * @return the figure
     */
    public static Figure network(Table edges, List<List<String>> layers) {
        Spec spec = new Spec(Spec.Kind.NETWORK, edges.copy(), "from", "to", "weight");
        Spec checked = spec.with(copy -> {
            copy.layers = layers.stream().map(List::copyOf).toList();
            copy.width = 700;
        });
        return single(checked.with(copy -> copy.height = NetworkBody.height(checked)));
    }

    /**
     * Marks edges of a drawing of a network; none unless set.
     *
     * @param units the units that a walk passes, in order
     * @return a copy with the setting
     */
    public Figure walk(String... units) {
        return set("walk", spec -> spec.walk = List.of(units));
    }

    /**
     * Tables one below the other, for a picture of both, such as measurements and a theory's {@link #line}. A cell is
     * empty where its table lacks the column.
     *
     * @param tables at least one
     * @return a new table with the columns of all
     */
    public static Table stack(Table... tables) {
        if (tables.length == 0) {
            throw new IllegalArgumentException("there are 0 tables; give at least 1.");
        }
        return PanelTables.stack(List.of(tables));
    }

    /**
     * Several figures in one, row by row, with letters A, B, C.
     *
     * @param columns how many stand side by side
     * @param panels 1 to 26 figures that are no grids themselves
     * @return the figure
     */
    public static Figure grid(int columns, Figure... panels) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns is %d; a grid needs at least 1.".formatted(columns));
        }
        if (panels.length < 1 || panels.length > MOST_PANELS) {
            throw new IllegalArgumentException(
                    "there are %d panels; a grid takes 1 to %d, one a letter.".formatted(panels.length, MOST_PANELS));
        }
        for (Figure panel : panels) {
            if (panel.isGrid) {
                throw new IllegalArgumentException("a panel is a grid itself; put its panels in one grid instead.");
            }
        }
        return new Figure(Stream.of(panels).map(panel -> panel.panels.get(0)).toList(), columns, true, "", "");
    }

    /**
     * Several figures in one, row by row, with letters A, B, C.
     *
     * @param columns how many stand side by side
     * @param panels 1 to 26 figures that are no grids themselves
     * @return the figure
     */
    public static Figure grid(int columns, List<Figure> panels) {
        return grid(columns, panels.toArray(Figure[]::new));
    }

    private Figure set(String setting, Consumer<Spec> change) {
        if (isGrid) {
            throw new IllegalStateException(
                    "%s does not fit a grid; set it on the panels before putting them together.".formatted(setting));
        }
        return single(panels.get(0).with(change));
    }

    /**
     * One series a distinct value of a column, each with its own colour and marker; one for all rows unless set.
     *
     * @param column the column's name
     * @return a copy with the setting
     */
    public Figure by(String column) {
        return set("by", spec -> spec.by = column);
    }

    /**
     * A band around lines, error bars on points and bars; none unless set.
     *
     * @param low the column of lower ends
     * @param high the column of upper ends
     * @return a copy with the setting
     */
    public Figure band(String low, String high) {
        return set("band", spec -> {
            spec.low = low;
            spec.high = high;
        });
    }

    /**
     * A line on points, such as a theory beside measurements, without markers and in the colour of its series; none
     * unless set. It goes through the rows that have a value in the column, in order of x. A series whose rows have only
     * this value is a line of its own.
     *
     * @param column the column of the line's values, in the table of the points
     * @return a copy with the setting
     */
    public Figure line(String column) {
        return set("line", spec -> spec.line = column);
    }

    /**
     * Values on points that others reported, such as dots read off a printed figure: open diamonds in the colour of the
     * series, for the rows that have a value in the column; none unless set. Beside a {@link #line} the points' own column
     * can be reported: then diamonds stand alone.
     *
     * @param column the column of reported values, in the table of the points
     * @return a copy with the setting
     */
    public Figure reported(String column) {
        return set("reported", spec -> spec.reported = column);
    }

    /**
     * The title above the picture; none unless set.
     *
     * @param title a short line, best the question that the picture answers
     * @return a copy with the setting
     */
    public Figure title(String title) {
        return isGrid
                ? new Figure(panels, columns, true, title, description)
                : set("title", spec -> spec.title = title);
    }

    /**
     * The title of the axis across; the column's name unless set.
     *
     * @param label what and in which unit
     * @return a copy with the setting
     */
    public Figure xLabel(String label) {
        return set("xLabel", spec -> spec.xTitle = label);
    }

    /**
     * The title of the vertical axis; the column's name unless set.
     *
     * @param label what and in which unit
     * @return a copy with the setting
     */
    public Figure yLabel(String label) {
        return set("yLabel", spec -> spec.yTitle = label);
    }

    /**
     * What the picture shows, for those who cannot see it too: the caption, the description in the SVG and the text in
     * place of the picture. None is drawn unless set.
     *
     * @param finding a sentence or two
     * @return a copy with the setting
     */
    public Figure describe(String finding) {
        return isGrid
                ? new Figure(panels, columns, true, title, finding)
                : set("describe", spec -> spec.description = finding);
    }

    /**
     * A logarithmic axis across; even unless set. Values must be above 0.
     *
     * @return a copy with the setting
     */
    public Figure logX() {
        return set("logX", spec -> spec.logX = true);
    }

    /**
     * A logarithmic vertical axis; even unless set. Values must be above 0; of bars, exact zeros are the word 0 at the foot
     * of the axis, which then begins half a decade below the least other value. An interval may reach 0 or below: its error
     * bar goes down to the foot of the axis and ends there in an arrow, its band meets the foot, and the caption says so.
     *
     * @return a copy with the setting
     */
    public Figure logY() {
        return set("logY", spec -> spec.logY = true);
    }

    /**
     * The ends of the value axis, or of the colours of a heat map; from the data unless set. What lies beyond is cut
     * off, or has the last colour.
     *
     * @param low the lower end
     * @param high the upper end, above the lower
     * @return a copy with the setting
     */
    public Figure limits(double low, double high) {
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "limits are %s and %s; the first must be less than the second, both finite.".formatted(low, high));
        }
        return set("limits", spec -> spec.limits = new double[] {low, high});
    }

    /**
     * One more thin dashed horizontal line; none unless set.
     *
     * @param y where
     * @param label what it stands for; may be empty
     * @return a copy with the line
     */
    public Figure reference(double y, String label) {
        if (!Double.isFinite(y)) {
            throw new IllegalArgumentException("reference is %s; it must be finite.".formatted(y));
        }
        return set("reference", spec -> spec.addReference(new Spec.Reference(y, label)));
    }

    /**
     * The size of one panel with its title, legend and axes, in pixels of 1/96 inch; 460 x 360 unless set. Of a grid,
     * the size of each of its panels.
     *
     * @param width from 120 to 4000
     * @param height from 120 to 4000
     * @return a copy with the setting
     */
    public Figure size(int width, int height) {
        if (Math.min(width, height) < 120 || Math.max(width, height) > 4000) {
            throw new IllegalArgumentException(
                    "size is %d x %d; each side of a panel must be 120 to 4000 pixels.".formatted(width, height));
        }
        List<Spec> sized = panels.stream()
                .map(panel -> panel.with(spec -> {
                    spec.width = width;
                    spec.height = height;
                }))
                .toList();
        return new Figure(sized, columns, isGrid, title, description);
    }

    private Sheet sheet() {
        try {
            boolean isQuick = isSaved && Profile.current() == Profile.QUICK;
            return new Sheet(panels, columns, isGrid, title, (description + notes()).strip(), isQuick);
        } catch (LinkageError e) {
            // The fonts load with their class, once; a later try would only say that the class is broken.
            throw new IllegalStateException(
                    "this Java cannot draw text; install the system's font libraries, on Debian the packages fontconfig and fonts-dejavu-core.",
                    e);
        }
    }

    /** What the panels' axes cannot show, each sentence once, after a blank. */
    private String notes() {
        return panels.stream()
                .map(Spec::note)
                .filter(note -> !note.isEmpty())
                .distinct()
                .map(" "::concat)
                .collect(Collectors.joining());
    }

    /**
     * The picture in pixels.
     *
     * @param dpi pixels an inch, 24 to 1200; 96 gives one pixel a unit of size
     * @return a complete PNG file
     */
    public byte[] png(int dpi) {
        if (dpi < 24 || dpi > MOST_DPI) {
            throw new IllegalArgumentException("dpi is %d; it must be 24 to %d.".formatted(dpi, MOST_DPI));
        }
        return Pictures.png(sheet(), dpi);
    }

    /**
     * The picture in shapes, with title and description for screen readers.
     *
     * @return a complete SVG file
     */
    public String svg() {
        return Pictures.svg(sheet(), title.isBlank() ? description() : title, description());
    }

    /**
     * The data behind the picture. Of a grid: all panels' tables below each other, with the letter in a first column
     * {@code panel} and missing values where a panel lacks a column.
     *
     * @return a copy of the table
     */
    public Table table() {
        return isGrid ? PanelTables.union(panels) : panels.get(0).table.copy();
    }

    /**
     * What the picture shows, in words: what {@link #describe} set, else a plain sentence from the settings; of a grid
     * without a description of its own, the panels' by letter.
     *
     * @return the words
     */
    public String description() {
        return words() + notes();
    }

    private String words() {
        if (!description.isBlank()) {
            return description;
        }
        if (!isGrid) {
            return panels.get(0).summary();
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < panels.size(); i++) {
            Spec panel = panels.get(i);
            String own = panel.description.isBlank() ? panel.summary() : panel.description;
            words.append(i == 0 ? "" : " ")
                    .append(Sheet.letter(i))
                    .append(": ")
                    .append(panel.title.isBlank() ? "" : panel.title + ". ")
                    .append(own);
        }
        return words.toString();
    }

    /**
     * The title.
     *
     * @return the title; empty unless set
     */
    public String title() {
        return title;
    }

    /**
     * Writes picture (.png at 200 dpi and .svg), data (.csv) and how they came to be (.json) into the output folder:
     * the system property {@code hopwise.output}, else the environment variable {@code HOPWISE_OUTPUT}, else
     * {@code target/figures} of the project. All four are written or none; earlier files of the same id are replaced
     * only then. In the profile QUICK the saved picture says so in its corner.
     *
     * @param id the files' name: small letters, digits and underscores, as in the name of the notebook
     * @return the saved figure, so that a cell that ends with it shows the picture
     * @throws java.io.UncheckedIOException if the folder cannot be written
     */
    public Figure save(String id) {
        if (!id.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "id is '%s'; use small letters, digits and underscores only, such as fig1_walks.".formatted(id));
        }
        Figure saved = new Figure(panels, columns, isGrid, title, description, true);
        StringWriter csv = new StringWriter();
        table().write().csv(csv);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(id + ".png", saved.png(SAVED_DPI));
        files.put(id + ".svg", saved.svg().getBytes(StandardCharsets.UTF_8));
        files.put(id + ".csv", csv.toString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        files.put(id + ".json", json(id).getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(OutputFolder.current(), files);
        return saved;
    }

    /**
     * Writes picture, data and how they came to be under a figure's name, as {@link #save(String)} does.
     *
     * @param id the figure's name
     * @return the saved figure, so that a cell that ends with it shows the picture
     * @throws java.io.UncheckedIOException if the folder cannot be written
     */
    public Figure save(FigureId id) {
        return save(id.name());
    }

    private String json(String id) {
        Sheet sheet = new Figure(panels, columns, isGrid, title, description, true).sheet();
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("id", id);
        entries.put("title", title);
        entries.put("description", description());
        entries.put("profile", Profile.current().name());
        entries.put("provenance", Provenance.current().entries());
        entries.put("width", Math.round(sheet.width()));
        entries.put("height", Math.round(sheet.height()));
        entries.put(
                "panels",
                isGrid
                        ? IntStream.range(0, panels.size())
                                .mapToObj(Sheet::letter)
                                .toList()
                        : List.of());
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(entries) + "\n";
    }

    /** The title and the description. */
    @Override
    public String toString() {
        return (title.isBlank() ? "" : title + ". ") + description();
    }
}
