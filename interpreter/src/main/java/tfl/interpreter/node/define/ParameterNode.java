package tfl.interpreter.node.define;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.match.AnnotationNode;
import tfl.interpreter.node.match.PatternNode;
import tfl.language.source.Span;

/** Binds one argument on entry to a function. */
public final class ParameterNode extends Node {
    private final String name;
    @Child private PatternNode target;
    @Child private AnnotationNode annotation;
    @Child private ExpressionNode defaultValue;

    /**
     * @param annotation null for none
     * @param defaultValue null for none
     */
    public ParameterNode(String name, PatternNode target, AnnotationNode annotation, ExpressionNode defaultValue) {
        this.name = name;
        this.target = target;
        this.annotation = annotation;
        this.defaultValue = defaultValue;
    }

    /** Binds it; gives the value. */
    Object execute(VirtualFrame frame, Object argument) {
        Object value = defaultValue == null || argument != null ? argument : defaultValue.executeGeneric(frame);
        if (annotation != null && !annotation.accepts(frame, value)) {
            throw annotation.mismatch(frame, value, name, Span.NONE, null);
        }
        target.bind(frame, value);
        return value;
    }
}
