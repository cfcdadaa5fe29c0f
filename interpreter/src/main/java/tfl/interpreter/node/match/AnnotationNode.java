package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.interpreter.node.variable.WriteSlotNodeGen;
import tfl.interpreter.value.StructValue;
import tfl.language.source.Span;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** Checks a value against an annotation; dimension names are bound to slots at their first use in a call. */
public final class AnnotationNode extends Node {
    private final AnnotationRule rule;
    private final Span span;
    /** The slot of each named dimension of the rule; -1 for other dimensions. */
    @CompilerDirectives.CompilationFinal(dimensions = 1) private final int[] slots;
    @Children private final WriteSlotNode[] writers;
    @Child private ExpressionNode struct;

    /** The annotation is a struct, found by an expression. */
    public AnnotationNode(ExpressionNode struct, Span span) {
        this(AnnotationRule.kind("any"), new int[0], span);
        this.struct = struct;
    }

    public AnnotationNode(AnnotationRule rule, int[] slots, Span span) {
        this.rule = rule;
        this.slots = slots;
        this.span = span;
        this.writers = new WriteSlotNode[slots.length];
        for (int i = 0; i < slots.length; i++) {
            writers[i] = slots[i] < 0 ? null : WriteSlotNodeGen.create(slots[i], false);
        }
    }

    /** Whether the value is as promised; binds dimensions. */
    @ExplodeLoop
    public boolean accepts(VirtualFrame frame, Object value) {
        if (struct != null) {
            return value instanceof StructValue own && own.type() == struct.executeGeneric(frame);
        }
        if (!rule.acceptsKind(value)) {
            return false;
        }
        if (slots.length == 0 && !rule.hasShape()) {
            return true;
        }
        var type = ((TensorValue) value).type();
        if (!rule.acceptsRank(rank(type))) {
            return false;
        }
        for (int i = 0; i < slots.length; i++) {
            if (!acceptsDimension(frame, i, dim(type, rule.axis(i, rank(type))))) {
                return false;
            }
        }
        return rule.acceptsSizes(type);
    }

    private boolean acceptsDimension(VirtualFrame frame, int index, long size) {
        if (slots[index] < 0) {
            return true;
        }
        var dim = rule.named(index);
        if (!frame.isLong(slots[index]) && bound(frame, index) == null) {
            long rest = size - dim.offset();
            if (rest < 0 || rest % dim.factor() != 0) {
                return false;
            }
            writers[index].execute(frame, rest / dim.factor());
            return true;
        }
        return bound(frame, index) instanceof Long known && known * dim.factor() + dim.offset() == size;
    }

    private Object bound(VirtualFrame frame, int index) {
        return frame.isLong(slots[index]) ? (Object) frame.getLong(slots[index])
                : frame.isObject(slots[index]) ? frame.getObject(slots[index]) : null;
    }

    /** The error for a value that is not as promised, at the given place. */
    public TflException mismatch(VirtualFrame frame, Object value, String what, Span place, Node location) {
        CompilerDirectives.transferToInterpreter();
        var bound = new StringBuilder();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] >= 0 && bound(frame, i) instanceof Long size && bound.indexOf(rule.named(i).name()
                    + " = ") < 0) {
                bound.append(bound.isEmpty() ? "" : ", ").append(rule.named(i).name()).append(" = ").append(size);
            }
        }
        return error(what, Kinds.of(value), bound.toString(), place, location);
    }

    @TruffleBoundary
    private TflException error(String what, String found, String bound, Span place, Node location) {
        return TflException.at(RuntimeProblem.of(ErrorKind.ANNOTATION, "TFL-E0241", what + " must be "
                + span.text() + ", it is "
                + found + (bound.isEmpty() ? "" : " (here " + bound + ")"), null), place, location);
    }

    @TruffleBoundary
    private static int rank(TensorType type) {
        return type.shape().rank();
    }

    @TruffleBoundary
    private static long dim(TensorType type, int axis) {
        return axis < 0 ? -1 : type.shape().dim(axis);
    }
}
