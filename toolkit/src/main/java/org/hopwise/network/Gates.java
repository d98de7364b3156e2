package org.hopwise.network;

import java.util.List;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.Candidates.Candidate;

/** What is not one layer of plain units: gates, further layers, both directions, projections. */
final class Gates {

    private Gates() {}

    static void refuse(Candidates candidates, Naming naming) {
        if (naming.take().containsKey(Role.RECURRENT)) {
            return;
        }
        layers(candidates);
        for (Candidate weight : candidates.matching("weight_hh(?:_l0)?")) {
            gated(weight.header(), true);
        }
        for (Candidate weight : candidates.matching("recurrent_kernel")) {
            gated(weight.header(), false);
        }
        named(candidates, "LSTM", "hi\\.kernel", "hf\\.kernel", "hg\\.kernel", "ho\\.kernel");
        named(candidates, "GRU", "hr\\.kernel", "hz\\.kernel", "hn\\.kernel");
        named(candidates, "LSTM", "w_f", "w_i", "w_o", "w_c");
    }

    static void layers(Candidates candidates) {
        for (String more : List.of("weight_hh_l[1-9][0-9]*", "weight_hh_l[0-9]+_reverse", "weight_hr_l[0-9]+")) {
            for (Candidate weight : candidates.matching(more)) {
                throw FileRefusedException.of(
                        Kind.UNSUPPORTED,
                        "array " + FileRefusedException.quote(weight.header().name()),
                        "belongs to a further layer, a reverse direction or a projection; only one plain layer is read, take it by name.");
            }
        }
    }

    /** Gates are stacked in the rows of PyTorch's and in the columns of Keras' matrices. */
    private static void gated(ArrayHeader weight, boolean inRows) {
        if (!weight.isMatrix()) {
            return;
        }
        long stacked = inRows ? weight.rows() : weight.columns();
        long units = inRows ? weight.columns() : weight.rows();
        if (units > 0 && (stacked == 3 * units || stacked == 4 * units)) {
            throw gates(stacked == 3 * units ? "GRU" : "LSTM", weight.name());
        }
    }

    private static void named(Candidates candidates, String kind, String... gates) {
        for (String gate : gates) {
            if (candidates.matching(gate).isEmpty()) {
                return;
            }
        }
        throw gates(kind, candidates.matching(gates[0]).get(0).header().name());
    }

    private static FileRefusedException gates(String kind, String name) {
        return FileRefusedException.of(
                Kind.GATED,
                "array " + FileRefusedException.quote(name),
                "belongs to a %s: its weights alone are no walk; NetworkFile.loadGated gives its mean Jacobian over trials."
                        .formatted(kind));
    }
}
