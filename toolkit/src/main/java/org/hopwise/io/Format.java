package org.hopwise.io;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.hopwise.FileRefusedException;
import org.hopwise.FileRefusedException.Kind;

/** What kind of file some bytes are. Contents decide; the extension only where contents leave it open. */
enum Format {
    NPY,
    ZIP,
    SAFETENSORS,
    JSON,
    XML,
    TEXT;

    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** A pickle of this number is how PyTorch began its files before version 1.6. */
    private static final byte[] TORCH_BEFORE_ZIP = {
        (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };

    private static final String KERAS_RECIPE =
            "is a Keras model in HDF5, which is not read; in Python: np.savez('w.npz', *model.get_weights()), then load w.npz with layout keras.";

    static Format of(Bytes file, String name) {
        byte[] start = file.some(0, 64);
        String extension = extension(name);
        if (NpyHeader.startsWithMagic(start)) {
            return NPY;
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (start.length >= HDF5.length && Arrays.equals(start, 0, HDF5.length, HDF5, 0, HDF5.length)) {
            throw keras();
        }
        if (start.length > 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5) {
            throw pickle(start);
        }
        if (isSafetensors(start, file.length()) || extension.equals("safetensors")) {
            return SAFETENSORS;
        }
        byte first = firstLetter(start);
        if (first == '<') {
            return XML;
        }
        if (first == '{' || (extension.equals("json") && first != 0)) {
            return JSON;
        }
        return byExtension(extension, file.length());
    }

    /** What a file that shows nothing of itself was meant to be. */
    private static Format byExtension(String extension, long length) {
        boolean binary = Arrays.asList("npz", "npy", "pt", "pth", "pkl", "ckpt", "keras", "h5")
                .contains(extension);
        if (binary && length == 0) {
            throw Refusals.truncated("", 1, 0);
        }
        if (binary) {
            throw Refusals.corrupt("", "does not begin as a file of type %s does".formatted(extension));
        }
        return extension.equals("json") ? JSON : extension.equals("graphml") || extension.equals("xml") ? XML : TEXT;
    }

    static FileRefusedException keras() {
        return FileRefusedException.of(Kind.UNSUPPORTED, "", KERAS_RECIPE);
    }

    private static FileRefusedException pickle(byte[] start) {
        int length = TORCH_BEFORE_ZIP.length;
        if (start.length >= 2 + length && Arrays.equals(start, 2, 2 + length, TORCH_BEFORE_ZIP, 0, length)) {
            return FileRefusedException.of(
                    Kind.UNSUPPORTED,
                    "",
                    "is a checkpoint as PyTorch wrote it before version 1.6; save it anew with torch.save(torch.load(f, weights_only=True), g).");
        }
        return FileRefusedException.of(
                Kind.UNSUPPORTED,
                "",
                "is a bare pickle, which is code; save arrays with numpy.savez or torch.save(model.state_dict(), f).");
    }

    private static boolean isSafetensors(byte[] start, long length) {
        if (start.length < 9 || start[8] != '{') {
            return false;
        }
        long header = 0;
        for (int i = 7; i >= 0; i--) {
            header = header << 8 | (start[i] & 0xff);
        }
        return header > 0 && header <= Math.max(length, Limits.SAFETENSORS_HEADER);
    }

    private static boolean startsWith(byte[] start, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (start.length <= i || start[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first byte that is no blank, zero or part of a byte order mark; 0 if there is none. */
    private static byte firstLetter(byte[] start) {
        for (byte letter : start) {
            boolean mark = letter == (byte) 0xef
                    || letter == (byte) 0xbb
                    || letter == (byte) 0xbf
                    || letter == (byte) 0xff
                    || letter == (byte) 0xfe;
            if (!mark && letter != 0 && letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n') {
                return letter;
            }
        }
        return 0;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
