package org.hopwise.network;

import java.util.List;
import org.hopwise.graph.Wiring;
import tech.tablesaw.api.Table;

/**
 * A wiring diagram from a file, and what was made of the file's words.
 *
 * @param wiring the diagram
 * @param units one row a unit in the diagram's order: its name, and what the file says of it
 * @param notes what was taken, added up, ignored or supposed, in sentences
 */
public record LoadedWiring(Wiring wiring, Table units, List<String> notes) {

    /**
     * Copies the notes.
     *
     * @param wiring the diagram
     * @param units one row a unit in the diagram's order: its name, and what the file says of it
     * @param notes what was taken, added up, ignored or supposed, in sentences
     */
    public LoadedWiring {
        notes = List.copyOf(notes);
    }

    /** Units, edges and notes, one a line. */
    @Override
    public String toString() {
        return "%d units, %d edges%s"
                .formatted(
                        wiring.names().size(),
                        wiring.edges(),
                        notes.isEmpty() ? "" : "\n  " + String.join("\n  ", notes));
    }
}
