package tfl.stdlib.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.tensor.Tensor;

/** Drawings as files, which appear whole or not at all. */
final class Output {
    private Output() {}

    /** Writes a text, or the bytes of a tensor. */
    static void write(String name, Object content) {
        try {
            write(WorkingFolder.resolve(name).toAbsolutePath(), content instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8) : ((Tensor) content).toBytes());
        } catch (InvalidPathException problem) {
            throw unwritable(name, "that is no path");
        } catch (NoSuchFileException missing) {
            throw unwritable(name, "there is no folder " + WorkingFolder.resolve(name).toAbsolutePath().getParent());
        } catch (AccessDeniedException denied) {
            throw unwritable(name, "no permission");
        } catch (IOException problem) {
            throw unwritable(name, problem.getMessage());
        }
    }

    private static RuntimeException unwritable(String name, String reason) {
        return PlotErrors.of("file", "the plot cannot be saved as " + name + ": " + reason, null);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            throw new NoSuchFileException(file.toString());
        }
        // A plain file and no temporary one, which nobody but its owner may read.
        var aside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(aside, bytes);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
