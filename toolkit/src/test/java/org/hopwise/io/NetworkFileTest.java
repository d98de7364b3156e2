package org.hopwise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hopwise.Seed;
import org.hopwise.rnn.Activation;
import org.hopwise.rnn.RecurrentNetwork;
import org.hopwise.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {

    @TempDir
    Path folder;

    private static RecurrentNetwork network() {
        return RecurrentNetwork.random(Tasks.averaging().size(6, 2), 5, Activation.RELU, Seed.of(3));
    }

    @Test
    void aSavedNetworkComesBackToTheLastBit() {
        Path file = folder.resolve("network.npz");
        NetworkFile.save(network(), file);
        RecurrentNetwork back = NetworkFile.load(file).network();
        assertSame(network(), back);
    }

    private static void assertSame(RecurrentNetwork expected, RecurrentNetwork back) {
        assertEquals(expected.activation(), back.activation());
        assertEquals(expected.weights().input(), back.weights().input());
        assertEquals(expected.weights().recurrent(), back.weights().recurrent());
        assertEquals(expected.weights().output(), back.weights().output());
        assertEquals(expected.weights().hiddenBias(), back.weights().hiddenBias());
        assertEquals(expected.weights().outputBias(), back.weights().outputBias());
    }

    @Test
    void safetensorsKeepANetworkToTheLastBit() {
        Path file = folder.resolve("network.safetensors");
        NetworkFile.save(network(), file);
        assertEquals("relu", NetworkFile.inspect(file).values().get("activation"));
        assertSame(network(), NetworkFile.load(file).network());
    }

    @Test
    void equalNetworksGiveEqualFiles() throws IOException {
        NetworkFile.save(network(), folder.resolve("one.npz"));
        NetworkFile.save(network(), folder.resolve("two.npz"));
        assertArrayEquals(Files.readAllBytes(folder.resolve("one.npz")), Files.readAllBytes(folder.resolve("two.npz")));
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> NetworkFile.load(folder.resolve("nowhere.npz")));
        assertTrue(refusal.getMessage().contains("nowhere.npz' does not exist"), refusal.getMessage());
    }

    @Test
    void halfAFileIsRefused() throws IOException {
        Path file = folder.resolve("network.npz");
        NetworkFile.save(network(), file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        var refusal = assertThrows(IllegalArgumentException.class, () -> NetworkFile.load(file));
        assertTrue(refusal.getMessage().contains("not a whole zip archive"), refusal.getMessage());
    }

    @Test
    void anArchiveWithoutTheArraysListsWhatItHas() throws IOException {
        Path file = folder.resolve("other.npz");
        org.openlca.npy.Npz.create(
                file.toFile(),
                zip -> org.openlca.npy.Npz.write(
                        zip, "W.npy", org.openlca.npy.NpyDoubleArray.vectorOf(new double[] {1})));
        var refusal = assertThrows(IllegalArgumentException.class, () -> NetworkFile.load(file));
        assertTrue(
                refusal.getMessage().contains("no square matrix that could be recurrent weights; it has 'W' 1"),
                refusal.getMessage());
    }
}
