package org.hopwise.spark.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedClosureTest {

    private static Notebook notebook;

    @BeforeAll
    static void open() {
        notebook = new Notebook();
    }

    @AfterAll
    static void close() {
        notebook.close();
    }

    private static Object call(byte[] packed) throws Exception {
        return ((Callable<?>) PackedClosure.unpack(packed)).call();
    }

    @Test
    void theValueOfAVariableTravelsAsItWasWhenPacked() throws Exception {
        notebook.cell("int base = 40; String unit = \"steps\"; double[] gains = {1, 2};");
        notebook.cell("Work total = () -> base + 2 + unit + gains[1];");
        byte[] first = notebook.pack("total");
        notebook.cell("base = 50;");
        byte[] second = notebook.pack("total");
        assertEquals("42steps2.0", call(first));
        assertEquals("52steps2.0", call(second));
    }

    @Test
    void anUnsetVariableTravelsToo() throws Exception {
        notebook.cell("String unset; Work nothing = () -> unset;");
        assertNull(notebook.away("nothing"));
    }

    @Test
    void methodsOfCellsTravelRecursiveOnesToo() throws Exception {
        notebook.cell("int seven = 7; int twice(int n) { return 2 * n; }");
        notebook.cell("int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }");
        notebook.cell("boolean isEven(int n) { return n == 0 || isOdd(n - 1); }");
        notebook.cell("boolean isOdd(int n) { return n != 0 && isEven(n - 1); }");
        notebook.cell("Work methods = () -> twice(factorial(5)) + seven + (isEven(10) ? 1000 : 0);");
        assertEquals(1247, notebook.away("methods"));
    }

    @Test
    void aMethodOfACellThatWasRunAgainIsTheNewOne() throws Exception {
        notebook.cell("int price() { return 1; }");
        notebook.cell("int price() { return 2; }");
        notebook.cell("Work buy = () -> price();");
        assertEquals(2, notebook.away("buy"));
    }

    @Test
    void typesOfCellsTravel() throws Exception {
        notebook.cell("enum Way { IN, OUT { @Override int sign() { return -1; } }; int sign() { return 1; } }");
        notebook.cell("record Edge(int from, int to, Way way) { int span() { return (to - from) * way.sign(); } }");
        notebook.cell("interface Rule { int of(Edge edge); default int twice(Edge edge) { return 2 * of(edge); } }");
        notebook.cell("class Span implements Rule, Serializable { public int of(Edge edge) { return edge.span(); } }");
        notebook.cell("Edge edge = new Edge(2, 9, Way.OUT); Rule span = new Span(); List<Way> ways = List.of(Way.IN);");
        notebook.cell("Work types = () -> edge + \" \" + span.twice(edge) + ways + Way.valueOf(\"OUT\").sign();");
        assertEquals("Edge[from=2, to=9, way=OUT] -14[IN]-1", notebook.away("types"));
    }

    @Test
    void aRecordTravelsThoughItIsNotSerializable() throws Exception {
        notebook.cell(
                "record Range(int from, int to) { public Range { if (from > to) throw new RuntimeException(); } }");
        notebook.cell("var range = new Range(1, 4); Range[] ranges = {range, null, range};");
        notebook.cell("Work ranged = () -> range.to() + \" \" + ranges[0] + (ranges[0] == ranges[2]);");
        assertEquals("4 Range[from=1, to=4]true", notebook.away("ranged"));
    }

    @Test
    void aSwitchOnAnEnumTravels() throws Exception {
        notebook.cell("enum Colour { RED, GREEN } Colour colour = Colour.GREEN;");
        notebook.cell("int code(Colour c) { switch (c) { case RED: return 1; case GREEN: return 2; } return 0; }");
        notebook.cell("Work coded = () -> code(colour);");
        assertEquals(2, notebook.away("coded"));
    }

    @Test
    void aClassKeepsItsStaticFieldsAsTheyAre() throws Exception {
        notebook.cell("class Tally { static int seen = 5; static final List<String> NAMES = new ArrayList<>(); }");
        notebook.cell("Tally.seen = 9; Work tally = () -> Tally.seen++ + \" \" + Tally.NAMES;");
        byte[] packed = notebook.pack("tally");
        assertEquals("9 []", call(packed));
        assertEquals("10 []", call(packed), "runs of a job share what it has");
        assertEquals(9, notebook.value("Tally.seen"));
        assertEquals("9 []", notebook.away("tally"), "a new job begins from the notebook's own value");
    }

    @Test
    void anInitialiserFindsTheVariablesThatItReads() throws Exception {
        notebook.cell("int size = 3; int doubled() { return 2 * size; }");
        notebook.cell("class Box implements Serializable { static final int SIZE = doubled(); static int more = 1;"
                + " int all() { return SIZE + more; } }");
        notebook.cell("var box = new Box(); Box.more = 10; Work boxed = () -> box.all();");
        assertEquals(16, notebook.away("boxed"));
    }

    @Test
    void anonymousClassesInnerLambdasAndLoopVariablesTravel() throws Exception {
        notebook.cell("int step = 10; List<Work> made = new ArrayList<>();");
        notebook.cell("for (int i = 1; i <= 3; i++) { int n = i; made.add(() -> n * step); }");
        notebook.cell("Work inner = () -> IntStream.range(0, 4).map(i -> i * step).sum();");
        notebook.cell("Work anonymous = new Work() { int n = 4; public Object call() { return n * step; } };");
        notebook.cell("Work all = () -> { int s = 0; for (Work w : made) s += (int) w.call();"
                + " return s + \" \" + inner.call() + \" \" + anonymous.call(); };");
        assertEquals("60 60 40", notebook.away("all"));
    }

    @Test
    void constructorsAndMethodsByReferenceTravel() throws Exception {
        notebook.cell("record Pair(int a) { static Object unit() { return new Pair(1); } }");
        notebook.cell("interface Maker extends Function<Integer, Object>, Serializable {} Maker maker = Pair::new;");
        notebook.cell("Work unit = Pair::unit; Work both = () -> maker.apply(2) + \"\" + unit.call();");
        assertEquals("Pair[a=1]", notebook.away("unit").toString());
        assertEquals("Pair[a=2]Pair[a=1]", notebook.away("both"));
    }

    @Test
    void whatTwoVariablesShareStaysShared() throws Exception {
        notebook.cell("List<Integer> one = new ArrayList<>(); List<Integer> other = one;");
        notebook.cell("Work shared = () -> { one.add(1); return other.size(); };");
        assertEquals(1, notebook.away("shared"));
        assertEquals(0, notebook.value("one.size()"));
    }

    @Test
    void neighboursInACellAreLeftAtHome() throws Exception {
        notebook.cell("var reader = new StringReader(\"\"); int calls = 0; class Unsent {}");
        notebook.cell("Work[] pair() { Unsent u = new Unsent(); Work good = () -> 1;"
                + " Work bad = () -> { calls++; return reader.read(); }; return new Work[] {good, bad}; }");
        byte[] packed = notebook.pack("pair()[0]");
        assertEquals(1, call(packed));
        assertTrue(!new String(packed, StandardCharsets.ISO_8859_1).contains("$Unsent\u0000"));
    }

    @Test
    void aJobIsUnpackedOnceAndFourAreKept() {
        notebook.cell("Work plain = () -> 1;");
        byte[] packed = notebook.pack("plain");
        Object first = PackedClosure.unpack(packed);
        for (int other = 0; other < 3; other++) {
            assertNotSame(first, PackedClosure.unpack(notebook.pack("plain")));
            assertSame(first, PackedClosure.unpack(packed));
        }
        for (int other = 0; other < 4; other++) {
            assertNotSame(first, PackedClosure.unpack(notebook.pack("plain")));
        }
        assertNotSame(first, PackedClosure.unpack(packed));
    }

    @Test
    void anotherVirtualMachineRunsIt(@TempDir Path folder) throws Exception {
        notebook.cell("enum Kind { A, B } record Point(Kind kind, double[] x) {} var points = List.of("
                + "new Point(Kind.B, new double[] {0.5, 0.25}));");
        notebook.cell("double sum(Point p) { return Arrays.stream(p.x()).map(v -> v * 2).sum(); }");
        notebook.cell("Work far = () -> points.get(0).kind() + \" \" + sum(points.get(0));");
        Path file = folder.resolve("job");
        Files.write(file, notebook.pack("far"));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Elsewhere.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertEquals("B 1.5", new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, java.waitFor());
    }

    /** Another virtual machine, which knows only what is in the file. */
    static final class Elsewhere {
        private Elsewhere() {}

        public static void main(String[] file) throws Exception {
            System.out.print(call(Files.readAllBytes(Path.of(file[0]))));
        }
    }

    private static void refused(String sentence, String expression) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> notebook.pack(expression))
                        .getMessage());
    }

    @Test
    void aVariableThatCannotTravelIsNamed() {
        notebook.cell("var file = new StringReader(\"text\"); Work read = () -> file.read();");
        refused(
                "the notebook variable 'file' (StringReader) cannot travel to an executor, since it is not Serializable."
                        + " Make it inside the experiment, or keep what is needed of it as numbers, text or records.",
                "read");
    }

    @Test
    void aVariableReadByAMethodOrHeldInAListIsNamedToo() {
        notebook.cell("class Plain {} List<Object> held = new ArrayList<>(List.of(1, new Plain()));");
        notebook.cell("int count() { return held.size(); } Work counted = () -> count();");
        refused(
                "the notebook variable 'held' (ArrayList) cannot travel to an executor, since the Plain in it is not"
                        + " Serializable. Let Plain implement java.io.Serializable.",
                "counted");
    }

    @Test
    void aPlainLambdaIsNamed() {
        notebook.cell("Supplier<Integer> five = () -> 5; Work asks = () -> five.get();");
        refused(
                "the notebook variable 'five' (Supplier) cannot travel to an executor, since it is not Serializable. Write"
                        + " it as a method of the notebook, or give it a Serializable type.",
                "asks");
    }

    @Test
    void whatTheExperimentCapturesIsNamed() {
        notebook.cell("Work capture(Object what) { return () -> what; }");
        refused(
                "the experiment cannot travel to an executor, since the StringReader in it is not Serializable. Make it"
                        + " inside the experiment, or keep what is needed of it as numbers, text or records.",
                "capture(new StringReader(\"\"))");
    }

    @Test
    void aChangeOfAVariableIsRefused() {
        notebook.cell("int count = 0; Work counts = () -> count++;");
        refused(
                "the experiment changes the notebook variable 'count', and a change made on an executor does not come back."
                        + " Use a local variable, or return the number in the table.",
                "counts");
    }

    @Test
    void anEnclosingObjectIsNamed() {
        notebook.cell("class Lab { int n = 3; Work work() { return () -> n; }"
                + " Work other() { return new Work() { public Object call() { return n; } }; } }");
        String sentence = "the experiment cannot travel to an executor, since its enclosing object (Lab) is not"
                + " Serializable. Copy what is used of it into local variables first, or let Lab implement"
                + " java.io.Serializable.";
        refused(sentence, "new Lab().work()");
        refused(sentence, "new Lab().other()");
    }

    @Test
    void whatFailsWhileItIsWrittenIsNamed() {
        notebook.cell("class Broken implements Serializable { private void writeObject(ObjectOutputStream out)"
                + " { throw new IllegalStateException(\"not now\"); } }");
        notebook.cell("var broken = new Broken(); Work breaks = () -> broken;");
        refused(
                "the notebook variable 'broken' (Broken) cannot travel to an executor, since writing it fails with"
                        + " java.lang.IllegalStateException: not now. Make it inside the experiment, or keep what is needed"
                        + " of it as numbers, text or records.",
                "breaks");
    }

    @Test
    void whatIsTooLargeIsNamed() {
        notebook.cell("byte[] small = new byte[700_000]; byte[] large = new byte[1_500_000];");
        notebook.cell("Work sizes = () -> small.length + large.length; Work sized = () -> large.length;");
        notebook.cell("Work holds(byte[] b) { return () -> b.length; }");
        String both = "the experiment takes more than 2 MB, the most that is sent to executors; the largest part is the"
                + " notebook variable 'large' (byte[], 1.5 MB). Make it inside the experiment, or read it there from a"
                + " file.";
        assertTooLarge(2_000_000, both, "sizes");
        String one = "the notebook variable 'large' (byte[]) takes more than 1 MB, the most that is sent to executors."
                + " Make it inside the experiment, or read it there from a file.";
        assertTooLarge(1_000_000, one, "sized");
        String captured = "the experiment takes more than 1 MB, the most that is sent to executors. Make it inside the"
                + " experiment, or read it there from a file.";
        assertTooLarge(1_000_000, captured, "holds(large)");
        byte[] most = new Packing(2_300_000).pack((Work) notebook.value("sizes"));
        assertTrue(most.length > 2_200_000);
    }

    private static void assertTooLarge(int most, String sentence, String expression) {
        Work work = (Work) notebook.value(expression);
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> new Packing(most).pack(work))
                        .getMessage());
    }

    @Test
    void aKernelThatHidesItsCodeIsToldApart() throws Exception {
        Class<?> hidden = new Secretive().of(Secret.class);
        Work work = (Work) hidden.getDeclaredConstructor().newInstance();
        String message = assertThrows(IllegalStateException.class, () -> PackedClosure.pack(work))
                .getMessage();
        assertEquals(
                List.of(
                        "this notebook kernel does not give the code of Secret. Put the experiment into a small jar:",
                        "    javac -cp hopwise.jar -d classes MyExperiment.java",
                        "    jar --create --file my-experiment.jar -C classes .",
                        "and give it to the kernel's class path and to Spark: conf.set(\"spark.jars\","
                                + " \"my-experiment.jar\")."),
                message.lines().toList());
    }

    private static final class Secretive extends ClassLoader {

        Class<?> of(Class<?> type) throws IOException {
            String file = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                byte[] code = in.readAllBytes();
                return defineClass(type.getName(), code, 0, code.length);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return null;
        }
    }

    @Test
    void classesThatExecutorsKnowAreNotSent() throws Exception {
        byte[] packed = PackedClosure.pack((Work) () -> "known");
        assertEquals("known", call(packed));
        assertTrue(packed.length < 1_000, () -> packed.length + " bytes");
    }

    @Test
    void bytesThatAreNoneOfOursAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> PackedClosure.unpack(new byte[20]))
                .getMessage();
        assertTrue(message.startsWith("these 20 bytes cannot be unpacked here: java.io.EOFException."), message);
    }
}
