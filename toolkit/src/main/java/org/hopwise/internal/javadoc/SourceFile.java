package org.hopwise.internal.javadoc;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The declarations of one source file with their Javadoc comments, as they stand there. */
public final class SourceFile {

    /** A method or constructor, its parameter types without packages. */
    public record Method(String name, List<String> types, List<String> parameters, String comment) {}

    /** A type with its comment, what it extends or implements, its fields and methods. */
    public record Type(
            String name, String comment, List<String> parents, Map<String, String> fields, List<Method> methods) {}

    private final String packageName;
    private final List<String> imports;
    private final Map<String, Type> types;

    private SourceFile(String packageName, List<String> imports, Map<String, Type> types) {
        this.packageName = packageName;
        this.imports = imports;
        this.types = types;
    }

    /** The type of that simple name. */
    public Optional<Type> type(String simple) {
        return Optional.ofNullable(types.get(simple));
    }

    /** Names that a simple name in this file may stand for. */
    public Stream<String> qualified(String simple) {
        return Stream.concat(
                imports.stream()
                        .filter(name -> name.endsWith("." + simple) || name.endsWith(".*"))
                        .map(name -> name.replaceFirst("\\*$", simple)),
                Stream.of(packageName + "." + simple, "java.lang." + simple));
    }

    static SourceFile parse(String text) throws IOException {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return text;
                    }
                };
        // Only parsed: nothing is looked up, so that it takes milliseconds.
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(new StringWriter(), null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
        CompilationUnitTree unit = task.parse().iterator().next();
        Map<String, Type> types = new LinkedHashMap<>();
        new Reader(DocTrees.instance(task), types).scan(unit, null);
        String packageName =
                unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        List<String> imports = unit.getImports().stream()
                .map(ImportTree::getQualifiedIdentifier)
                .map(Tree::toString)
                .toList();
        return new SourceFile(packageName, imports, types);
    }

    /** A parameter's type as it can be compared: no packages, annotations, type arguments or blanks. */
    public static String plain(String type) {
        String plain = type;
        while (plain.contains("<")) {
            String shorter = plain.replaceAll("<[^<>]*>", "");
            if (shorter.equals(plain)) {
                break;
            }
            plain = shorter;
        }
        return plain.replaceAll("@\\w+", "")
                .replaceAll("(?:\\w+\\.)+(?=\\w)", "")
                .replaceAll("\\s", "");
    }

    private static final class Reader extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private final Map<String, Type> types;

        Reader(DocTrees docs, Map<String, Type> types) {
            this.docs = docs;
            this.types = types;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            Map<String, String> fields = new LinkedHashMap<>();
            List<Method> methods = new ArrayList<>();
            for (Tree member : tree.getMembers()) {
                String comment = comment(new TreePath(getCurrentPath(), member));
                if (member instanceof VariableTree field) {
                    fields.put(field.getName().toString(), comment);
                } else if (member instanceof MethodTree method) {
                    methods.add(method(tree, method, comment));
                }
            }
            List<String> parents = Stream.concat(
                            Stream.ofNullable(tree.getExtendsClause()), tree.getImplementsClause().stream())
                    .map(parent -> plain(parent.toString()))
                    .toList();
            String name = tree.getSimpleName().toString();
            types.putIfAbsent(name, new Type(name, comment(getCurrentPath()), parents, fields, methods));
            return super.visitClass(tree, null);
        }

        private static Method method(ClassTree of, MethodTree method, String comment) {
            String name = method.getName().contentEquals("<init>")
                    ? of.getSimpleName().toString()
                    : method.getName().toString();
            List<String> types = method.getParameters().stream()
                    .map(parameter -> plain(parameter.getType().toString()).replace("...", "[]"))
                    .toList();
            List<String> names = method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .toList();
            return new Method(name, types, names, comment);
        }

        private String comment(TreePath path) {
            String comment = docs.getDocComment(path);
            return comment == null ? "" : comment;
        }
    }
}
