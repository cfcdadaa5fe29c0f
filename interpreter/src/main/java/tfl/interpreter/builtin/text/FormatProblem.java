package tfl.interpreter.builtin.text;

import java.util.Optional;
import tfl.language.source.Problem;

/** A format that cannot be read, or that does not fit the value it is applied to. */
record FormatProblem(String message, String advice) implements Problem {
    static RuntimeException unfit(FormatSpec spec, String value, String advice) {
        String what = spec.type() == 0 ? "this format" : "the format type \"" + spec.type() + "\"";
        return new FormatProblem(what + " does not fit " + value, advice).raise();
    }

    @Override
    public String code() {
        return "TFL-E0420";
    }

    @Override
    public Optional<String> help() {
        return Optional.of(advice);
    }

    RuntimeException raise() {
        return new IllegalArgumentException(message);
    }
}
