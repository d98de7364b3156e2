package org.hopwise.spark.closure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Map;

/** The class files of classes that exist in a notebook's kernel only. */
final class CellCode {

    private CellCode() {}

    /**
     * The class file of a class.
     *
     * @throws IllegalStateException if the kernel does not give it
     */
    static byte[] of(Class<?> type) {
        byte[] code = asResource(type);
        if (code == null) {
            code = ofJJava(type);
        }
        if (code == null) {
            throw new IllegalStateException(
                    ("this notebook kernel does not give the code of %s. Put the experiment into a small jar:%n"
                                    + "    javac -cp hopwise.jar -d classes MyExperiment.java%n"
                                    + "    jar --create --file my-experiment.jar -C classes .%n"
                                    + "and give it to the kernel's class path and to Spark: conf.set(\"spark.jars\", \"my-experiment.jar\").")
                            .formatted(Words.of(type)));
        }
        return code;
    }

    /** As JShell's own loader gives it, and every loader of jars and folders. */
    private static byte[] asResource(Class<?> type) {
        try (InputStream in =
                type.getClassLoader().getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The code of %s cannot be read.".formatted(Words.of(type)), unreadable);
        }
    }

    /** JJava keeps it in a map beside its loader and shows it nowhere. */
    private static byte[] ofJJava(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        try {
            Field outer = loader.getClass().getDeclaredField("this$0");
            outer.setAccessible(true);
            Field classes = outer.getType().getDeclaredField("declaredClasses");
            classes.setAccessible(true);
            return ((Map<?, ?>) classes.get(outer.get(loader))).get(type.getName()) instanceof byte[] code
                    ? code
                    : null;
        } catch (ReflectiveOperationException | RuntimeException otherKernel) {
            return null;
        }
    }
}
