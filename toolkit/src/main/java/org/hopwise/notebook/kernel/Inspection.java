package org.hopwise.notebook.kernel;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.hopwise.internal.javadoc.Sources;

/** What Shift-Tab shows: signatures from JShell, their Javadoc text from the sources. */
final class Inspection {

    /** More overloads than that nobody reads in a pop-up. */
    private static final int SHOWN = 12;

    private final JShell shell;
    private final Comments comments;

    Inspection(JShell shell, Sources sources) {
        this.shell = shell;
        this.comments = new Comments(shell, sources);
    }

    /** What is known of the name at the cursor, or of the call that the cursor is in; null if nothing is. */
    DisplayData at(String code, int characters) {
        int cursor = CellPrefix.index(code, characters);
        while (cursor < code.length() && Character.isJavaIdentifierPart(code.charAt(cursor))) {
            cursor++;
        }
        boolean isAfterName = cursor > 0 && Character.isJavaIdentifierPart(code.charAt(cursor - 1));
        String text = CellPrefix.of(shell, code, cursor).text();
        List<Documentation> found = List.of();
        if (isAfterName) {
            // A method's name alone tells JShell nothing; with a bracket it does.
            found = look(text + "(");
            String name = text.replaceFirst("(?s).*\\W", "");
            found = found.stream()
                    .filter(documentation -> documentation.signature().matches("(?s).*\\b" + name + "(<.*>)?\\(.*"))
                    .toList();
        }
        if (found.isEmpty()) {
            found = look(text);
        }
        return found.isEmpty() ? null : shown(found);
    }

    private List<Documentation> look(String text) {
        return shell.sourceCodeAnalysis().documentation(text, text.length(), false);
    }

    private DisplayData shown(List<Documentation> found) {
        List<Comments.Entry> entries = found.stream()
                .limit(SHOWN)
                .map(documentation -> comments.entry(documentation.signature()))
                .toList();
        String more = found.size() > SHOWN ? "… and %d more of this name".formatted(found.size() - SHOWN) : "";
        DisplayData data = new DisplayData(
                entries.stream().map(Comments.Entry::text).collect(Collectors.joining("\n\n", "", "\n" + more)));
        data.putHTML(entries.stream().map(Comments.Entry::html).collect(Collectors.joining("<hr>", "", more)));
        return data;
    }
}
