package org.hopwise.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/** The arrays of a file that could be weights, by the names that they have without the wrappers of training scripts. */
final class Candidates {

    private static final List<String> WRAPPERS = List.of(
            "module.", "_orig_mod.", "model.", "state_dict.", "model_state_dict.", "net.", "network.", "weights.");
    private static final Pattern OPTIMISER =
            Pattern.compile("(^|.*[./])(optimi[sz]er|optim)([./_].*|$)|.*[./]adam.*|.*exp_avg.*");
    private static final Pattern MASK = Pattern.compile("(.*[./])?[^./]*(mask|connectivity|dale)[^./]*");

    /** An array and its bare name: lower case, points between its parts. */
    record Candidate(ArrayHeader header, String bare) {

        boolean matches(String pattern) {
            return bare.matches("(?:.*\\.)?(?:" + pattern + ")");
        }

        /** The bare name up to its last point. */
        String parent() {
            return bare.substring(0, bare.lastIndexOf('.') + 1);
        }
    }

    private final FileContents contents;
    private final List<Candidate> all = new ArrayList<>();

    Candidates(FileContents contents) {
        this.contents = contents;
        for (ArrayHeader header : contents.arrays()) {
            String lower = header.name().toLowerCase(Locale.ROOT);
            boolean weights = !OPTIMISER.matcher(lower).matches()
                    && !MASK.matcher(lower).matches()
                    && !header.type().equals("bool");
            if (weights) {
                all.add(new Candidate(header, bare(lower)));
            }
        }
    }

    private static String bare(String name) {
        // Keras ends names of variables by :0.
        String bare = name.replace('/', '.').replaceFirst(":0$", "");
        boolean stripped = true;
        while (stripped) {
            stripped = false;
            for (String wrapper : WRAPPERS) {
                if (bare.startsWith(wrapper) && bare.length() > wrapper.length()) {
                    bare = bare.substring(wrapper.length());
                    stripped = true;
                }
            }
        }
        return bare;
    }

    List<Candidate> all() {
        return all;
    }

    List<Candidate> matching(String pattern) {
        return all.stream().filter(candidate -> candidate.matches(pattern)).toList();
    }

    /** The one array of this bare name, or null. */
    Candidate named(String bare) {
        return all.stream()
                .filter(candidate -> candidate.bare.equals(bare))
                .findFirst()
                .orElse(null);
    }

    /** The only array that matches, null if there is none; several are ambiguous. */
    Candidate only(Role role, String pattern) {
        List<Candidate> found = matching(pattern);
        if (found.size() > 1) {
            throw ambiguous(role, found.stream().map(Candidate::header).toList());
        }
        return found.isEmpty() ? null : found.get(0);
    }

    static FileRefusedException ambiguous(Role role, List<ArrayHeader> candidates) {
        return FileRefusedException.of(
                Kind.AMBIGUOUS,
                "",
                "does not say which array is the %s: %s; take one by name, such as %s=%s."
                        .formatted(
                                role, list(candidates), role, candidates.get(0).name()));
    }

    FileRefusedException noRecurrent() {
        return FileRefusedException.of(
                Kind.MISSING,
                "",
                "has no square matrix that could be recurrent weights; it has %s.".formatted(list(contents.arrays())));
    }

    /** Arrays in words, at most ten. */
    static String list(List<ArrayHeader> arrays) {
        List<String> words = new ArrayList<>();
        for (ArrayHeader array : arrays.subList(0, Math.min(10, arrays.size()))) {
            words.add(FileRefusedException.quote(array.name()) + " " + array.sizes());
        }
        return String.join(", ", words) + (arrays.size() > 10 ? " and %d more".formatted(arrays.size() - 10) : "");
    }
}
