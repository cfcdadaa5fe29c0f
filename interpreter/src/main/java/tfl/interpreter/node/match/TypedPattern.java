package tfl.interpreter.node.match;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.builtin.text.Kinds;
import tfl.language.source.Span;

/** {@code pattern: annotation}. */
public final class TypedPattern extends PatternNode {
    @Child private AnnotationNode annotation;
    @Child private PatternNode pattern;

    public TypedPattern(AnnotationNode annotation, PatternNode pattern, Span span) {
        super(span);
        this.annotation = annotation;
        this.pattern = pattern;
    }

    @Override
    public boolean matches(VirtualFrame frame, Object value) {
        return annotation.accepts(frame, value) && pattern.matches(frame, value);
    }

    @Override
    protected String why(Object value) {
        return Kinds.of(value) + " does not fit the annotation";
    }
}
