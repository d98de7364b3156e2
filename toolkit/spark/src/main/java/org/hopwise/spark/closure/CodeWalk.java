package org.hopwise.spark.closure;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;
import org.apache.xbean.asm9.commons.ClassRemapper;
import org.apache.xbean.asm9.commons.MethodRemapper;
import org.apache.xbean.asm9.commons.Remapper;
import org.apache.xbean.asm9.tree.ClassNode;
import org.apache.xbean.asm9.tree.MethodNode;

/**
 * Walks through the code of a notebook from what is reached at first, and collects the classes on the way. Of a class that
 * JShell has wrapped around a statement, only the methods and fields that are reached belong to it, so that a neighbour in
 * the same cell is neither needed nor sent; other classes belong to it whole.
 *
 * <p>It goes deep first, and to a class's initialiser before its methods, so that the variables are met in an order in which
 * they can be set: one that an initialiser reads comes before all that needs the initialised class.
 */
final class CodeWalk {

    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+");
    private static final String LAMBDAS = "$deserializeLambda$";
    private static final String INITIALISER = "<clinit>";

    private final Consumer<Field> variables;
    private final Map<Class<?>, Code> found = new LinkedHashMap<>();
    private final Deque<Class<?>> ofJars = new ArrayDeque<>();

    /** The class file of a class, and what of it has been reached. */
    private static final class Code {

        private final byte[] file;
        private final ClassNode node = new ClassNode();
        private final Set<MethodNode> methods = new HashSet<>();
        private final Set<String> fields = new HashSet<>();

        Code(Class<?> type) {
            file = CellCode.of(type);
            new ClassReader(file).accept(node, 0);
        }

        /** Without what was not reached: the JVM looks up the types of all fields and methods of a class. */
        byte[] reached() {
            node.methods.removeIf(method -> !methods.contains(method));
            node.fields.removeIf(field -> (field.access & Opcodes.ACC_FINAL) == 0 && !fields.contains(field.name));
            ClassWriter writer = new ClassWriter(0);
            node.accept(writer);
            return writer.toByteArray();
        }
    }

    /**
     * A walk that has not begun.
     *
     * @param variables told of each variable when the code is found to read it, perhaps more than once
     */
    CodeWalk(Consumer<Field> variables) {
        this.variables = variables;
    }

