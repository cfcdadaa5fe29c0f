package tfl.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import tfl.language.source.Diagnostic;
import tfl.language.source.Problem;
import tfl.language.source.Source;
import tfl.language.source.Span;

/** An exception of Java that nothing caught: its own words, and the user's line that it came through. */
final class JavaError {
    private static final String CODE = "TFL-E0295";

    private JavaError() {}

    static String report(PolyglotException error, Screen screen) {
        var diagnostic = new Diagnostic(Problem.Severity.ERROR, CODE, "Java: " + message(error), place(error), "",
                List.of(), Optional.of("try { } catch e { } catches it"));
        return diagnostic.render(new Diagnostic.Style(screen.colour(), screen.width(), true));
    }

    private static String message(PolyglotException error) {
        var host = error.asHostException();
        String name = host.getClass().getSimpleName();
        return host.getMessage() == null ? name : name + ": " + host.getMessage();
    }

    private static Span place(PolyglotException error) {
        return StreamSupport.stream(error.getPolyglotStackTrace().spliterator(), false)
                .filter(PolyglotException.StackFrame::isGuestFrame)
                .map(PolyglotException.StackFrame::getSourceLocation)
                .filter(section -> section != null && section.isAvailable() && !section.getSource().isInternal())
                .findFirst().map(JavaError::span).orElse(Span.NONE);
    }

    private static Span span(SourceSection section) {
        var source = Source.of(section.getSource().getName(), section.getSource().getCharacters().toString());
        return source.span(section.getCharIndex(), section.getCharEndIndex());
    }
}
