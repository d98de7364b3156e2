package org.hopwise.notebook;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopwise.internal.Texts;
import org.hopwise.internal.javadoc.Javadoc;
import org.hopwise.internal.javadoc.SourceFile;
import org.hopwise.internal.javadoc.Sources;

/** What a type is and what it can do, on one page: its Javadoc comment, and every public method with its first sentence. */
final class HelpPage {

    private final SourceFile.Type source;
    private final Class<?> type;

    private HelpPage(Class<?> type, SourceFile.Type source) {
        this.type = type;
        this.source = source;
    }

    static MimeBundle of(Class<?> type, Sources sources) {
        SourceFile.Type source = sources.file(type.getName().replace('$', '.'))
                .flatMap(file -> file.type(type.getSimpleName()))
                .orElse(new SourceFile.Type(type.getSimpleName(), "", List.of(), java.util.Map.of(), List.of()));
        return new HelpPage(type, source).bundle();
    }

    private MimeBundle bundle() {
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class && !method.isSynthetic())
                .sorted(Comparator.comparing((Method method) -> !Modifier.isStatic(method.getModifiers()))
                        .thenComparing(Method::getName)
                        .thenComparing(Method::getParameterCount))
                .toList();
        String title = type.getName().replace('$', '.');
        String rows = methods.stream()
                .map(method ->
                        "<tr><td style=\"text-align: left\"><code>%s</code></td><td style=\"text-align: left\">%s</td></tr>"
                                .formatted(Texts.escaped(signature(method)), Javadoc.html(firstSentence(method))))
                .collect(Collectors.joining("\n"));
        String lines = methods.stream()
                .map(method -> signature(method) + "\n    " + Javadoc.text(firstSentence(method)))
                .collect(Collectors.joining("\n"));
        return MimeBundle.html(
                "<h4>%s</h4>%s<table>%s</table>".formatted(Texts.escaped(title), Javadoc.html(source.comment()), rows),
                title + "\n" + Javadoc.text(source.comment()) + "\n\n" + lines);
    }

    private static String signature(Method method) {
        String parameters = Arrays.stream(method.getParameters())
                .map(HelpPage::parameter)
                .collect(Collectors.joining(", ", "(", ")"));
        String isStatic = Modifier.isStatic(method.getModifiers()) ? "static " : "";
        return isStatic + method.getReturnType().getSimpleName() + " " + method.getName() + parameters;
    }

    private static String parameter(Parameter parameter) {
        String type = parameter.getType().getSimpleName();
        String shown = parameter.isVarArgs() ? type.replaceFirst("\\[\\]$", "...") : type;
        return parameter.isNamePresent() ? shown + " " + parameter.getName() : shown;
    }

    private String firstSentence(Method method) {
        List<String> types = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        Optional<String> comment = source.methods().stream()
                .filter(candidate -> candidate.name().equals(method.getName())
                        && candidate.types().equals(types))
                .map(SourceFile.Method::comment)
                .findFirst();
        return Javadoc.firstSentence(comment.orElse(""));
    }
}
