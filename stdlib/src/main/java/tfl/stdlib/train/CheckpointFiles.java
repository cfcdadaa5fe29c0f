package tfl.stdlib.train;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tfl.interpreter.builtin.Disk;

/** Folders, checksums and the removal of checkpoints. */
final class CheckpointFiles {
    private static final int PIECE = 1 << 20;

    private CheckpointFiles() {}

    /** The SHA-256 of a file, as `sha256sum` writes it. */
    static String digest(TruffleFile file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        var piece = new byte[PIECE];
        try (var in = file.newInputStream()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Waits until the file's bytes, and its folder's entry for it, are on the disk. */
    static void settle(TruffleFile file) throws IOException {
        Disk.settle(file);
        Disk.settleFolder(file.getAbsoluteFile().getParent());
    }

    /** The folder and those above it, made if they are not there. */
    static void folder(TruffleFile folder) throws IOException {
        folder.createDirectories();
    }

    /** The file is gone afterwards, whether it was there or not. */
    static void remove(TruffleFile file) throws IOException {
        if (file.exists()) {
            file.delete();
        }
    }
}
