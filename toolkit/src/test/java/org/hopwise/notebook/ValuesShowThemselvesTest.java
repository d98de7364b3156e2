package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hopwise.Seed;
import org.hopwise.graph.HopDecomposition;
import org.hopwise.graph.InfluenceMap;
import org.hopwise.graph.WalkMeasure;
import org.hopwise.graph.Wiring;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.hopwise.task.Task;
import org.hopwise.task.Tasks;
import org.hopwise.train.Penalty;
import org.hopwise.train.TrainedNetwork;
import org.hopwise.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value at the end of a cell shows as an address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValuesShowThemselvesTest {

    private static final Pattern ADDRESS = Pattern.compile("Lambda|@[0-9a-f]{4,8}\\b|\\[[DILZ@]");

    private final Task task = Tasks.averaging().size(8, 4).steps(5);
    private final RecurrentNetwork network = RecurrentNetwork.random(task, 6, Activation.TANH, Seed.of(1));
    private final TrainedNetwork trained = Trainer.adam(1e-3)
            .updates(3)
            .batch(2)
            .penalty(Penalty.hopwise(1e-3, 0.8, 5))
            .train(network, task);

    Stream<Object> values() {
        Weights weights = network.weights();
        return Stream.of(
                task,
                task.shape(),
                task.batch(3, Seed.of(2)),
                network,
                weights,
                trained,
                trained.history(),
                trained.provenance(),
                InfluenceMap.of(weights, WalkMeasure.resolvent(0.8).normalised()),
                HopDecomposition.of(weights, 5),
                WalkMeasure.communicability(),
                WalkMeasure.communicability().normalised().truncated(4),
                WalkMeasure.resolvent(0.5).truncated(3),
                (WalkMeasure) hop -> 1.0 / hop,
                ((WalkMeasure) hop -> 1.0 / hop).normalised(),
                Penalty.none(),
                Penalty.l1(1e-3),
                Penalty.resolvent(1e-3, 0.8, 5),
                Wiring.random(10, 20, Seed.of(3)),
                Wiring.random(10, 20, Seed.of(3)).couplings(),
                new double[] {0.01, 0.04},
                new double[][] {{1, 2}, {3, 4}},
                new int[0],
                List.of(new double[] {1}, "text"),
                new LinkedHashMap<>(Map.of("a", new double[] {1})),
                (IntUnaryOperator) x -> x,
                new Object(),
                new Object[] {null});
    }

    @ParameterizedTest
    @MethodSource("values")
    void noValueShowsAsAnAddress(Object value) {
        String text = Renderers.render(value).text();
        assertFalse(ADDRESS.matcher(text).find(), text);
        assertTrue(!text.isBlank() && text.lines().count() < 25 && text.length() < 2_000, text);
    }

    @Test
    void everyPublicTypeHasATextOfItsOwn() throws Exception {
        List<String> faults = types().filter(ValuesShowThemselvesTest::canEndACell)
                .filter(type -> !hasText(type))
                .map(Class::getName)
                .sorted()
                .toList();
        assertEquals(List.of(), faults, "give these a toString");
    }

    @Test
    void textsTellValuesOfOneSizeApart() {
        Weights other =
                RecurrentNetwork.random(task, 6, Activation.TANH, Seed.of(9)).weights();
        assertNotEquals(network.weights().toString(), other.toString());
        assertEquals(
                network.weights().toString(),
                RecurrentNetwork.random(task, 6, Activation.TANH, Seed.of(1))
                        .weights()
                        .toString());
    }

    @Test
    void mapsAreHeatMapsAndHistoriesAreCurves() {
        for (Object value : List.of(
                trained,
                trained.history(),
                task.batch(2, Seed.of(1)),
                HopDecomposition.of(network.weights(), 5),
                InfluenceMap.of(network.weights(), WalkMeasure.communicability()))) {
            assertTrue(Renderers.render(value).data().containsKey(MimeBundle.PNG), value.toString());
        }
        assertTrue(Renderers.render(network).data().get(MimeBundle.HTML).contains("8 inputs"));
    }

    @Test
    void numbersHaveFourSignificantDigits() {
        assertEquals("0.3333", ValueText.of(1.0 / 3));
        assertEquals("[0.01, 0.04]", ValueText.of(new double[] {0.01, 0.04}));
        assertEquals("[[1, 2],\n [3, 4]]", ValueText.of(new double[][] {{1, 2}, {3, 4}}));
        assertEquals("{a=[1.235]}", ValueText.of(Map.of("a", List.of(1.23456))));
        assertEquals("123457", ValueText.of(123456.7));
    }

    @Test
    void longArraysFold() {
        assertEquals(
                "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …, 0, 0, 0, 0] (1,000 entries)", ValueText.of(new double[1000]));
    }

    private static Stream<Class<?>> types() throws IOException, URISyntaxException {
        Path root = Path.of(
                Seed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.toString().contains("internal")
                            && !file.toString().contains("kernel"))
                    .toList();
            return found.stream().map(file -> type(root.relativize(file)));
        }
    }

    private static Class<?> type(Path file) {
        String name = file.toString()
                .replace(file.getFileSystem().getSeparator(), ".")
                .replaceFirst("\\.class$", "");
        try {
            return Class.forName(name, false, ValuesShowThemselvesTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Public types, and hidden ones that a public method may give as one of the toolkit's interfaces. */
    private static boolean canEndACell(Class<?> type) {
        boolean isGiven = Modifier.isPublic(type.getModifiers())
                || Arrays.stream(type.getInterfaces())
                        .anyMatch(parent -> parent.getName().startsWith("org.hopwise.")
                                && Modifier.isPublic(parent.getModifiers()));
        boolean hasInstances = Arrays.stream(type.getDeclaredFields())
                        .anyMatch(f -> !Modifier.isStatic(f.getModifiers()))
                || Arrays.stream(type.getDeclaredConstructors()).anyMatch(c -> !Modifier.isPrivate(c.getModifiers()));
        return isGiven
                && hasInstances
                && !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.isSynthetic()
                && !Modifier.isAbstract(type.getModifiers())
                && !Throwable.class.isAssignableFrom(type)
                && !type.getPackageName().endsWith(".notebook");
    }

    private static boolean hasText(Class<?> type) {
        boolean isOwn = Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("toString") && method.getParameterCount() == 0);
        return isOwn
                && (!type.isRecord()
                        || !isGenerated(type)
                        || Arrays.stream(type.getRecordComponents()).allMatch(ValuesShowThemselvesTest::shows));
    }

    /** A record's own text is final; one that was written by hand is not. */
    private static boolean isGenerated(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("toString") && method.getParameterCount() == 0)
                .anyMatch(method -> Modifier.isFinal(method.getModifiers()));
    }

    private static boolean shows(RecordComponent component) {
        Class<?> type = component.getType();
        return !type.isArray() && !type.isAnnotationPresent(FunctionalInterface.class);
    }
}
