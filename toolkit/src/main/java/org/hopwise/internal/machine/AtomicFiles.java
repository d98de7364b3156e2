package org.hopwise.internal.machine;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes files so that a reader, or a run that is killed, never sees half of one: all contents go to temporary names in
 * the same folder first and are then moved into place.
 */
public final class AtomicFiles {

    private static final String PART = ".part";

    private AtomicFiles() {}

    /**
     * Writes all files or none. Folders are made as needed; what a killed run left half-written is removed.
     *
     * @param folder where to
     * @param contents bytes by file name, without folders
     * @throws UncheckedIOException if a file cannot be written; earlier files of the same names are then as they were
     */
    public static synchronized void write(Path folder, Map<String, byte[]> contents) {
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                Path target = folder.resolve(file.getKey());
                if (Files.isDirectory(target)) {
                    throw new FileAlreadyExistsException(target.toString(), null, "a folder has that name");
                }
                removeLeftovers(folder, file.getKey());
                Path part = folder.resolve(
                        "." + file.getKey() + "." + ProcessHandle.current().pid() + PART);
                moves.put(part, target);
                // A channel would be closed by an interrupt of this thread, and the finished result lost.
                try (FileOutputStream stream = new FileOutputStream(part.toFile())) {
                    stream.write(file.getValue());
                }
            }
            for (Map.Entry<Path, Path> move : moves.entrySet()) {
                move(move.getKey(), move.getValue());
            }
        } catch (IOException failure) {
            moves.keySet().forEach(AtomicFiles::deleteQuietly);
            throw new UncheckedIOException(
                    "%s cannot be written in %s: %s. Free space there or choose a folder that you may write to; HOPWISE_OUTPUT sets that of figures and claims."
                            .formatted(String.join(", ", contents.keySet()), folder, reason(failure)),
                    failure);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "a file or folder of that name is in the way";
        }
        if (failure instanceof NoSuchFileException) {
            return "the folder does not exist and cannot be made";
        }
        String message = failure instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getReason()
                : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Deletes the parts of processes that no longer run. */
    private static void removeLeftovers(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "." + name + ".*" + PART)) {
            for (Path part : parts) {
                String file = part.getFileName().toString();
                String process = file.substring(name.length() + 2, file.length() - PART.length());
                if (process.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
                    deleteQuietly(part);
                }
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // The failure that is being reported matters more than a leftover, which the next run removes.
        }
    }
}
