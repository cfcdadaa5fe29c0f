package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.Place;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.OperandNames;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;
import tfl.primitive.ShapeProblem;

/** {@code x[...]}. */
public final class IndexNode extends ExpressionNode {
    @Child private ExpressionNode target;
    @Children private final ExpressionNode[] subscripts;

    public IndexNode(ExpressionNode target, ExpressionNode[] subscripts) {
        this.target = target;
        this.subscripts = subscripts;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object value = target.executeGeneric(frame);
        var places = new Object[subscripts.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = subscripts[i].executeGeneric(frame);
        }
        if (value instanceof TupleValue tuple && places.length == 1 && places[0] instanceof Long index) {
            long place = index < 0 ? index + tuple.size() : index;
            if (place >= 0 && place < tuple.size()) {
                return Holding.taken(tuple, tuple.get((int) place));
            }
        }
        return general(value, places);
    }

    @TruffleBoundary
    private Object general(Object value, Object[] places) {
        Place.at(span());
        try {
            Object result = Indexing.get(value, places);
            Holding.discardAfter(value, result);
            for (var place : places) {
                Holding.discardAfter(place, result);
            }
            return result;
        } catch (ShapeProblem problem) {
            throw located(TflException.of(labelled(OperandNames.problem(problem, target), value)));
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    private RuntimeProblem labelled(RuntimeProblem problem, Object value) {
        return problem.labelled(OperandNames.label(OperandNames.text(target), Kinds.of(value)));
    }
}
