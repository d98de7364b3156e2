package org.hopwise.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hopwise.Seed;
import org.hopwise.graph.Wiring;
import org.hopwise.io.Foreign;
import org.hopwise.io.NetworkFile;
import org.hopwise.io.WiringFile;
import org.hopwise.network.LoadedNetwork;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.rnn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command line, run in this JVM: examples of every help, files it writes, exit codes. */
class HopwiseTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Hopwise.run(new PrintWriter(out), new PrintWriter(err), false, arguments);
    }

    /** The files that examples name: a network with its trials, and a wiring diagram with its nodes. */
    @BeforeEach
    void files() throws IOException {
        Weights weights = Weights.of(
                new double[][] {{1, 0}, {0, 1}, {0.5, 0.5}},
                new double[][] {{0.2, 0.5, 0}, {0, 0.1, 0.4}, {0.3, 0, 0.2}},
                new double[][] {{1, -1, 0.5}});
        NetworkFile.save(RecurrentNetwork.of(weights, Activation.TANH), folder.resolve("net.npz"));
        Files.write(folder.resolve("trials.npy"), npy(6, 3, 2));
        StringBuilder edges = new StringBuilder("pre,post,weight\n");
        String names = "abcdefgh";
        Seed seed = Seed.of(5);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                long draw = Math.floorMod(seed.child(8L * i + j).value(), 10L);
                edges.append(
                        i != j && draw < 5 ? names.charAt(i) + "," + names.charAt(j) + "," + (1 + draw) + "\n" : "");
            }
        }
        Files.writeString(folder.resolve("edges.csv"), edges);
        Files.writeString(
                folder.resolve("nodes.csv"),
                "unit,role\na,input\nb,input\nc,inter\nd,inter\ne,inter\nf,inter\ng,output\nh,output\n");
    }

    private static byte[] npy(int steps, int trials, int inputs) {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d, %d), }".formatted(steps, trials, inputs);
        int length = 118 - header.length();
        byte[] head = ("\u0093NUMPY\u0001\0v\0" + header + " ".repeat(length - 1) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(head.length + 8 * steps * trials * inputs)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put(head);
        for (int i = 0; i < steps * trials * inputs; i++) {
            bytes.putDouble(Math.sin(i));
        }
        return bytes.array();
    }

    private String in(String argument) {
        boolean file = argument.matches(".*\\.(npz|npy|csv|graphml|safetensors)") || argument.equals("results");
        return file ? folder.resolve(argument).toString() : argument;
    }

    static Stream<CommandLine> commands() {
        CommandLine all =
                Hopwise.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
        return Stream.concat(Stream.of(all), all.getSubcommands().values().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleOfEveryHelpRuns(CommandLine command) {
        String[] examples = command.getCommandSpec().usageMessage().footer();
        assertTrue(examples.length > 0, command.getCommandName() + " has no example");
        for (String example : examples) {
            List<String> words = new ArrayList<>(Arrays.asList(example.trim().split(" +")));
            assertEquals("hopwise", words.remove(0));
            if (command.getCommandName().equals("figures")) {
                assertEquals(0, run("hops", in("net.npz"), "--out", in("results")), err.toString());
            } else if (!words.contains("--out")
                    && !List.of("inspect", "completion").contains(words.get(0))
                    && !words.get(0).equals("figures")) {
                words.addAll(List.of("--out", "results"));
            }
            assertEquals(0, run(words.stream().map(this::in).toArray(String[]::new)), example + ": " + err);
        }
    }

    @Test
    void helpAndVersionAreGivenWithoutAnyFile() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("Exit codes:") && out.toString().contains("hops"), out.toString());
        assertEquals(0, run("--version"));
        for (String command : List.of("hops", "influence", "lesions", "communities", "inspect", "convert", "figures")) {
            assertEquals(0, run(command, "--help"));
        }
    }

    @Test
    void commandsThatAreNotAskedForStandInHelpAsIfTheyWere() {
        assertEquals(0, run("--help"));
        CommandLine all = Hopwise.commandLine(new PrintWriter(out), new PrintWriter(err), false);
        assertEquals(all.getUsageMessage(), out.toString());
        assertEquals(2, run("inspekt", in("net.npz")));
        assertTrue(err.toString().contains("inspekt"), err.toString());
    }

    @Test
    void aProfileHasItsColumnsAndSharesAddUpToOne() throws IOException {
        assertEquals(0, run("hops", in("net.npz"), "--hops", "6", "--matrix", "raw", "--out", in("results")));
        List<String> profile = Files.readAllLines(folder.resolve("results/profile.csv"));
        assertEquals("hop,influence,absolute,share", profile.get(0));
        assertEquals(7, profile.size());
        double shares = 0;
        for (String line : profile.subList(1, 7)) {
            shares += Double.parseDouble(line.split(",", -1)[3]);
        }
        assertEquals(1, shares, 1e-12);
        List<String> hops = Files.readAllLines(folder.resolve("results/hops.csv"));
        assertEquals("hop,from,to,influence,share", hops.get(0));
        // Hop 2 from the first input: W_out W_in.
        assertEquals("2,in 1,out 1,1.25", hops.get(1).substring(0, hops.get(1).lastIndexOf(',')));
        JsonObject provenance = JsonParser.parseString(Files.readString(folder.resolve("results/provenance.json")))
                .getAsJsonObject();
        assertEquals(64, provenance.get("sha256").getAsString().length());
        assertEquals("raw", provenance.get("matrix").getAsString());
        assertTrue(provenance.has("radius") && provenance.has("warnings") && provenance.has("taken"));
    }

    @Test
    void nullsAddTheirColumnsAndTheSameOnAnyNumberOfThreads() throws IOException {
        String[] words = {
            "hops",
            in("edges.csv"),
            "--nodes",
            in("nodes.csv"),
            "--from",
            "role=input",
            "--to",
            "role=output",
            "--hops",
            "3",
            "--null",
            "degree,classes",
            "--draws",
            "120",
            "--threads",
            "1",
            "--out",
            in("one")
        };
        words[words.length - 1] = folder.resolve("one").toString();
        assertEquals(0, run(words), err.toString());
        List<String> one = Files.readAllLines(folder.resolve("one/profile.csv"));
        assertEquals(
                "hop,influence,absolute,share,null,draws,null_mean,null_low,null_high,p,p_holm,p_bh,effect",
                one.get(0));
        assertEquals(7, one.size());
        words[words.length - 1] = folder.resolve("three").toString();
        words[words.length - 3] = "3";
        assertEquals(0, run(words));
        assertEquals(one, Files.readAllLines(folder.resolve("three/profile.csv")));
        // Finished draws go into the same table, however often it is resumed.
        assertEquals(
                0,
                run(Stream.concat(Arrays.stream(words), Stream.of("--resume")).toArray(String[]::new)));
        assertEquals(one, Files.readAllLines(folder.resolve("three/profile.csv")));
    }

    @Test
    void anInterruptedRunEndsWith130AndResumesToTheSameTable() throws IOException {
        String[] words = {
            "hops",
            in("edges.csv"),
            "--from",
            "a,b",
            "--to",
            "g,h",
            "--hops",
            "2",
            "--null",
            "degree",
            "--draws",
            "200",
            "--quiet",
            "--out",
            in("results")
        };
        assertEquals(0, run(words));
        List<String> whole = Files.readAllLines(folder.resolve("results/profile.csv"));
        Thread.currentThread().interrupt();
        assertEquals(130, run(words));
        assertTrue(Thread.interrupted());
        assertTrue(err.toString().contains("--resume"), err.toString());
        assertEquals(
                0,
                run(Stream.concat(Arrays.stream(words), Stream.of("--resume")).toArray(String[]::new)));
        assertEquals(whole, Files.readAllLines(folder.resolve("results/profile.csv")));
    }

    @Test
    void exitCodesTellUsageFilesAndAnalysesApart() throws IOException {
        assertEquals(2, run());
        assertEquals(2, run("hops"));
        assertEquals(2, run("hops", in("net.npz"), "--matrices", "raw"));
        assertEquals(2, run("hops", in("net.npz"), "--matrix", "effective", "--out", in("results")));
        assertEquals(2, run("hops", in("edges.csv"), "--from", "z", "--to", "a", "--out", in("results")));
        assertEquals(2, run("hops", in("edges.csv"), "--from", "a", "--to", "b", "--null", "degrees"));
        assertEquals(2, run("hops", in("net.npz"), "--dt", "1", "--out", in("results")));
        assertEquals(3, run("inspect", folder.resolve("missing.npz").toString()));
        assertTrue(err.toString().contains("missing: "), err.toString());
        Path cut = folder.resolve("cut.npz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(folder.resolve("net.npz")), 300));
        assertEquals(3, run("inspect", cut.toString()));
        assertEquals(
                4,
                run(
                        "hops",
                        in("edges.csv"),
                        "--from",
                        "a",
                        "--to",
                        "b",
                        "--null",
                        "degree",
                        "--draws",
                        "50",
                        "--out",
                        in("results")));
        assertTrue(err.toString().contains("too few nulls"), err.toString());
        assertEquals(
                4,
                run(
                        "influence",
                        in("edges.csv"),
                        "--from",
                        "a",
                        "--to",
                        "b",
                        "--alpha",
                        "1.5",
                        "--out",
                        in("results")));
        assertFalse(Files.exists(folder.resolve("results/influence.csv")));
    }

    @Test
    void lesionsAreMeasuredAtTheObservedScaleOrTheirOwn() throws IOException {
        String[] words = {"lesions", in("edges.csv"), "--from", "a", "--to", "f", "--hops", "3", "--out", in("results")
        };
        List<String> tables = new ArrayList<>();
        for (String more : List.of("--scale=observed", "--scale=own", "--renormalise")) {
            assertEquals(
                    0, run(Stream.concat(Arrays.stream(words), Stream.of(more)).toArray(String[]::new)));
            tables.add(Files.readString(folder.resolve("results/lesions.csv")));
            String record = Files.readString(folder.resolve("results/provenance.json"));
            assertTrue(record.contains(more.endsWith("observed") ? "\"observed\"" : "\"own\""), record);
        }
        assertFalse(tables.get(0).equals(tables.get(1)));
        assertEquals(tables.get(1), tables.get(2));
        assertEquals(
                2,
                run(Stream.concat(Arrays.stream(words), Stream.of("--scale=none"))
                        .toArray(String[]::new)));
    }

    /** A JVM of its own, so that nothing else counts: four GiB on paper, a few blocks on disk. */
    @Test
    void fourGibibytesAreInspectedWithinSixtyFourMebibytes() throws IOException, InterruptedException {
        long size = 4L << 30;
        String header = "{\"W\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted((size - 128) / 4, size - 128);
        java.nio.ByteBuffer start = java.nio.ByteBuffer.allocate(128).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        start.putLong(120).put((header + " ".repeat(120 - header.length())).getBytes(StandardCharsets.US_ASCII));
        Path large = folder.resolve("large.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.write(start.array());
            file.setLength(size);
        }
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hopwise.class.getName(),
                        "inspect",
                        large.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor());
        assertTrue(told.contains("W float32 1073741792"), told);
    }

    @Test
    void theTwoSquaresOfAFileAreAmbiguousUntilOneIsTaken() {
        String file = Foreign.file("numpy/two_squares.npz").toString();
        assertEquals(4, run("hops", file, "--out", in("results")));
        assertTrue(err.toString().contains("ambiguous"), err.toString());
    }

    @Test
    void aGatedNetworkGivesItsMeanJacobianOnlyWithTrials() throws IOException {
        String file = Foreign.file("torch/gru.pt").toString();
        assertEquals(4, run("hops", file, "--out", in("results")));
        assertTrue(err.toString().contains("gated"), err.toString());
        Files.write(folder.resolve("for-gru.npy"), npy(4, 2, 2));
        int code = run("hops", file, "--trials", folder.resolve("for-gru.npy").toString(), "--out", in("results"));
        if (code != 0) {
            Files.write(folder.resolve("for-gru.npy"), npy(4, 2, 3));
            code = run("hops", file, "--trials", folder.resolve("for-gru.npy").toString(), "--out", in("results"));
        }
        assertEquals(0, code, err.toString());
        assertEquals(
                5, Files.readAllLines(folder.resolve("results/profile.csv")).size());
    }

    @Test
    void formatsAreConvertedAndReadBack() {
        assertEquals(0, run("convert", in("net.npz"), "--out", in("net.safetensors")));
        LoadedNetwork back = NetworkFile.load(folder.resolve("net.safetensors"));
        LoadedNetwork net = NetworkFile.load(folder.resolve("net.npz"));
        assertArrayEquals(
                net.weights().recurrent().dup('c').reshape(9).toDoubleVector(),
                back.weights().recurrent().dup('c').reshape(9).toDoubleVector());
        assertEquals(0, run("convert", in("edges.csv"), "--out", in("edges.graphml")));
        Wiring wiring = WiringFile.load(folder.resolve("edges.graphml")).wiring();
        assertEquals(WiringFile.load(folder.resolve("edges.csv")).wiring().edges(), wiring.edges());
        assertEquals(
                2,
                run(
                        "convert",
                        in("edges.csv"),
                        "--out",
                        folder.resolve("edges.xlsx").toString()));
    }

    @Test
    void textThatASpreadsheetWouldRunStandsInQuotes() throws IOException {
        Files.writeString(folder.resolve("formulas.csv"), "pre,post,weight\n=1+1,-b,2\n-b,=1+1,3\n");
        assertEquals(
                0,
                run(
                        "communities",
                        folder.resolve("formulas.csv").toString(),
                        "--out",
                        folder.resolve("results").toString()),
                err.toString());
        String table = Files.readString(folder.resolve("results/communities.csv"));
        assertTrue(table.contains("\"=1+1\",") && table.contains("\"-b\","), table);
    }

    @Test
    void numbersHaveAPointInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals(0, run("hops", in("net.npz"), "--out", in("results")));
            assertTrue(Files.readString(folder.resolve("results/profile.csv")).contains("2,"));
            assertFalse(Files.readString(folder.resolve("results/profile.csv")).contains("0,0,"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void progressGoesToStandardErrorAndASummaryOrJsonToStandardOutput() {
        assertEquals(
                0,
                run(
                        "hops",
                        in("edges.csv"),
                        "--from",
                        "a",
                        "--to",
                        "h",
                        "--hops",
                        "2",
                        "--null",
                        "degree",
                        "--draws",
                        "100",
                        "--json",
                        "--out",
                        in("results")));
        assertTrue(err.toString().contains("null model degree: 100 of 100"), err.toString());
        JsonObject told = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals(1, told.get("seed").getAsInt());
        assertFalse(err.toString().contains("\r"), "no terminal, so plain lines");
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertEquals(0, run("completion"));
        assertTrue(out.toString().contains("communities") && out.toString().contains("--null"));
    }
}
