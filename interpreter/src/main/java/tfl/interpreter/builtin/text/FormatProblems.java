package tfl.interpreter.builtin.text;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** The complaints about formats. */
final class FormatProblems {
    private static final String CODE = "TFL-E0420";

    private FormatProblems() {}

    /** The text is no format. */
    static TflException unreadable(String format, String reason) {
        return TflException.of(ErrorKind.VALUE, CODE,
                "the format \"" + format + "\" cannot be read: " + reason,
                "formats are Python's: :.4f :>8 :+d :, :.1% :08.3f :x :e :g");
    }

    /** The format is for other values. */
    static TflException unfit(FormatSpec spec, String value, String help) {
        String what = spec.type() == 0 ? "this format" : "the format type \"" + spec.type() + "\"";
        return TflException.of(ErrorKind.VALUE, CODE, what + " does not fit " + value, help);
    }
}
