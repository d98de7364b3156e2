package org.hopwise.lowrank;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hopwise.internal.machine.AtomicFiles;

/** How far a fit has come, and how it is kept. */
final class FitState {

    private static final String MARK = "hopwise latent fit 1";

    final double[] parameters;
    final double[] bounds;
    final RectifiedAdam adam;

    FitState(double[] parameters, int updates) {
        this.parameters = parameters;
        this.bounds = new double[updates];
        this.adam = new RectifiedAdam(parameters.length);
    }

    void keep(Path file, String identity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(MARK);
            out.writeUTF(identity);
            out.writeInt(adam.updates);
            for (double[] array : new double[][] {parameters, adam.first, adam.second}) {
                write(array, array.length, out);
            }
            write(bounds, adam.updates, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Path whole = file.toAbsolutePath();
        AtomicFiles.write(whole.getParent(), Map.of(whole.getFileName().toString(), bytes.toByteArray()));
    }

    private static void write(double[] values, int count, DataOutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeDouble(values[i]);
        }
    }

    /** Takes up what is kept in the file, if it is there and of the same fit. */
    void resume(Path file, String identity) {
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (!MARK.equals(in.readUTF()) || !identity.equals(in.readUTF())) {
                throw new IllegalArgumentException(
                        "%s keeps a fit of other settings, start or trials; choose another file, or delete it."
                                .formatted(file.getFileName()));
            }
            adam.updates = in.readInt();
            for (double[] array : new double[][] {parameters, adam.first, adam.second}) {
                read(array, array.length, in);
            }
            read(bounds, adam.updates, in);
        } catch (IOException broken) {
            throw new IllegalArgumentException(
                    "%s is no kept fit, or cut short; delete it and fit anew.".formatted(file.getFileName()), broken);
        }
    }

    private static void read(double[] values, int count, DataInputStream in) throws IOException {
        for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
        }
    }
}
