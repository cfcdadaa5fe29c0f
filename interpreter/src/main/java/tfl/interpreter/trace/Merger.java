package tfl.interpreter.trace;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.trace.Values.Differ;
import tfl.interpreter.trace.Values.Hole;
import tfl.tensor.TensorValue;

/**
 * Brings the values of two branches together. What is the same in both stays as it is; of the rest the leaves become
 * results of the choice, with holes in their places until it is made. A null leaf stands for zeros, on the side that
 * has no such value.
 */
final class Merger {
    final List<Object> yes = new ArrayList<>();
    final List<Object> no = new ArrayList<>();
    final List<Leaf> kinds = new ArrayList<>();

    /** The value of both, with holes. */
    Object merge(Object a, Object b) {
        return Values.zip(a, b, this::leaf);
    }

    /** A value that one side has only. */
    Object one(Object value, boolean isYes) {
        return Values.map(value, leaf -> leaf instanceof TensorValue
                ? hole(isYes ? leaf : null, isYes ? null : leaf, Leaf.of(leaf)) : leaf);
    }

    private Object leaf(Object a, Object b) {
        if (a == b || !(a instanceof TensorValue) && a.equals(b)) {
            return a;
        }
        var kind = Leaf.meet(Leaf.of(a), Leaf.of(b));
        if (kind == null) {
            throw new Differ(a, b);
        }
        return hole(a, b, kind);
    }

    private Hole hole(Object a, Object b, Leaf kind) {
        yes.add(a);
        no.add(b);
        kinds.add(kind);
        return new Hole(kinds.size() - 1);
    }

    /** The value when the results are there. */
    Object fill(Object value, List<TensorValue> results) {
        return value == null ? null : Values.map(value, leaf -> leaf instanceof Hole(int index)
                ? kinds.get(index).seen(results.get(index)) : leaf);
    }
}
