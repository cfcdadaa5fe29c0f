package tfl.stdlib.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Folders, checksums and the removal of checkpoints. */
final class CheckpointFiles {
    private static final int PIECE = 1 << 20;

    private CheckpointFiles() {}

    /** The SHA-256 of a file, as `sha256sum` writes it. */
    static String digest(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        var piece = new byte[PIECE];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Waits until the file's bytes, and its folder's entry for it, are on the disk. */
    static void settle(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** The folder and those above it, made if they are not there. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** The file is gone afterwards, whether it was there or not. */
    static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
