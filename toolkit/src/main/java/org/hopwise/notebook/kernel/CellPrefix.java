package org.hopwise.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;

/**
 * A cell up to the cursor, as JShell can look at it: one piece of code without imports, which JShell would take for all of
 * it. The imports are made known to JShell, as they will be when the cell runs.
 */
record CellPrefix(String text, int dropped) {

    static CellPrefix of(JShell shell, String code, int cursor) {
        String before = code.substring(0, cursor);
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        List<String> imports = new ArrayList<>();
        String rest = before;
        while (rest.stripLeading().startsWith("import ")) {
            SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(rest);
            if (!next.completeness().isComplete() || next.remaining().isEmpty()) {
                break;
            }
            imports.add(next.source().strip());
            rest = next.remaining();
        }
        List<String> known =
                shell.imports().map(ImportSnippet::source).map(String::strip).toList();
        imports.stream().filter(line -> !known.contains(line)).forEach(shell::eval);
        return new CellPrefix(rest, before.length() - rest.length());
    }

    /** Jupyter counts characters, Java halves of them: an emoji is two. */
    static int index(String code, int characters) {
        int whole = code.codePointCount(0, code.length());
        return code.offsetByCodePoints(0, Math.max(0, Math.min(characters, whole)));
    }
}
