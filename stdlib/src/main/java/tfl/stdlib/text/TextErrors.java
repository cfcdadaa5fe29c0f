package tfl.stdlib.text;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;

/** What users read when text cannot be read as tokens. */
final class TextErrors {
    private TextErrors() {}

    static TflException noToken(long token, int count) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0573", "there is no token " + token + ": the tokens are 0 to "
                + (count - 1), "decode with the tokenizer that encoded");
    }

    static TflException wrong(String message) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0574", message);
    }
}
