package org.hopwise.spark.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControlProvider;
import org.junit.jupiter.api.Test;

/** The real JJava, whose loader keeps the code of cells to itself; its jar comes with the notebooks' environment. */
class JJavaTest {

    private static final Path ENVIRONMENT =
            Path.of(System.getProperty("hopwise.root")).resolve(".venv");
    private static final Path JAR = ENVIRONMENT.resolve("share/jupyter/kernels/java/jjava.jar");
    private static final String EVALUATOR = "org.dflib.jjava.kernel.execution.CodeEvaluator";

    @Test
    void cellsOfJJavaTravel() throws Exception {
        assumeTrue(Files.isDirectory(ENVIRONMENT), "Maven alone brings no JJava; environment/test does");
        assertTrue(Files.isRegularFile(JAR), "the notebooks' environment has no " + JAR);
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader kernel = new URLClassLoader(new URL[] {JAR.toUri().toURL()})) {
            Class<?> type = kernel.loadClass(EVALUATOR);
            Object evaluator = type.getConstructor(String.class, long.class, TimeUnit.class)
                    .newInstance("test", -1L, TimeUnit.SECONDS);
            var control = (ExecutionControlProvider)
                    type.getMethod("getExecControlProvider").invoke(evaluator);
            Method run = type.getMethod("eval", JShell.class, String.class);
            try (JShell shell =
                    JShell.builder().executionEngine(control, Map.of()).build()) {
                run.invoke(evaluator, shell, "import org.hopwise.spark.closure.*; import java.util.*;");
                run.invoke(
                        evaluator, shell, "record Edge(int from, int to) {} int base = 40; var edge = new Edge(1, 3);");
                run.invoke(evaluator, shell, "int span(Edge e) { return e.to() - e.from(); }");
                run.invoke(evaluator, shell, "Work sum = () -> base + span(edge);");
                assertEquals(42, away(run.invoke(evaluator, shell, "sum")));
                run.invoke(evaluator, shell, "int span(Edge e) { return 10; }");
                run.invoke(evaluator, shell, "int base = 50;");
                assertEquals(42, away(run.invoke(evaluator, shell, "sum")), "an older object keeps its cells");
                run.invoke(evaluator, shell, "Work sum = () -> base + span(edge);");
                assertEquals(60, away(run.invoke(evaluator, shell, "sum")), "cells that were run again");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(ofThread);
        }
    }

    private static Object away(Object work) throws Exception {
        return ((Callable<?>) PackedClosure.unpack(PackedClosure.pack((Work) work))).call();
    }
}
