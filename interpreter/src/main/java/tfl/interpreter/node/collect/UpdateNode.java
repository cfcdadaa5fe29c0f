package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Collections;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.OperandNames;
import tfl.interpreter.node.variable.WriteNode;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.language.ast.BinaryOperator;
import tfl.language.source.Span;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Tensor;

/**
 * {@code m.layers[2].b = value}: rebuilds the value from the inside out and binds the root again. A tensor that the
 * variable alone holds, through containers that are its alone, is changed where it lies.
 */
public final class UpdateNode extends ExpressionNode {
    @Child private ExpressionNode root;
    @Child private WriteNode target;
    private final String[] fields;
    private final Span[] spans;
    @Children private final Subscripts[] subscripts;
    private final BinaryOperator operator;
    @Child private ExpressionNode value;
    private final boolean overwrites;

    /**
     * @param fields the field of each step; null for a step in brackets
     * @param subscripts of each step in brackets; null for a field
     * @param operator null to replace the part
     * @param overwrites false where an old value may still be an operand of an expression under way
     */
    public UpdateNode(ExpressionNode root, WriteNode target, String[] fields, Subscripts[] subscripts, Span[] spans,
            BinaryOperator operator, ExpressionNode value, boolean overwrites) {
        this.root = root;
        this.target = target;
        this.fields = fields;
        this.subscripts = subscripts;
        this.spans = spans;
        this.operator = operator;
        this.value = value;
        this.overwrites = overwrites;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object part = value.executeGeneric(frame);
        var places = new Object[fields.length][];
        for (int i = 0; i < places.length; i++) {
            places[i] = subscripts[i] == null ? null : subscripts[i].execute(frame);
        }
        target.execute(frame, update(root.executeGeneric(frame), places, part));
        return None.NONE;
    }

    @TruffleBoundary
    private Object update(Object whole, Object[][] places, Object part) {
        try {
            Object result = updated(whole, places, 0, part, overwrites);
            Holding.discardAfter(part, result);
            return result;
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    private Object updated(Object whole, Object[][] places, int step, Object part, boolean alone) {
        if (step == fields.length) {
            return operator == null ? part : Operators.binary(operator, whole, part);
        }
        Object inner = part;
        if (operator != null && step == fields.length - 1 && subscripts[step] != null) {
            var masked = masked(whole, places[step], step, part);
            if (masked != null) {
                return masked;
            }
        }
        if (operator != null || step < fields.length - 1) {
            Object old = get(whole, places, step);
            inner = updated(old, places, step + 1, part, alone && Holding.isExclusive(whole));
            Holding.discardAfter(old, inner);
        }
        Place.at(spans[step]);
        try {
            return fields[step] == null ? Indexing.set(whole, places[step], inner, alone && isExclusive(whole))
                    : withField(whole, fields[step], inner);
        } catch (ShapeProblem problem) {
            throw misfit(problem, step, Kinds.ofUpdate(whole, inner));
        } catch (TflException error) {
            throw error.at(spans[step], this);
        }
    }

    private Object masked(Object whole, Object[] place, int step, Object part) {
        try {
            return Indexing.updated(whole, place, operator, part);
        } catch (ShapeProblem problem) {
            throw misfit(problem, step, Kinds.of(whole));
        }
    }

    private static boolean isExclusive(Object whole) {
        return whole instanceof Tensor tensor && tensor.isExclusive();
    }

    private TflException misfit(ShapeProblem problem, int step, String kinds) {
        String target = OperandNames.target(spans[step]);
        var known = RuntimeProblem.of(problem, Collections.singletonList(target));
        return TflException.at(known.labelled(OperandNames.label(target, kinds)), spans[step], this);
    }

    private Object get(Object whole, Object[][] places, int step) {
        try {
            if (fields[step] == null) {
                Place.at(spans[step]);
                return Indexing.get(whole, places[step]);
            }
            Object inner = whole instanceof FieldsValue own ? own.find(fields[step]) : null;
            if (inner == null) {
                throw missing(whole, fields[step]);
            }
            return inner;
        } catch (ShapeProblem problem) {
            throw misfit(problem, step, Kinds.of(whole));
        } catch (TflException error) {
            throw error.at(spans[step], this);
        }
    }

    private static Object withField(Object whole, String name, Object value) {
        int index = whole instanceof FieldsValue own ? own.layout().indexOf(name) : -1;
        if (index >= 0) {
            return ((FieldsValue) whole).with(index, value);
        } else if (whole instanceof RecordValue record) {
            return record.with(name, value);
        }
        throw missing(whole, name);
    }

    private static TflException missing(Object whole, String name) {
        String near = whole instanceof FieldsValue own ? Suggestion.nearest(name, own.layout().names()) : null;
        return TflException.of(ErrorKind.KEY, "TFL-E0205", Kinds.of(whole) + " has no field " + name + " to update",
                near == null ? null : "did you mean " + near + "?");
    }
}
