package org.hopwise.notebook;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hopwise.claim.Claim;
import org.hopwise.figure.Figure;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.lesson.Exercise;
import org.hopwise.lesson.NetworkDrawing;
import org.hopwise.lesson.Slider;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.TaskBatch;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.TrainingHistory;
import tech.tablesaw.api.Table;

/** How values show at the end of a cell: these types as more than text, all others as text that says what they are. */
final class Renderers {

    private static final Map<Class<?>, Function<Object, MimeBundle>> BY_TYPE = new LinkedHashMap<>();

    /** Sharp in a notebook without the weight of the saved picture. */
    static final int DPI = 120;

    static {
        put(Figure.class, figure -> MimeBundle.png(figure.png(DPI), figure.toString()));
        put(Claim.class, claim -> MimeBundle.html(claim.html(), claim.toString()));
        put(Table.class, table -> MimeBundle.html(TableFormat.html(table), TableFormat.text(table)));
        put(InfluenceMap.class, Views::map);
        put(HopDecomposition.class, Views::hops);
        put(TrainedNetwork.class, Views::trained);
        put(TrainingHistory.class, Views::history);
        put(TaskBatch.class, Views::batch);
        put(RecurrentNetwork.class, Views::network);
        put(Weights.class, Views::weights);
        put(Exercise.class, exercise -> MimeBundle.html(exercise.html(), exercise.toString()));
        put(
                NetworkDrawing.class,
                drawing -> MimeBundle.png(
                        drawing.figure().png(DPI), drawing.figure().description()));
        put(
                Slider.class,
                slider -> MimeBundle.html(slider.html(), slider.toString()).with(slider.png()));
        // What printf returns. It has printed already.
        put(PrintStream.class, stream -> MimeBundle.text(""));
    }

    private Renderers() {}

    private static <T> void put(Class<T> type, Function<T, MimeBundle> renderer) {
        BY_TYPE.put(type, value -> renderer.apply(type.cast(value)));
    }

    /** What a kernel asks for each type; the last resort, for every object, is text. */
    static Map<Class<?>, Function<Object, MimeBundle>> all() {
        Map<Class<?>, Function<Object, MimeBundle>> all = new LinkedHashMap<>(BY_TYPE);
        all.put(Object.class, Renderers::render);
        return all;
    }

    /** The rich form of a value, or nothing if it has none. */
    static Optional<MimeBundle> rich(Object value) {
        return BY_TYPE.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(value))
                .findFirst()
                .map(entry -> entry.getValue().apply(value));
    }

    /** The rich form of a value, else its text, never read as HTML. */
    static MimeBundle render(Object value) {
        return rich(value).orElseGet(() -> MimeBundle.text(ValueText.of(value)));
    }
}
