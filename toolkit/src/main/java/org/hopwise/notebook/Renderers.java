package org.hopwise.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hopwise.claim.Claim;
import org.hopwise.figure.Figure;
import tech.tablesaw.api.Table;

/** The types that show as more than text, and how. */
final class Renderers {

    private static final Map<Class<?>, Function<Object, MimeBundle>> BY_TYPE = new LinkedHashMap<>();

    /** Sharp in a notebook without the weight of the saved picture. */
    private static final int DPI = 120;

    static {
        put(Figure.class, figure -> MimeBundle.png(figure.png(DPI), figure.toString()));
        put(Claim.class, claim -> MimeBundle.html(claim.html(), claim.toString()));
        put(Table.class, table -> MimeBundle.html(TableFormat.html(table), TableFormat.text(table)));
    }

    private Renderers() {}

    private static <T> void put(Class<T> type, Function<T, MimeBundle> renderer) {
        BY_TYPE.put(type, value -> renderer.apply(type.cast(value)));
    }

    static Map<Class<?>, Function<Object, MimeBundle>> all() {
        return Map.copyOf(BY_TYPE);
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
        return rich(value).orElseGet(() -> MimeBundle.text(String.valueOf(value)));
    }
}
