package org.hopwise.io;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.ejml.data.DMatrixRMaj;
import org.hopwise.internal.Matrices;

/** Networks as safetensors: float64 by name, the header padded with blanks to a multiple of 8 bytes. */
final class SafetensorsWriter {

    private SafetensorsWriter() {}

    static byte[] bytes(SavedNetwork network) {
        Matrices m = network.matrices;
        JsonObject metadata = new JsonObject();
        metadata.addProperty("activation", network.function);
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        // By name, so that equal networks give equal files.
        letters(header, data, "activation", network.function);
        if (network.leak != 1) {
            put(header, data, "dt", "F64", doubles(network.leak));
        }
        if (!network.form.isEmpty()) {
            letters(header, data, "form", network.form);
        }
        vector(header, data, "hidden_bias", m.hiddenBias());
        if (network.start.length > 0) {
            put(header, data, "initial_state", "F64", doubles(network.start), network.start.length);
        }
        matrix(header, data, "input", m.input());
        matrix(header, data, "output", m.output());
        vector(header, data, "output_bias", m.outputBias());
        matrix(header, data, "recurrent", m.recurrent());
        if (network.leak != 1) {
            put(header, data, "tau", "F64", doubles(1));
        }
        return joined(header.toString(), data.toByteArray());
    }

    private static void letters(JsonObject header, ByteArrayOutputStream data, String name, String word) {
        put(header, data, name, "I8", word.getBytes(StandardCharsets.US_ASCII), word.length());
    }

    private static void matrix(JsonObject header, ByteArrayOutputStream data, String name, DMatrixRMaj matrix) {
        put(header, data, name, "F64", doubles(matrix.data), matrix.numRows, matrix.numCols);
    }

    private static void vector(JsonObject header, ByteArrayOutputStream data, String name, DMatrixRMaj column) {
        put(header, data, name, "F64", doubles(column.data), column.numRows);
    }

    private static void put(
            JsonObject header, ByteArrayOutputStream data, String name, String type, byte[] bytes, int... sizes) {
        JsonArray shape = new JsonArray();
        for (int size : sizes) {
            shape.add(size);
        }
        JsonArray offsets = new JsonArray();
        offsets.add(data.size());
        data.writeBytes(bytes);
        offsets.add(data.size());
        JsonObject tensor = new JsonObject();
        tensor.addProperty("dtype", type);
        tensor.add("shape", shape);
        tensor.add("data_offsets", offsets);
        header.add(name, tensor);
    }

    private static byte[] joined(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .array();
        bytes.writeBytes(length);
        bytes.writeBytes(text);
        bytes.writeBytes(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }
}
