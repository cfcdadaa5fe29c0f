package tfl.interpreter.node;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.ControlFlowException;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import java.util.stream.Collectors;
import tfl.backend.KernelCancelled;
import tfl.backend.MissingLibrary;
import tfl.explain.BadNumber;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Permission;
import tfl.kernel.RoutineFailure;
import tfl.language.source.Span;
import tfl.lower.FailedStep;
import tfl.primitive.ShapeProblem;
import tfl.tensor.OutOfTensorMemory;

/** Turns what other rooms throw into errors of the language, with a place. */
public final class Failures {
    private Failures() {}

    /** The error to throw instead. */
    @TruffleBoundary
    public static RuntimeException located(RuntimeException error, Span span, Node node) {
        return switch (error) {
            case FailedStep step -> failed(step, step.at().isKnown() ? step.at().span() : span, node);
            case BadNumber number -> TflException.at(RuntimeProblem.of(ErrorKind.VALUE, "TFL-E0368",
                    number.getMessage(), null), number.at().isKnown() ? number.at().span() : span, node)
                    .in(new TflException.Step(number.at(), node));
            case TflException own -> own.at(span, node);
            case AbstractTruffleException other -> other;
            case ControlFlowException flow -> flow;
            case ShapeProblem shape -> TflException.at(RuntimeProblem.of(shape, List.of()), span, node);
            case KernelCancelled cancelled -> interrupted(span, node);
            case RoutineFailure failure -> TflException.at(RuntimeProblem.of(failure, null), span, node);
            case OutOfTensorMemory memory when memory.isOfOneProgram() -> TflException.at(RuntimeProblem.of(
                    ErrorKind.LIMIT, "TFL-E0643", memory.getMessage(), largest(memory)), span, node);
            case OutOfTensorMemory memory -> TflException.at(RuntimeProblem.of(ErrorKind.MEMORY, "TFL-E0292",
                    memory.getMessage(), largest(memory)), span, node);
            case MissingLibrary missing -> TflException.at(RuntimeProblem.of(ErrorKind.HOST, "TFL-E0646",
                    missing.getMessage(), "put " + missing.jar() + " on the class path"), span, node);
            case SecurityException refused -> Permission.refusedBy(refused).at(span, node);
            default -> isOfTheMachine(error) ? error : bug(error, span, node);
        };
    }

    private static RuntimeException failed(FailedStep step, Span span, Node node) {
        var error = switch (step.problem()) {
            case ShapeProblem shape when step.at().isKnown() ->
                    TflException.at(OperandNames.problem(shape, step.at()), span, node);
            case RoutineFailure failure when step.at().isKnown() ->
                    TflException.at(RuntimeProblem.of(failure, step.at().builtin()), span, node);
            default -> located(step.problem(), span, node);
        };
        return error instanceof TflException own ? own.in(new TflException.Step(step.at(), node)) : error;
    }

    /** Errors of the machine that programs may meet: too deep, out of memory. */
    @TruffleBoundary
    public static RuntimeException located(Error error, Span span, Node node) {
        if (error instanceof StackOverflowError) {
            return TflException.at(RuntimeProblem.of(ErrorKind.STACK, "TFL-E0291", "calls or values nest too deep",
                    "does every recursion reach an end?"), span, node);
        }
        if (error instanceof OutOfMemoryError) {
            return TflException.at(RuntimeProblem.of(ErrorKind.MEMORY, "TFL-E0292",
                    "out of memory: the values of this program need more than there is",
                    "walk large sequences with for instead of keeping all their elements"), span, node);
        }
        throw error;
    }

    /** The engine says whether the session goes on; only it knows what was asked for. */
    private static RuntimeException interrupted(Span span, Node node) {
        TruffleSafepoint.poll(node);
        return TflException.at(RuntimeProblem.of(ErrorKind.INTERRUPT, "TFL-E0293", "interrupted", null), span,
                node);
    }

    private static String largest(OutOfTensorMemory memory) {
        return memory.owners().isEmpty() ? null : "the largest owners are " + memory.owners().stream().limit(3)
                .map(Object::toString).collect(Collectors.joining(", "));
    }

    // Cancellation and interruption come as exceptions of the engine's own, which must reach it unchanged.
    private static boolean isOfTheMachine(RuntimeException error) {
        return error.getClass().getName().startsWith("com.oracle.truffle.");
    }

    private static TflException bug(RuntimeException error, Span span, Node node) {
        return TflException.causedBy(error, RuntimeProblem.of(ErrorKind.INTERNAL, "TFL-E0299",
                "a bug in TFL: " + error, "please report it with this program; --debug shows where"), span, node);
    }
}
