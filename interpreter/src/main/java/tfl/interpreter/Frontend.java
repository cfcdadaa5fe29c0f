package tfl.interpreter;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.ExecutableNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import tfl.language.source.Span;

/**
 * What the language asks of the rooms built on it: to make texts executable, and to show values to other
 * languages.
 */
public interface Frontend {
    /** The program of a text, which runs in the session's own module. */
    CallTarget parse(TflContext session, Source source);

    /** The session's variables and services, as other languages see them. */
    Object scope(TflContext session);

    /** A value as other languages see it. */
    Object export(TflContext session, Object value);

    /** A value of another language, or of ours, with the text and the type that ours has for it. */
    Object view(Object value);

    /**
     * The variables that a debugger sees at a node.
     *
     * @param frame null where nothing runs
     */
    Object locals(Node node, MaterializedFrame frame);

    /** A text that a debugger runs at a node, as if it stood there. */
    ExecutableNode within(TflContext session, Source source, Node node, MaterializedFrame frame);

    /** Where the user's own text went wrong, also if a module of the library noticed. */
    Span place(TflException error);

    /** What a library met while it ran a function, as an error of the language where it is one. */
    RuntimeException located(Throwable failure);

    /** An error as users read it. */
    String report(TflException error, int width, boolean colour, boolean calls);
}
