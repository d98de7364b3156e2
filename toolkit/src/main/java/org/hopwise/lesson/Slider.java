package org.hopwise.lesson;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hopwise.figure.Figure;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.internal.Check;
import org.hopwise.internal.Nd;
import org.hopwise.internal.Texts;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Something to move: a row of maps or figures of which one is seen, chosen by a slider. At the end of a cell it shows as
 * one block of HTML that holds its own data and script and needs no network and no kernel; where scripts do not run,
 * on paper and in a notebook that is not trusted, a still picture and a table stand in its place. The arrow keys, Home,
 * End and the page keys move it, and each position is a sentence for screen readers.
 *
 * <p>Maps show entry (a, b), the influence from a to b, in row a and column b; all positions share one colour scale.
 * Immutable. Cost: memory for the numbers of all maps, at most {@value #MOST_BYTES} bytes as HTML.
 */
public final class Slider {

    static final int MOST_FRAMES = 40;
    static final int MOST_BYTES = 2_000_000;

    /** Cells of a map beyond which a browser takes noticeably long to draw it. */
    private static final int MOST_CELLS = 10_000;

    /** Of the still picture: more maps would be too small to read. */
    private static final int MOST_STILLS = 12;

    private static final int DPI = 96;
    private static final Gson GSON = new Gson();

    /** One position. A map has values, a figure none; a share is there for hops. */
    private record Frame(String at, Double share, String text, List<Double> values, Figure figure) {}

    private record Settings(int start, int groups, double limit, String description) {}

    private final String name;
    private final List<Frame> frames;
    private final int rows;
    private final int columns;
    private final Settings settings;

    private Slider(String name, List<Frame> frames, int rows, int columns, Settings settings) {
        this.name = name;
        this.frames = frames;
        this.rows = rows;
        this.columns = columns;
        this.settings = settings;
    }

    private static Slider create(String name, List<Frame> frames, int rows, int columns) {
        double limit = frames.stream()
                .filter(frame -> frame.values != null)
                .flatMapToDouble(frame -> frame.values.stream().mapToDouble(value -> value))
                .map(Math::abs)
                .max()
                .orElse(1);
        return new Slider(name, frames, rows, columns, new Settings(0, 0, limit > 0 ? rounded(limit) : 1, ""));
    }

    /** Up to two digits, so that the number under the map is short. */
    private static double rounded(double limit) {
        double unit = Math.pow(10, Math.floor(Math.log10(limit)) - 1);
        double up = Math.ceil(limit / unit - 1e-9) * unit;
        return Double.parseDouble(String.format(Locale.ROOT, "%.3g", up));
    }

    /**
     * The hops of a network or wiring, one a position, with the share of all influence that each carries. For a network
     * of which hops 2 to L + 1 are given, hop k stands for the input of step L - (k - 2).
     *
     * @param hops at most 40 hops between at most 10,000 pairs
     * @return the slider
     * @throws IllegalArgumentException if there are more
     */
    public static Slider of(HopDecomposition hops) {
        int first = hops.firstHop();
        int count = requireCount(hops.lastHop() - first + 1);
        List<Frame> frames = new ArrayList<>();
        int[] shape = shape(hops.hop(first));
        for (int hop = first; hop < first + count; hop++) {
            double share = hops.share(hop);
            String carries = first == 2
                    ? "hop %d carries the input of step %d".formatted(hop, hops.lastHop() - 1 - (hop - 2))
                    : "hop " + hop;
            String text = carries + ": " + percent(share) + " of all influence";
            frames.add(new Frame(String.valueOf(hop), share, text, values(hops.hop(hop)), null));
        }
        return create("hop", frames, shape[0], shape[1]);
    }

    private static String percent(double share) {
        return share == 0 ? "nothing" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /**
     * Maps over a setting, such as the damping of a resolvent.
     *
     * @param name what is moved, such as {@code alpha}
     * @param positions its values in order, 1 to 40
     * @param map the map at each of them, all of one shape
     * @param <T> the type of the values
     * @return the slider
     */
    public static <T> Slider over(String name, List<T> positions, Function<T, InfluenceMap> map) {
        requireCount(positions.size());
        List<Frame> frames = new ArrayList<>();
        int[] first = null;
        for (T position : positions) {
            INDArray matrix = map.apply(position).matrix();
            int[] shape = shape(matrix);
            first = first == null ? shape : first;
            if (shape[0] != first[0] || shape[1] != first[1]) {
                throw new IllegalArgumentException(
                        "the map at %s %s is %d x %d and the first %d x %d; all maps of a slider need one shape."
                                .formatted(name, position, shape[0], shape[1], first[0], first[1]));
            }
            List<Double> values = values(matrix);
            double sum = values.stream().mapToDouble(Math::abs).sum();
            String text = "%s %s: moduli of all influences add up to %s".formatted(name, position, Texts.number(sum));
            frames.add(new Frame(String.valueOf(position), null, text, values, null));
        }
        return create(name, frames, first[0], first[1]);
    }

    /**
     * Figures over a setting, one a position.
     *
     * @param name what is moved, such as {@code beta}
     * @param figures 1 to 40 figures by the value they stand for, in an ordered map; a figure's description is its
     *     sentence
     * @return the slider
     */
    public static Slider over(String name, Map<String, Figure> figures) {
        requireCount(figures.size());
        List<Frame> frames = new ArrayList<>();
        figures.forEach((at, figure) ->
                frames.add(new Frame(at, null, name + " " + at + ": " + figure.description(), null, figure)));
        return create(name, frames, 0, 0);
    }

    private static int requireCount(int count) {
        if (count < 1 || count > MOST_FRAMES) {
            throw new IllegalArgumentException("a slider of %d positions was asked for; it takes 1 to %d. Use fewer."
                    .formatted(count, MOST_FRAMES));
        }
        return count;
    }

    private static int[] shape(INDArray matrix) {
        long cells = matrix.rows() * (long) matrix.columns();
        if (cells > MOST_CELLS) {
            throw new IllegalArgumentException(
                    "the maps are %d x %d, %d cells; a slider takes at most %d. Average by group with grouped(...) first."
                            .formatted(matrix.rows(), matrix.columns(), cells, MOST_CELLS));
        }
        return new int[] {matrix.rows(), matrix.columns()};
    }

    private static List<Double> values(INDArray matrix) {
        double[] values = matrix.dup('c').data().asDouble();
        Check.finite("influences", values, matrix.columns());
        return Arrays.stream(values).boxed().toList();
    }

    private Slider with(Settings changed) {
        return new Slider(name, frames, rows, columns, changed);
    }

    /**
     * Where the slider stands at first; at the first position unless set.
     *
     * @param at a position's name, such as {@code 4} of hops
     * @return a copy with the setting
     */
    public Slider start(Object at) {
        List<String> names = frames.stream().map(Frame::at).toList();
        int index = names.indexOf(String.valueOf(at));
        if (index < 0) {
            throw new IllegalArgumentException("start is %s; the positions are %s.".formatted(at, names));
        }
        return with(new Settings(index, settings.groups, settings.limit, settings.description));
    }

    /**
     * Lines between modules of so many units; none unless set.
     *
     * @param units the units of a module
     * @return a copy with the setting
     */
    public Slider groups(int units) {
        Check.positive("groups", units);
        return with(new Settings(settings.start, units, settings.limit, settings.description));
    }

    /**
     * The influence that has the last colour, on both sides of 0; the largest of all positions unless set.
     *
     * @param limit above 0
     * @return a copy with the setting
     */
    public Slider limit(double limit) {
        Check.positive("limit", limit);
        return with(new Settings(settings.start, settings.groups, limit, settings.description));
    }

    /**
     * What there is to see, in a sentence or two: the caption, and the text in place of the still picture.
     *
     * @param finding the words
     * @return a copy with the setting
     */
    public Slider describe(String finding) {
        return with(new Settings(settings.start, settings.groups, settings.limit, finding));
    }

    /**
     * The still picture: up to twelve of the maps side by side, or the figure of the position at the start.
     *
     * @return a complete PNG file
     */
    public byte[] png() {
        if (rows == 0) {
            return frames.get(settings.start).figure.png(DPI);
        }
        int shown = Math.min(MOST_STILLS, frames.size());
        Figure[] maps = IntStream.range(0, shown)
                .map(i -> shown == 1 ? 0 : (int) Math.round(i * (frames.size() - 1.0) / (shown - 1)))
                .mapToObj(i -> still(frames.get(i)))
                .toArray(Figure[]::new);
        return Figure.grid(Math.min(4, shown), maps).png(DPI);
    }

    private Figure still(Frame frame) {
        double[] values = frame.values.stream().mapToDouble(value -> value).toArray();
        INDArray matrix = Nd.array(values, rows, columns);
        return Figure.heatmap(InfluenceMap.of(matrix).toTable(), "to", "from", "influence")
                .limits(-settings.limit, settings.limit)
                .title(name + " " + frame.at)
                .size(240, 230);
    }

    /**
     * The block of HTML: still picture, caption, table of numbers, data and script.
     *
     * @return the block, without a page around it
     * @throws IllegalArgumentException if it is larger than 2 MB
     */
    public String html() {
        String data = GSON.toJson(data());
        String still = "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
        StringBuilder html =
                new StringBuilder("<figure data-hopwise-slider=\"1\" style=\"margin:0;max-width:720px\">\n");
        html.append("<img alt=\"").append(Texts.html(description())).append("\" style=\"max-width:100%\" src=\"");
        html.append(still)
                .append("\">\n<figcaption>")
                .append(Texts.html(description()))
                .append("</figcaption>\n");
        html.append("<details><summary>In numbers</summary><table><tr><th>");
        html.append(Texts.html(name)).append("</th><th>what is seen</th></tr>");
        for (Frame frame : frames) {
            html.append("<tr><td>").append(Texts.html(frame.at)).append("</td><td style=\"text-align:left\">");
            html.append(Texts.html(frame.text)).append("</td></tr>");
        }
        html.append("</table></details>\n<script type=\"application/json\">")
                .append(data)
                .append("</script>\n");
        html.append("<script>").append(script()).append("</script>\n</figure>");
        if (html.length() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the slider would take %,d bytes; at most %,d are allowed. Use fewer positions or smaller maps."
                            .formatted(html.length(), MOST_BYTES));
        }
        return html.toString();
    }

    private Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        double unit = Math.pow(10, Math.floor(Math.log10(settings.limit)) - 2);
        data.put("v", 1);
        data.put("name", name);
        data.put("start", settings.start);
        if (rows > 0) {
            data.put("rows", rows);
            data.put("columns", columns);
            data.put("row", "from input");
            data.put("column", "to output");
            data.put("limit", settings.limit);
            data.put("unit", Double.parseDouble(String.format(Locale.ROOT, "%.0e", unit)));
            data.put("groups", settings.groups);
        }
        data.put("frames", frames.stream().map(frame -> entries(frame, unit)).toList());
        return data;
    }

    private static Map<String, Object> entries(Frame frame, double unit) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("at", frame.at);
        if (frame.share != null) {
            entries.put(
                    "share",
                    frame.share == 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.3g", frame.share)));
        }
        entries.put("text", frame.text);
        if (frame.values != null) {
            entries.put(
                    "values",
                    frame.values.stream()
                            .mapToLong(value -> Math.round(value / unit))
                            .toArray());
        } else {
            String png = Base64.getEncoder().encodeToString(frame.figure.png(DPI));
            entries.put("image", "data:image/png;base64," + png);
        }
        return entries;
    }

    private static String script() {
        try (InputStream in = Slider.class.getResourceAsStream("slider.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the slider's script cannot be read; build the toolkit again.", e);
        }
    }

    private String description() {
        return settings.description.isBlank() ? toString() + "." : settings.description;
    }

    /** A sentence: what moves, and from where to where. */
    @Override
    public String toString() {
        String what = rows == 0 ? "figures" : "maps of %d x %d".formatted(rows, columns);
        return "slider over %s, %d positions from %s to %s, %s"
                .formatted(name, frames.size(), frames.get(0).at, frames.get(frames.size() - 1).at, what);
    }
}
