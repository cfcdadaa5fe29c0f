package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.ExceptionType;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.util.List;
import tfl.language.source.Located;
import tfl.language.source.Location;
import tfl.language.source.Problem;
import tfl.language.source.Span;

/**
 * An error of a TFL program. Builtins throw it without a place; the node that called them adds its own by
 * {@link #at}.
 * A text that does not parse throws one with all its problems.
 */
@ExportLibrary(InteropLibrary.class)
public final class TflException extends AbstractTruffleException {
    private final transient Problem problem;
    private final transient Span span;
    private final transient List<Located> all;
    private final transient Text text;
    private final transient Object telling;
    private final transient Step step;

    /** A text that does not parse, and whether more of it could. */
    private record Text(Source source, boolean incomplete) {}

    /**
     * The operation of a graph that failed.
     *
     * @param at where it stands
     * @param run what ran the graph
     */
    public record Step(Location at, Node run) {}

    private TflException(Problem problem, Span span, Throwable cause, Node location) {
        this(problem, span, List.of(), null, null, null, cause, location);
    }

    private TflException(Problem problem, Span span, List<Located> all, Text text, Object telling, Step step,
            Throwable cause, Node location) {
        super(problem.message(), cause, UNLIMITED_STACK_TRACE, location);
        this.problem = problem;
        this.span = span;
        this.all = all;
        this.text = text;
        this.telling = telling;
        this.step = step;
    }

    /** An error whose place the caller adds. */
    @TruffleBoundary
    public static TflException of(ErrorKind kind, String code, String message, String help) {
        return of(RuntimeProblem.of(kind, code, message, help));
    }

    /** An error whose place the caller adds. */
    @TruffleBoundary
    public static TflException of(ErrorKind kind, String code, String message) {
        return of(kind, code, message, null);
    }

    /** An error whose place the caller adds. */
    @TruffleBoundary
    public static TflException of(Problem problem) {
        return new TflException(problem, Span.NONE, null, null);
    }

    /** An error at a place of the text. */
    @TruffleBoundary
    public static TflException at(Problem problem, Span span, Node location) {
        return new TflException(problem, span, null, location);
    }

    /** An error with what caused it, for {@code --debug}. */
    @TruffleBoundary
    public static TflException causedBy(Throwable cause, Problem problem, Span span, Node location) {
        return new TflException(problem, span, cause, location);
    }

    /** The complaints about a text that does not parse; not empty. An incomplete text could go on and be right. */
    @TruffleBoundary
    public static TflException syntax(List<Located> problems, Source source, boolean incomplete) {
        return new TflException(problems.getFirst().problem(), problems.getFirst().span(), problems,
                new Text(source, incomplete), null, null, null, null);
    }

    /** An error that a {@code try} catches while a graph is written, with a message that only the graph knows. */
    @TruffleBoundary
    public static TflException telling(ErrorKind kind, String code, Object message) {
        return new TflException(RuntimeProblem.of(kind, code, "", null), Span.NONE, List.of(), null, message, null,
                null, null);
    }

    /** This error with a place, if it has none yet. */
    @TruffleBoundary
    public TflException at(Span place, Node location) {
        return span.isKnown() || !place.isKnown() ? this
                : new TflException(problem, place, all, text, telling, step, getCause(), location);
    }

    /** The same error at a node of the program, which is all that is left of those that called a library. */
    @TruffleBoundary
    public TflException seenFrom(Node node) {
        return node == null || node == getLocation() ? this
                : new TflException(problem, UserPlace.span(node), all, text, telling, step, getCause(), node);
    }

    /** The same error in other words. */
    @TruffleBoundary
    public TflException as(Problem other) {
        return new TflException(other, span, all, text, telling, step, getCause(), getLocation());
    }

    /** This error with its message, which is known by now. */
    @TruffleBoundary
    public TflException told(String message) {
        var known = RuntimeProblem.of(((RuntimeProblem) problem).kind(), problem.code(), message,
                problem.help().orElse(null));
        return new TflException(known, span, all, text, null, step, getCause(), getLocation());
    }

    /** This error as one of a graph's operation, if it is not known as that yet. */
    @TruffleBoundary
    public TflException in(Step newStep) {
        return step != null ? this
                : new TflException(problem, span, all, text, telling, newStep, getCause(), getLocation());
    }

    public Problem problem() {
        return problem;
    }

    /** The message as a value: a text, or what becomes one when the graph runs. */
    public Object message() {
        return telling == null ? problem.message() : telling;
    }

    /** Whether the message is known. */
    public boolean isTold() {
        return telling == null;
    }

    /** Where, or {@link Span#NONE}. */
    public Span span() {
        return span;
    }

    /** The operation of a graph that failed; null for none. */
    public Step step() {
        return step;
    }

    /** All complaints about a text that does not parse; empty for an error met while running. */
    public List<Located> syntaxProblems() {
        return all;
    }

    public ErrorKind kind() {
        return problem instanceof RuntimeProblem own ? own.kind() : ErrorKind.SYNTAX;
    }

    @ExportMessage
    ExceptionType getExceptionType() {
        return !all.isEmpty() ? ExceptionType.PARSE_ERROR
                : kind() == ErrorKind.INTERRUPT ? ExceptionType.INTERRUPT : ExceptionType.RUNTIME_ERROR;
    }

    @ExportMessage
    boolean isExceptionIncompleteSource() {
        return text != null && text.incomplete;
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasSourceLocation() {
        return section() != null;
    }

    @ExportMessage
    @TruffleBoundary
    SourceSection getSourceLocation() throws UnsupportedMessageException {
        var section = section();
        if (section == null) {
            throw UnsupportedMessageException.create();
        }
        return section;
    }

    private SourceSection section() {
        return text == null ? UserPlace.of(this) : text.source.createSection(span.start(), span.length());
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return new ErrorMember.Names();
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return ErrorMember.NAMES.contains(name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        return ErrorMember.of(this, name);
    }
}
