package tfl.stdlib.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import tfl.backend.KernelCancelled;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.WorkingFolder;

/** What users read when a file fails them. */
final class IoErrors {
    private IoErrors() {}

    static TflException notText(Object argument) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0601", "a path is a str, not "
                + argument.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    /**
     * A file that cannot be read or written, from what the system says.
     *
     * @throws KernelCancelled if the thread is interrupted, which closes the file it reads or writes
     */
    static TflException of(String path, IOException problem) {
        KernelCancelled.check();
        var reason = switch (problem) {
            case NoSuchFileException missing -> "there is no file " + path;
            case AccessDeniedException denied -> "no permission for " + path;
            case NotDirectoryException file -> path + " is no folder";
            default -> path + ": " + problem.getMessage();
        };
        var help = problem instanceof NoSuchFileException
                ? "relative paths start from " + WorkingFolder.path() : null;
        return TflException.of(ErrorKind.IO, "TFL-E0602", reason, help);
    }

    static TflException corrupt(String path, CorruptFile problem) {
        return TflException.of(ErrorKind.IO, "TFL-E0603",
                path + " is corrupt" + (problem.offset() < 0 ? "" : " at byte " + problem.offset()) + ": "
                + problem.getMessage());
    }

    static TflException extension(String path) {
        return TflException.of(ErrorKind.IO, "TFL-E0604", "the extension of " + path + " names no known format",
                "known are " + FileFormats.names() + ", each also with .gz");
    }

    static TflException unsupported(String path, UnsupportedValue problem) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0605", path + ": " + problem.getMessage());
    }

    static TflException changed(String path, String how) {
        return TflException.of(ErrorKind.IO, "TFL-E0571", path + " changed while it was mapped: " + how,
                "write a new file and rename it; what is mapped keeps the old one");
    }

    static TflException notMapped(String path, String why) {
        return TflException.of(ErrorKind.IO, "TFL-E0572", path + " cannot be mapped: " + why,
                "io.load reads the whole file");
    }

    static TflException noData(String name) {
        return TflException.of(ErrorKind.IO, "TFL-E0606", "the data set " + name + " is not on this machine",
                "set the variable TFL_DATA to the folder that holds " + name + "/, or give its folder as dir=");
    }
}
