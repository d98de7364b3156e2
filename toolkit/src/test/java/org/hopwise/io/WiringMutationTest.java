package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopwise.FileRefusedException;
import org.hopwise.io.ArrayMutationTest.Numbers;
import org.hopwise.network.LoadedWiring;
import org.junit.jupiter.api.Test;

/**
 * Damaged edge lists, matrices and GraphML give numbers that stand in them or the one documented exception, within 64 MiB
 * of memory: a thousand a format here, and nine thousand more in {@link WiringMutationsTest}.
 */
class WiringMutationTest {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?");

    /** Which damaged files of a format. */
    Numbers numbers() {
        return new Numbers(0, 1_000);
    }

    private static void fuzz(Numbers numbers, String... files) {
        int read = 0;
        int refused = 0;
        List<byte[]> originals = Arrays.stream(files).map(Foreign::bytes).toList();
        for (int i = numbers.first(); i < numbers.last(); i++) {
            int number = i;
            String file = files[i % files.length];
            byte[] bytes = new Mutations(i).mutate(originals.get(i % files.length));
            long before = Mutations.allocated();
            try {
                LoadedWiring loaded = WiringFile.load(Bytes.of(bytes), file, TextOptions.defaults(), Limits.defaults());
                long taken = Mutations.allocated() - before;
                assertTrue(
                        taken < Mutations.MEMORY,
                        () -> "mutation %d of %s took %d bytes".formatted(number, file, taken));
                assertWeightsStandThere(bytes, loaded);
                read++;
            } catch (FileRefusedException refusal) {
                assertTrue(refusal.getMessage().length() < 600, refusal.getMessage());
                refused++;
            } catch (IOException | RuntimeException | StackOverflowError undocumented) {
                throw new AssertionError("mutation %d of %s".formatted(i, file), undocumented);
            }
        }
        int times = numbers.last() - numbers.first();
        assertTrue(read > times / 50 && refused > times / 10, read + " read, " + refused + " refused");
    }

    /** Every weight that was not added up is one of the numbers in the text. */
    private static void assertWeightsStandThere(byte[] bytes, LoadedWiring loaded) {
        String notes = loaded.toString();
        if (notes.contains("named again") || notes.contains("every edge counts 1") || notes.contains("both ways")) {
            return;
        }
        boolean wide = bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe;
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        String text = new String(bytes, charset);
        boolean decimalComma = notes.contains("decimal comma");
        Set<Double> numbers = new HashSet<>();
        // A number may begin inside of another one, as 5 after the comma of 1,5.
        for (String cell : text.split(decimalComma ? "[^-+0-9eE,]" : "[^-+0-9eE.]", -1)) {
            Matcher matcher = NUMBER.matcher(cell);
            if (matcher.matches()) {
                numbers.add(Double.parseDouble(cell.replace(',', '.')));
            }
        }
        loaded.wiring()
                .forEachEdge((from, to, weight) -> assertTrue(
                        numbers.contains(weight), () -> weight + " from " + from + " to " + to + " in " + text));
    }

    @Test
    void edgeListsGiveNumbersThatStandInThemOrARefusal() {
        fuzz(
                numbers(),
                "csv/edges_pandas_index.csv",
                "csv/edges_pandas.tsv",
                "csv/edges_r.csv",
                "csv/edges_excel_german.csv",
                "csv/edges_excel_unicode.txt",
                "csv/edges_libreoffice.csv",
                "csv/edges_no_header.csv",
                "csv/edges_unweighted_spaces.txt",
                "csv/edges_zero_negative.csv");
    }

    @Test
    void matricesGiveNumbersThatStandInThemOrARefusal() {
        fuzz(
                numbers(),
                "csv/matrix_labels.csv",
                "csv/matrix_savetxt.txt",
                "csv/matrix_savetxt_header.csv",
                "csv/matrix_german.csv",
                "csv/matrix_aligned.txt");
    }

    @Test
    void graphmlGivesNumbersThatStandInItOrARefusal() {
        fuzz(
                numbers(),
                "graphml/networkx.graphml",
                "graphml/networkx_int_ids_mixed_weight.graphml",
                "graphml/undirected.graphml",
                "graphml/defaults_prefix_edge_direction.graphml",
                "graphml/igraph.graphml",
                "graphml/utf16.graphml");
    }
}
