package tfl.interpreter.builtin;

import com.oracle.truffle.api.TruffleFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the files of Truffle cannot do: wait for the disk, and lock. Neither reads or changes a byte, and both take
 * only files that the session's own file system lets it write. Where that system is no disk, there is nothing to do.
 */
public final class Disk {
    private Disk() {}

    /** Waits until the file's bytes are on the disk. */
    public static void settle(TruffleFile file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** Waits until a folder's entries are on the disk. */
    public static void settleFolder(TruffleFile folder) throws IOException {
        force(folder, StandardOpenOption.READ);
    }

    private static void force(TruffleFile file, OpenOption option) throws IOException {
        var path = onDisk(file);
        if (path != null) {
            try (var channel = FileChannel.open(path, option)) {
                channel.force(true);
            }
        }
    }

    /** The file for this program alone until it is closed; null if another program has it. */
    public static Closeable lock(TruffleFile file) throws IOException {
        var path = onDisk(file);
        if (path == null) {
            return () -> { };
        }
        var channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException here) {
            // Another session of this process has it, which is the same to the caller.
        }
        channel.close();
        return null;
    }

    private static Path onDisk(TruffleFile file) {
        var path = Path.of(file.getAbsoluteFile().getPath());
        return file.isWritable() && Files.exists(path) ? path : null;
    }
}
