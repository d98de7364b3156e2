package org.hopwise;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of weights or wiring that is not read, and why: which kind of fault, where it stands, what to do. Nothing of a
 * refused file is used.
 */
public final class FileRefusedException extends IllegalArgumentException {

    /** What can be wrong with a file. */
    public enum Kind {
        /** The file, or an array that was asked for, is not there. */
        MISSING,
        /** Fewer bytes than the file itself states. */
        TRUNCATED,
        /** Parts contradict each other: checksum, offsets, header, index. */
        CORRUPT,
        /** Beyond a limit, or it would be if the file were believed. */
        TOO_LARGE,
        /** A construct that serves only an attack: a global that runs code, a DTD, a name that leaves its folder. */
        HOSTILE,
        /** Real, but not read; the message has a recipe. */
        UNSUPPORTED,
        /** Text that breaks its format. */
        SYNTAX,
        /** A value, column or array that is no number. */
        NOT_NUMERIC,
        /** NaN or infinity where a weight is wanted. */
        NOT_FINITE,
        /** Which array is which cannot be told; the message lists candidates. */
        AMBIGUOUS,
        /** Weights of a GRU or LSTM asked for as plain walks. */
        GATED,
        /** Shapes that do not agree. */
        SHAPE;

        /** The name with hyphens, such as not-finite. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int LONGEST_QUOTE = 80;

    /** What is wrong. */
    private final Kind kind;

    /** Where in the file; empty for all of it. */
    private final String place;

    /** What is wrong there, and the remedy. */
    private final String problem;

    /**
     * A refusal.
     *
     * @param kind what is wrong
     * @param file the file, or null where it is not known yet
     * @param place where in it, such as {@code "line 3"} or {@code "array 'W_rec'"}; empty for the file as a whole
     * @param problem continues the sentence that begins with the place, and ends with the remedy
     * @param cause what was found below, or null
     */
    private FileRefusedException(Kind kind, Path file, String place, String problem, Throwable cause) {
        super(sentence(file, place, problem), cause);
        this.kind = kind;
        this.place = place;
        this.problem = problem;
    }

    private static String sentence(Path file, String place, String problem) {
        if (file == null) {
            return (place.isEmpty() ? "the file" : place) + " " + problem;
        }
        return (place.isEmpty() ? "file " : place + " of ") + quote(file.toString(), Integer.MAX_VALUE) + " " + problem;
    }

    /**
     * A refusal by a reader that sees bytes and no file.
     *
     * @param kind what is wrong
     * @param place where, such as {@code "line 3"}; empty for the file as a whole
     * @param problem continues the sentence that begins with the place, and ends with the remedy
     * @return the exception
     */
    public static FileRefusedException of(Kind kind, String place, String problem) {
        return new FileRefusedException(kind, null, place, problem, null);
    }

    /**
     * The same refusal with the file's name in its sentence.
     *
     * @param file the file
     * @return a copy, caused by this one
     */
    public FileRefusedException in(Path file) {
        return new FileRefusedException(kind, file, place, problem, this);
    }

    /**
     * Text of a file as a message can bear it: in quotes, cut after 80 characters, without control characters.
     *
     * @param text any text
     * @return the text in single quotes
     */
    public static String quote(String text) {
        return quote(text, LONGEST_QUOTE);
    }

    private static String quote(String text, int longest) {
        StringBuilder result = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), longest); i++) {
            char letter = text.charAt(i);
            result.append(Character.isISOControl(letter) || Character.isSurrogate(letter) ? '?' : letter);
        }
        return result.append(text.length() > longest ? "...'" : "'").toString();
    }

    /**
     * What is wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where it is wrong.
     *
     * @return an entry, line and column or byte; empty for the file as a whole
     */
    public String place() {
        return place;
    }
}
