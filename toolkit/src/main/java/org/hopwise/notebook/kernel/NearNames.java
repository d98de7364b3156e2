package org.hopwise.notebook.kernel;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import org.hopwise.internal.javadoc.Sources;

/** Names that a misspelt one may have meant. */
final class NearNames {

    private static final int SHOWN = 3;

    private final JShell shell;
    private final Sources sources;

    NearNames(JShell shell, Sources sources) {
        this.shell = shell;
        this.sources = sources;
    }

    /**
     * What to do about a name that is not known: a sentence that begins with a blank, or nothing.
     *
     * @param before the statement up to the name
     * @param kind javac's word for what it looked for, such as method
     */
    String advice(String before, String name, String kind) {
        boolean isMember = before.stripTrailing().endsWith(".");
        List<String> imports = isMember ? List.of() : sources.packagesWith(name);
        if (!imports.isEmpty()) {
            return " Import it: "
                    + imports.stream()
                            .map(of -> "import " + of + "." + name + ";")
                            .collect(Collectors.joining(" or "));
        }
        Set<String> known = new LinkedHashSet<>(isMember ? completions(before) : visible(name));
        List<String> near = near(name, known);
        return near.isEmpty()
                ? ""
                : " Did you mean " + String.join(" or ", near) + (kind.equals("method") ? "()?" : "?");
    }

    String adviceForPackage(String name) {
        List<String> near = near(name, sources.packages());
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private Set<String> completions(String text) {
        return shell.sourceCodeAnalysis().completionSuggestions(text, text.length(), new int[1]).stream()
                .map(suggestion -> suggestion.continuation().replaceAll("\\W.*", ""))
                .filter(candidate -> !candidate.equals("class"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> visible(String name) {
        Set<String> known = shell.variables()
                .filter(variable -> shell.status(variable).isActive())
                .map(VarSnippet::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        shell.methods().forEach(method -> known.add(method.name()));
        shell.types().forEach(type -> known.add(type.name()));
        String first = name.substring(0, 1);
        known.addAll(completions(first.toUpperCase(Locale.ROOT)));
        known.addAll(completions(first.toLowerCase(Locale.ROOT)));
        known.addAll(sources.types());
        return known;
    }

    /** The nearest of the known names: at most a third of the letters may differ; of equally near ones the first. */
    static List<String> near(String name, Set<String> known) {
        int allowed = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> !candidate.equals(name) && distance(name, candidate) <= allowed)
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(candidate -> candidate.charAt(0) != name.charAt(0)))
                .limit(SHOWN)
                .toList();
    }

    /**
     * How many letters must be inserted, left out, changed or exchanged with their neighbour to make one name the other
     * (optimal string alignment); capitals do not count.
     */
    static int distance(String a, String b) {
        String x = a.toLowerCase(Locale.ROOT);
        String y = b.toLowerCase(Locale.ROOT);
        int[][] d = new int[x.length() + 1][y.length() + 1];
        IntStream.rangeClosed(0, x.length()).forEach(i -> d[i][0] = i);
        IntStream.rangeClosed(0, y.length()).forEach(j -> d[0][j] = j);
        for (int i = 1; i <= x.length(); i++) {
            for (int j = 1; j <= y.length(); j++) {
                int change = d[i - 1][j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean isExchanged =
                        i > 1 && j > 1 && x.charAt(i - 1) == y.charAt(j - 2) && x.charAt(i - 2) == y.charAt(j - 1);
                if (isExchanged) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[x.length()][y.length()];
    }
}
