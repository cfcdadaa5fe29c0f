package tfl.interpreter;

import java.util.List;
import java.util.Optional;
import tfl.kernel.RoutineFailure;
import tfl.language.source.Problem;
import tfl.primitive.ShapeProblem;

/** A mistake met while a program runs. The label stands beside the underline. */
public record RuntimeProblem(ErrorKind kind, String code, String message, String label, Optional<String> help)
        implements Problem {

    public static RuntimeProblem of(ErrorKind kind, String code, String message, String help) {
        return new RuntimeProblem(kind, code, message, "", Optional.ofNullable(help));
    }

    /** What an operation found wrong with its operands, which are called by these texts; a null text is unknown. */
    public static RuntimeProblem of(ShapeProblem problem, List<String> operands) {
        var kind = switch (problem.code()) {
            case "TFL-E0303" -> ErrorKind.TYPE;
            case "TFL-E0304", "TFL-E0305", "TFL-E0310" -> ErrorKind.INDEX;
            default -> ErrorKind.SHAPE;
        };
        return of(kind, problem.code(), problem.message(operands), problem.help(operands));
    }

    /** Numbers that a function of that name cannot work with; null if it is unknown. */
    public static RuntimeProblem of(RoutineFailure failure, String function) {
        return of(ErrorKind.VALUE, "TFL-E0290", failure.getMessage(), null).by(function);
    }

    /** The same as a function of that name says it; null for none. */
    public RuntimeProblem by(String function) {
        return function == null || message.startsWith(function + " ") || message.startsWith(function + ":") ? this
                : new RuntimeProblem(kind, code, function + ": " + message, label, help);
    }

    /** The same with that text beside the underline. */
    public RuntimeProblem labelled(String text) {
        return new RuntimeProblem(kind, code, message, text, help);
    }
}
