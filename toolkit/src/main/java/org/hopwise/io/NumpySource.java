package org.hopwise.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;
import org.hopwise.network.ArrayHeader;
import org.hopwise.network.FileContents;
import org.hopwise.network.NamedArray;

/** A file of NumPy: one array (npy) or an archive of arrays (npz). Entries that are no numbers are named and left out. */
final class NumpySource implements ArraySource {

    /** Opens the bytes of one array, header and all. */
    private interface Opening {
        InputStream open() throws IOException;
    }

    private record Part(ArrayHeader header, NpyHeader npy, Opening opening) {}

    private final String format;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    private NumpySource(String format) {
        this.format = format;
    }

    static NumpySource npy(Bytes file) throws IOException {
        NumpySource source = new NumpySource("npy");
        source.add("", file.length(), () -> file.stream(0, file.length()));
        if (source.parts.isEmpty()) {
            throw FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "",
                    "holds an array of type %s, which is no number; save a numeric array."
                            .formatted(source.skipped.get("")));
        }
        return source;
    }

    static NumpySource npz(Zip zip) throws IOException {
        NumpySource source = new NumpySource("npz");
        for (Zip.Entry entry : zip.entries().values()) {
            String name = entry.name();
            if (name.endsWith(".npy")) {
                source.add(name.substring(0, name.length() - 4), entry.size(), () -> zip.open(entry));
            } else {
                source.skipped.put(name, "no npy array");
            }
        }
        if (source.parts.isEmpty()) {
            throw FileRefusedException.of(
                    Kind.MISSING,
                    "",
                    "has no numeric array, only %s; save arrays with numpy.savez."
                            .formatted(Refusals.some(List.copyOf(zip.entries().keySet()))));
        }
        return source;
    }

    private void add(String name, long length, Opening opening) throws IOException {
        NpyHeader npy;
        try (InputStream in = opening.open()) {
            npy = NpyHeader.read(in, name, length);
        }
        npy.requireKnown(name);
        if (npy.number() == null) {
            skipped.put(name, npy.type());
            return;
        }
        npy.requireLength(name, length);
        parts.put(name, new Part(new ArrayHeader(name, npy.number().toString(), npy.shape()), npy, opening));
    }

    @Override
    public FileContents contents() {
        List<ArrayHeader> headers = new ArrayList<>();
        parts.values().forEach(part -> headers.add(part.header));
        return new FileContents(format, headers, skipped, Map.of());
    }

    @Override
    public NamedArray read(String name) throws IOException {
        Part part = parts.get(name);
        try (InputStream in = part.opening.open()) {
            in.skipNBytes(part.npy.bytes());
            NamedArray array = part.npy.numbers().read(in, part.header);
            // An archive's entry proves its checksum only at its end.
            if (in.read() >= 0) {
                throw Refusals.corrupt(Refusals.array(name), "has more bytes than its header states");
            }
            return array;
        }
    }

    @Override
    public void check(String name) throws IOException {
        byte[] piece = new byte[1 << 14];
        try (InputStream in = parts.get(name).opening.open()) {
            while (in.read(piece, 0, piece.length) >= 0) {
                // An archive's entry proves its checksum at its end.
            }
        }
    }
}
