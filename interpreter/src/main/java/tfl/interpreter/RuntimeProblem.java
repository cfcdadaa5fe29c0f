package tfl.interpreter;

import java.util.Optional;
import tfl.language.source.Problem;

/** A mistake met while a program runs. The label stands beside the underline. */
public record RuntimeProblem(ErrorKind kind, String code, String message, String label, Optional<String> help)
        implements Problem {

    public static RuntimeProblem of(ErrorKind kind, String code, String message, String help) {
        return new RuntimeProblem(kind, code, message, "", Optional.ofNullable(help));
    }

    /** The same with that text beside the underline. */
    public RuntimeProblem labelled(String text) {
        return new RuntimeProblem(kind, code, message, text, help);
    }
}