    /** Class files by name, of all that was reached. */
    Map<String, byte[]> classFiles() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        found.forEach((type, code) -> files.put(type.getName(), isWrapper(type) ? code.reached() : code.file));
        return files;
    }

    /** Walks through what a lambda calls and is; the class that it was made in is one of the given. */
    void lambda(SerializedLambda lambda, Set<Class<?>> classes) {
        String maker = lambda.getCapturingClass().replace('/', '.');
        for (Class<?> type : classes) {
            if (type.getName().equals(maker) && isShipped(type)) {
                Edges edges = new Edges(type.getClassLoader());
                edges.map(lambda.getFunctionalInterfaceClass());
                edges.mapMethodDesc(lambda.getInstantiatedMethodType());
                edges.mapMethodName(lambda.getImplClass(), lambda.getImplMethodName(), lambda.getImplMethodSignature());
            }
        }
    }

    /** Walks through a class, or the component of an array's class. */
    void type(Class<?> type) {
        if (type.isArray()) {
            type(type.getComponentType());
            return;
        }
        if (!isShipped(type) || found.containsKey(type)) {
            return;
        }
        Code code = new Code(type);
        found.put(type, code);
        if (isOfJar(type)) {
            // They know no variables, so that order is of no matter; a library may be too deep for the stack.
            ofJars.add(type);
            return;
        }
        code.node.methods.stream()
                .filter(method -> method.name.equals(INITIALISER) || (isWrapper(type) && method.name.equals(LAMBDAS)))
                .forEach(method -> method(type, code, method));
        if (!isWrapper(type)) {
            whole(type, code);
        }
    }

    /** Ends the walk. */
    void finish() {
        while (!ofJars.isEmpty()) {
            Class<?> type = ofJars.remove();
            whole(type, found.get(type));
        }
    }

    private void whole(Class<?> type, Code code) {
        Edges edges = new Edges(type.getClassLoader());
        code.node.accept(new ClassRemapper(Opcodes.ASM9, null, edges) {
            @Override
            public void visitOuterClass(String owner, String method, String types) {
                // A local class names the method that it stands in, which it need not call.
                edges.map(owner);
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String types, String generic, String[] thrown) {
                return null;
            }
        });
        List<MethodNode> methods = new ArrayList<>(code.node.methods);
        methods.forEach(method -> method(type, code, method));
    }

    private void method(Class<?> type, Code code, MethodNode method) {
        if (!code.methods.add(method)) {
            return;
        }
        Edges edges = new Edges(type.getClassLoader());
        edges.mapMethodDesc(method.desc);
        edges.mapTypes(method.exceptions.toArray(String[]::new));
        if (isWrapper(type) && method.name.equals(LAMBDAS)) {
            // It makes every lambda of the cell; those that are needed are walked to one by one.
            return;
        }
        method.accept(new MethodRemapper(Opcodes.ASM9, null, edges) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String fieldType) {
                super.visitFieldInsn(opcode, owner, name, fieldType);
                if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                    field(edges.find(owner), name, opcode == Opcodes.PUTSTATIC);
                }
            }
        });
    }

    private void field(Class<?> owner, String name, boolean isWritten) {
        Field field = declared(owner, name);
        if (field == null || Modifier.isFinal(field.getModifiers()) || !isShipped(field.getDeclaringClass())) {
            return;
        }
        Class<?> home = field.getDeclaringClass();
        if (isOfJar(home)) {
            return;
        }
        if (isWritten && isWrapper(home)) {
            throw new IllegalArgumentException(
                    ("the experiment changes the notebook variable '%s', and a change made on an executor does not come"
                                    + " back. Use a local variable, or return the number in the table.")
                            .formatted(name));
        }
        type(home);
        if (!isWritten) {
            found.get(home).fields.add(name);
            type(field.getType());
            variables.accept(field);
        }
    }

    private static Field declared(Class<?> owner, String name) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            try {
                return type.getDeclaredField(name);
            } catch (NoSuchFieldException inherited) {
                // Look further up; interfaces have constants only.
            }
        }
        return null;
    }

    private static boolean isWrapper(Class<?> type) {
        return WRAPPER.matcher(type.getName()).matches();
    }

    /** Whether a library that the notebook has loaded brought the class; what a cell declares comes from no place. */
    private static boolean isOfJar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation() != null;
    }

    /** Whether executors cannot know it: its loader is neither an application's nor ours, nor above these. */
    static boolean isShipped(Class<?> type) {
        return type.getClassLoader() != null
                && !isAtOrAbove(type.getClassLoader(), ClassLoader.getSystemClassLoader())
                && !isAtOrAbove(type.getClassLoader(), PackedClosure.class.getClassLoader());
    }

    private static boolean isAtOrAbove(ClassLoader loader, ClassLoader lowest) {
        for (ClassLoader above = lowest; above != null; above = above.getParent()) {
            if (above == loader) {
                return true;
            }
        }
        return false;
    }

    /** Where a class's code leads: ASM shows it every type, and every method by call or by handle. */
    private final class Edges extends Remapper {

        private final ClassLoader loader;

        Edges(ClassLoader loader) {
            super(Opcodes.ASM9);
            this.loader = loader;
        }

        @Override
        public String map(String name) {
            Class<?> type = find(name);
            if (type != null) {
                type(type);
            }
            return name;
        }

        @Override
        public String mapMethodName(String owner, String name, String types) {
            Class<?> type = find(owner);
            if (type != null) {
                type(type);
                Code code = found.get(type);
                if (code != null && !isOfJar(type)) {
                    code.node.methods.stream()
                            .filter(method -> method.name.equals(name) && method.desc.equals(types))
                            .findFirst()
                            .ifPresent(method -> method(type, code, method));
                }
            }
            return name;
        }

        /** Null for arrays, whose component is mapped by itself, and for what the notebook lacks too. */
        private Class<?> find(String name) {
            try {
                return name.startsWith("[") ? null : Class.forName(name.replace('/', '.'), false, loader);
            } catch (ClassNotFoundException | LinkageError missing) {
                return null;
            }
        }
    }
}
