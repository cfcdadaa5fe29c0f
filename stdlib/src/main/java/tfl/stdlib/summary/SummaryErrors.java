package tfl.stdlib.summary;

import com.oracle.truffle.api.TruffleFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import tfl.backend.KernelCancelled;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** What users read when something cannot be written. */
final class SummaryErrors {
    private SummaryErrors() {}

    static TflException closed(TruffleFile file) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0590", "the writer of " + file + " is closed",
                "summary.writer(dir) makes another, with a new file");
    }

    static TflException unwritable(String path, IOException problem) {
        KernelCancelled.check();
        var reason = switch (problem) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
            default -> problem.getMessage();
        };
        return TflException.of(ErrorKind.IO, "TFL-E0591", "no events can be written to " + path + ": " + reason);
    }

    /** A value that cannot be shown that way. */
    static TflException wrong(String message, String help) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0592", message, help);
    }
}
