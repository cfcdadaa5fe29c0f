package tfl.stdlib.plot;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** What users read when something cannot be drawn. */
final class PlotErrors {
    private PlotErrors() {}

    static TflException of(String what, String message, String help) {
        return switch (what) {
            case "lengths" -> TflException.of(ErrorKind.SHAPE, "TFL-E0593", message, help);
            case "empty" -> TflException.of(ErrorKind.VALUE, "TFL-E0594", message, help);
            case "data" -> TflException.of(ErrorKind.TYPE, "TFL-E0595", message, help);
            case "option" -> TflException.of(ErrorKind.ARGUMENT, "TFL-E0596", message, help);
            case "file" -> TflException.of(ErrorKind.IO, "TFL-E0597", message, help);
            default -> throw new IllegalArgumentException(what);
        };
    }

    static TflException noFonts(Throwable problem) {
        return TflException.of(ErrorKind.IO, "TFL-E0598", "no pixels can be made: this machine's fonts cannot be used"
                + " (" + problem.getMessage() + ")",
                "install fontconfig and a font, such as the package fonts-dejavu-core; .svg needs none");
    }
}
