package org.hopwise.notebook.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import org.hopwise.internal.Texts;
import org.hopwise.internal.javadoc.Javadoc;
import org.hopwise.internal.javadoc.SourceFile;
import org.hopwise.internal.javadoc.Sources;

/** Finds the Javadoc comment that belongs to a signature as JShell writes it. */
final class Comments {

    /** A signature with its comment; the comment may be empty. */
    record Entry(String signature, String comment) {

        String text() {
            return comment.isBlank() ? signature : signature + "\n" + Javadoc.text(comment);
        }

        String html() {
            String head = "<p><code>" + Texts.escaped(signature) + "</code></p>";
            return comment.isBlank() ? head : head + Javadoc.html(comment);
        }
    }

    private final JShell shell;
    private final Sources sources;

    Comments(JShell shell, Sources sources) {
        this.shell = shell;
        this.sources = sources;
    }

    Entry entry(String signature) {
        String shown = signature.replaceAll("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])", "");
        return new Entry(shown, comment(signature));
    }

    private String comment(String signature) {
        String plain = withoutArguments(signature.replaceFirst(" throws .*$", ""));
        int open = plain.indexOf('(');
        if (open >= 0) {
            String called = plain.substring(0, open).replaceFirst("(?s).*\\s", "");
            String[] parameters = plain.substring(open + 1, Math.max(open + 1, plain.lastIndexOf(')')))
                    .split(",");
            int dot = called.lastIndexOf('.');
            String owner = dot < 0 ? called : called.substring(0, dot);
            return method(owner, called.substring(dot + 1), types(parameters)).orElse("");
        }
        int colon = plain.indexOf(':');
        String name = colon < 0 ? plain : plain.substring(0, colon);
        int dot = name.lastIndexOf('.');
        Optional<String> found = dot < 0 ? Optional.empty() : field(name.substring(0, dot), name.substring(dot + 1));
        // Of a variable, what its type is.
        return found.or(() -> type(colon < 0 ? name : plain.substring(colon + 1)))
                .orElse("");
    }

    /** Without what stands in angle brackets. */
    private static String withoutArguments(String signature) {
        String plain = signature;
        while (plain.matches("(?s).*<[^<>]*>.*")) {
            plain = plain.replaceAll("<[^<>]*>", "");
        }
        return plain;
    }

    private static List<String> types(String[] parameters) {
        return Arrays.stream(parameters)
                .map(String::strip)
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> SourceFile.plain(parameter.replaceFirst("\\s+\\w+$", ""))
                        .replace("...", "[]"))
                .toList();
    }

    private Optional<String> type(String name) {
        return resolve(name)
                .flatMap(sources::file)
                .flatMap(file -> file.type(simple(name)))
                .map(SourceFile.Type::comment);
    }

    private Optional<String> field(String owner, String name) {
        return resolve(owner)
                .flatMap(sources::file)
                .flatMap(file -> file.type(simple(owner)))
                .map(type -> type.fields().get(name));
    }

    /** The comment of the method, or the one that it inherits. */
    private Optional<String> method(String owner, String name, List<String> types) {
        return resolve(owner).flatMap(qualified -> methodOf(qualified, name, types));
    }

    private Optional<String> methodOf(String owner, String name, List<String> types) {
        Optional<SourceFile> file = sources.file(owner);
        Optional<SourceFile.Type> type = file.flatMap(source -> source.type(simple(owner)));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> own = type.get().methods().stream()
                .filter(method -> method.name().equals(name))
                .filter(method -> method.types().equals(types))
                .map(SourceFile.Method::comment)
                .filter(comment -> !comment.isBlank() && !comment.contains("{@inheritDoc}"))
                .findFirst();
        return own.or(() -> type.get().parents().stream()
                .flatMap(parent -> file.get().qualified(parent))
                .filter(parent -> sources.file(parent).isPresent())
                .flatMap(parent -> methodOf(parent, name, types).stream())
                .findFirst());
    }

    /** The qualified name of what JShell names without its package where that is imported. */
    private Optional<String> resolve(String name) {
        if (sources.file(name).isPresent()) {
            return Optional.of(name);
        }
        String outer = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        String inner = name.substring(outer.length());
        Stream<String> imported = Stream.concat(
                shell.imports()
                        .filter(line -> !line.isStatic())
                        .map(ImportSnippet::fullname)
                        .map(full -> full.endsWith("*") ? full.replace("*", outer) : full)
                        .filter(full -> full.endsWith("." + outer)),
                Stream.of("java.lang." + outer));
        return imported.filter(full -> sources.file(full).isPresent())
                .findFirst()
                .or(() -> sources.qualified(outer).stream().findFirst())
                .map(full -> full + inner);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
