package org.hopwise.notebook.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;

/**
 * JJava's kernel, built as its own main class builds it. Its base library can be had from Maven Central, the rest only
 * inside the kernel's jar; so the public classes of that are named here by their names.
 */
final class JJava {

    private static final String HOME = "org.dflib.jjava.";
    private static final String VERSION = "META-INF/maven/org.dflib.jjava/jjava-distro/pom.properties";

    private static final Map<String, String> MAGICS = Map.of(
            "load", "kernel.magics.LoadMagic",
            "classpath", "kernel.magics.ClasspathMagic",
            "jars", "kernel.magics.JarsMagic",
            "time", "kernel.magics.TimeMagic");
    private static final Map<String, String> MAVEN_MAGICS = Map.of(
            "maven", "maven.magics.MavenMagic",
            "addMavenDependency", "maven.magics.AddMavenDependencyMagic",
            "mavenRepo", "maven.magics.MavenRepoMagic",
            "loadFromPOM", "maven.magics.LoadFromPomLineMagic");

    private JJava() {}

    static BaseKernel build() throws IOException {
        try {
            var builder = (BaseKernelBuilder<?, ?>)
                    type("kernel.JavaKernel").getMethod("builder").invoke(null);
            builder.name("JJava").version(version());
            invoke(builder, "compilerOpts", Iterable.class, words(System.getenv("JJAVA_COMPILER_OPTS")));
            for (var magic : MAGICS.entrySet()) {
                builder.lineMagic(magic.getKey(), (LineMagic<?, ?>) make(magic.getValue()));
            }
            builder.cellMagic("time", (CellMagic<?, ?>) make(MAGICS.get("time")));
            Object resolver = make("maven.MavenDependencyResolver");
            for (var magic : MAVEN_MAGICS.entrySet()) {
                builder.lineMagic(magic.getKey(), (LineMagic<?, ?>) make(magic.getValue(), resolver));
            }
            builder.cellMagic("loadFromPOM", (CellMagic<?, ?>) make("maven.magics.LoadFromPomCellMagic", resolver));
            return builder.build();
        } catch (ReflectiveOperationException | LinkageError changed) {
            throw unknown(changed);
        }
    }

    /** What users may set in the environment, as JJava's documentation says. */
    static void startUp(BaseKernel kernel) throws IOException {
        String classPath = System.getenv("JJAVA_CLASSPATH");
        if (classPath != null) {
            try {
                invoke(kernel, "addToClasspath", String.class, classPath);
            } catch (ReflectiveOperationException changed) {
                throw unknown(changed);
            }
        }
        String files = System.getenv().getOrDefault("JJAVA_STARTUP_SCRIPTS_PATH", "");
        for (String file : files.split(File.pathSeparator, -1)) {
            if (!file.isBlank()) {
                run(kernel, Files.readString(Path.of(file)));
            }
        }
        run(kernel, System.getenv().getOrDefault("JJAVA_STARTUP_SCRIPT", ""));
    }

    /** The kernel's own JShell. */
    static JShell shell(BaseKernel kernel) {
        try {
            return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
        } catch (ReflectiveOperationException | ClassCastException changed) {
            throw unknown(changed);
        }
    }

    @SuppressWarnings("removal")
    private static void run(BaseKernel kernel, String script) {
        if (!script.isBlank()) {
            // What shall replace this method is not in the library that can be compiled against.
            kernel.evalRaw(script);
        }
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = BaseKernel.class.getClassLoader().getResourceAsStream(VERSION)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "");
    }

    private static List<String> words(String options) {
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+"));
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(HOME + name);
    }

    private static Object make(String name, Object... parts) throws ReflectiveOperationException {
        return type(name).getConstructors()[0].newInstance(parts);
    }

    private static void invoke(Object of, String name, Class<?> parameter, Object argument)
            throws ReflectiveOperationException {
        Method method = of.getClass().getMethod(name, parameter);
        method.invoke(of, argument);
    }

    private static IllegalStateException unknown(Throwable changed) {
        Throwable cause = changed instanceof InvocationTargetException ? changed.getCause() : changed;
        return new IllegalStateException(
                "This JJava is not the one known here (1.0-a8): %s. Run environment/figures --prepare to get it."
                        .formatted(cause),
                cause);
    }
}
