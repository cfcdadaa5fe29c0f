package tfl.stdlib.plot;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import tfl.backend.KernelCancelled;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.tensor.Tensor;

/** Drawings as files, which appear whole or not at all. */
final class Output {
    private Output() {}

    /** Writes a text, or the bytes of a tensor. */
    static void write(String name, Object content) {
        try {
            write(WorkingFolder.resolve(name).getAbsoluteFile(), content instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8) : ((Tensor) content).toBytes());
        } catch (InvalidPathException problem) {
            throw unwritable(name, "that is no path");
        } catch (NoSuchFileException missing) {
            throw unwritable(name, "there is no folder " + WorkingFolder.resolve(name).getAbsoluteFile().getParent());
        } catch (AccessDeniedException denied) {
            throw unwritable(name, "no permission");
        } catch (IOException problem) {
            KernelCancelled.check();
            throw unwritable(name, problem.getMessage());
        }
    }

    private static RuntimeException unwritable(String name, String reason) {
        return PlotErrors.of("file", "the plot cannot be saved as " + name + ": " + reason, null);
    }

    private static void write(TruffleFile file, byte[] bytes) throws IOException {
        if (!file.getParent().isDirectory()) {
            throw new NoSuchFileException(file.toString());
        }
        // A plain file and no temporary one, which nobody but its owner may read.
        var aside = file.resolveSibling("." + file.getName() + "." + ProcessHandle.current().pid() + ".part");
        boolean done = false;
        try {
            try (var out = aside.newOutputStream()) {
                out.write(bytes);
            }
            aside.move(file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done && aside.exists()) {
                aside.delete();
            }
        }
    }
}
