package org.hopwise.notebook.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;

/** What Tab offers: what fits first, and a type's own methods before those that every object has. */
final class Completion {

    private static final Set<String> EVERY_OBJECT_HAS =
            Set.of("class", "equals", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final JShell shell;

    Completion(JShell shell) {
        this.shell = shell;
    }

    ReplacementOptions at(String code, int characters) {
        int cursor = CellPrefix.index(code, characters);
        CellPrefix prefix = CellPrefix.of(shell, code, cursor);
        int[] anchor = new int[1];
        List<Suggestion> suggestions = shell.sourceCodeAnalysis()
                .completionSuggestions(prefix.text(), prefix.text().length(), anchor);
        if (suggestions.isEmpty()) {
            return new ReplacementOptions(List.of(), characters, characters);
        }
        List<String> options = suggestions.stream()
                .sorted(Comparator.comparing((Suggestion suggestion) -> isEveryObjects(suggestion.continuation()))
                        .thenComparing(suggestion -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .distinct()
                .toList();
        int start = code.codePointCount(0, anchor[0] + prefix.dropped());
        return new ReplacementOptions(options, start, characters);
    }

    private static boolean isEveryObjects(String continuation) {
        return EVERY_OBJECT_HAS.contains(continuation.replaceFirst("\\(.*", ""));
    }
}
