package tfl.stdlib.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import tfl.backend.KernelCancelled;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** What users read when a stream fails them. */
final class DataErrors {
    private DataErrors() {}

    static TflException argument(String message, String help) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0530", message, help);
    }

    static TflException stuck(String who, String doing, double seconds) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0531",
                String.format(Locale.ROOT, "nothing came from %s for %.4g seconds%s", who, seconds, doing),
                "does its function end? s.timeout(seconds) waits longer, s.timeout(none) for ever");
    }

    static TflException position(String message) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0532", message,
                "s.at(position) takes what s.position() gave, of a stream made in the same way");
    }

    static TflException over() {
        return TflException.of(ErrorKind.VALUE, "TFL-E0533", "this walk is over", "for walks the stream itself again");
    }

    static TflException rows(String message) {
        return TflException.of(ErrorKind.SHAPE, "TFL-E0534", message,
                "the rows of a record or tuple are those of its tensors, which have a first axis of one length");
    }

    /** A value of grad, vmap and their kin where a stream needs elements. */
    static TflException followed(String message, String help) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0375", message, help);
    }

    static TflException stack(String message) {
        return TflException.of(ErrorKind.SHAPE, "TFL-E0535", message,
                "give all elements one shape, or use padded_batch");
    }

    static TflException result(String message) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0536", message, null);
    }

    /** A file that cannot be read or written. */
    static TflException file(String path, IOException problem) {
        KernelCancelled.check();
        var reason = problem instanceof NoSuchFileException ? "there is no file " + path
                : path + ": " + problem.getMessage();
        return TflException.of(ErrorKind.IO, "TFL-E0602", reason);
    }

    static TflException download(String message, String help) {
        return TflException.of(ErrorKind.IO, "TFL-E0537", message, help);
    }

    static TflException checksum(String message, String help) {
        return TflException.of(ErrorKind.IO, "TFL-E0538", message, help);
    }

    static TflException cache(String message) {
        return TflException.of(ErrorKind.IO, "TFL-E0540", message, "remove the file, and it is made anew");
    }
}
