package org.hopwise.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a file of arrays, read without its numbers.
 *
 * @param format npy, npz, pytorch, safetensors or json
 * @param arrays the numeric arrays, in the file's order
 * @param skipped name and type of what is there and is not read: text, objects, records
 * @param values single words and numbers that stand beside the arrays, by name: metadata, settings
 */
public record FileContents(
        String format, List<ArrayHeader> arrays, Map<String, String> skipped, Map<String, String> values) {

    /**
     * Copies lists and maps, which keep their order.
     *
     * @param format npy, npz, pytorch, safetensors or json
     * @param arrays the numeric arrays, in the file's order
     * @param skipped name and type of what is there and is not read
     * @param values single words and numbers that stand beside the arrays, by name
     */
    public FileContents {
        arrays = List.copyOf(arrays);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** All of it in lines, one an array. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("%s, %d array%s".formatted(format, arrays.size(), arrays.size() == 1 ? "" : "s"));
        arrays.forEach(array -> lines.add("  " + array));
        skipped.forEach((name, type) -> lines.add("  %s is not read: %s".formatted(name, type)));
        values.forEach((name, value) -> lines.add("  %s = %s".formatted(name, value)));
        return String.join("\n", lines);
    }
}
