package org.hopwise.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.hopwise.internal.machine.TableStart;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A standalone cluster for tests that ask for a {@link JavaSparkContext} or its {@link Cluster}: a master and two workers
 * of one core each, on loopback only. One for all test classes; its processes end with the tests, however these end.
 */
public final class TestCluster implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == JavaSparkContext.class || type == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Cluster cluster = test.getRoot()
                .getStore(Namespace.create(TestCluster.class))
                .getOrComputeIfAbsent(Cluster.class, type -> Cluster.start(), Cluster.class);
        return parameter.getParameter().getType() == Cluster.class ? cluster : cluster.context();
    }

    /** Master, workers and the context of this virtual machine; closed by JUnit after the last test. */
    static final class Cluster implements AutoCloseable {

        private static final long PATIENCE_SECONDS = 60;
        private static final Pattern NATIVE = Pattern.compile("-(linux|macosx|windows)-\\w+\\.jar$");
        private static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

        private final Path home;
        private final List<Process> processes = new ArrayList<>();
        private final Thread last = new Thread(this::end);
        private String url;
        private JavaSparkContext context;
        private List<String> hosts = List.of();

        private Cluster(Path home) {
            this.home = home;
        }

        static Cluster start() {
            try {
                TableStart.load();
                Cluster cluster = new Cluster(Files.createTempDirectory("hopwise-spark"));
                Runtime.getRuntime().addShutdownHook(cluster.last);
                cluster.startAll();
                return cluster;
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        private void startAll() throws IOException {
            try {
                // What a distribution of Spark has: a folder of jars, here of those that Maven found.
                Path jars = Files.createDirectories(home.resolve("jars"));
                for (Path jar : classPath(true)) {
                    Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
                }
                Path log = daemon("master", "127.0.0.1", "-Dspark.master.rest.enabled=false", "master.Master");
                url = await(log, "Starting Spark master at (spark://\\S+)");
                await(log, "(New state: ALIVE)");
                List<Path> logs = new ArrayList<>();
                for (int worker = 1; worker <= 2; worker++) {
                    logs.add(daemon(
                            "worker" + worker,
                            host(worker),
                            "-Xmx192m",
                            "worker.Worker",
                            // One core is for the tests' own context, one for contexts that tests start elsewhere.
                            "--cores",
                            "2",
                            "--memory",
                            "3g",
                            "--work-dir",
                            home.resolve("work" + worker).toString(),
                            url));
                }
                for (Path worker : logs) {
                    await(worker, "(Successfully registered with master)");
                }
                // Both workers must be there, since one of them has cores for both executors.
                context = new JavaSparkContext(conf(url));
                hosts = awaitHosts();
            } catch (IOException | RuntimeException fault) {
                close();
                throw fault;
            }
        }

        /** Executors on two addresses count as two machines; other systems than Linux have one loopback address. */
        private static String host(int worker) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0." + worker))) {
                return probe.getInetAddress().getHostAddress();
            } catch (IOException lacking) {
                return "127.0.0.1";
            }
        }

        /**
         * Jars of this virtual machine's class path, or its folders. Without those of native libraries: no test on the
         * cluster needs them, and as it loads, Tablesaw looks through every jar, through these for seconds.
         */
        static List<Path> classPath(boolean jars) {
            return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(System.getProperty("java.class.path"))
                    .map(entry -> Path.of(entry).toAbsolutePath())
                    .filter(path -> path.toString().endsWith(".jar") == jars && Files.exists(path))
                    .filter(path -> !NATIVE.matcher(path.toString()).find())
                    .toList();
        }

        /** Settings for a context of this cluster, or of another. */
        static SparkConf conf(String url) {
            String folders =
                    classPath(false).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            return new SparkConf()
                    .setMaster(url)
                    .setAppName("hopwise tests")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    .set("spark.ui.enabled", "false")
                    .set("spark.executor.memory", "1g")
                    .set("spark.executor.cores", "1")
                    .set("spark.cores.max", "2")
                    // Four unless set; each takes seconds.
                    .set("spark.task.maxFailures", "2")
                    // Tables of a few thousand rows: compiling code for them takes longer than reading them.
                    .set("spark.sql.codegen.wholeStage", "false")
                    .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                    .set("spark.sql.adaptive.enabled", "false")
                    .set("spark.executor.extraClassPath", folders)
                    .set("spark.executor.extraJavaOptions", String.join(" ", QUICK) + " -XX:ActiveProcessorCount=1");
        }

        private Path daemon(String name, String host, String option, String type, String... more) throws IOException {
            Path log = home.resolve(name + ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(List.of("-Xmx256m", option));
            command.addAll(QUICK);
            command.addAll(List.of("-cp", home.resolve("jars") + "/*", "org.apache.spark.deploy." + type));
            command.addAll(List.of("--host", host, "--port", "0", "--webui-port", "0"));
            command.addAll(List.of(more));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "SPARK_HOME",
                            home.toString(),
                            "SPARK_SCALA_VERSION",
                            "2.13",
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "SPARK_LOCAL_IP",
                            host));
            processes.add(builder.start());
            return log;
        }

        private String await(Path log, String line) throws IOException {
            Pattern wanted = Pattern.compile(line);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (System.nanoTime() < end) {
                String said = Files.readString(log, StandardCharsets.UTF_8);
                Matcher found = wanted.matcher(said);
                if (found.find()) {
                    return found.group(1);
                }
                pause();
            }
            throw new IllegalStateException("'%s' is not in %s: %s".formatted(line, log, Files.readString(log)));
        }

        /** Of the driver and two executors. */
        private List<String> awaitHosts() {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (context.statusTracker().getExecutorInfos().length < 3 && System.nanoTime() < end) {
                pause();
            }
            return Arrays.stream(context.statusTracker().getExecutorInfos())
                    .map(SparkExecutorInfo::host)
                    .sorted()
                    .toList();
        }

        private static void pause() {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }

        /** Where driver and executors were at the start; an executor that a test ends may come back elsewhere. */
        List<String> hosts() {
            return hosts;
        }

        String url() {
            return url;
        }

        JavaSparkContext context() {
            return context;
        }

        @Override
        public void close() throws IOException {
            if (context != null) {
                context.stop();
            }
            end();
            Runtime.getRuntime().removeShutdownHook(last);
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }

        /** Executors first: they are the workers' children. */
        private void end() {
            List<ProcessHandle> all = new ArrayList<>();
            for (Process process : processes) {
                process.descendants().forEach(all::add);
                all.add(process.toHandle());
            }
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        }
    }
}
