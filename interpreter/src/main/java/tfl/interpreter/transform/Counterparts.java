package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.None;
import tfl.tensor.TensorValue;

/** Cotangents and tangents as users give them: in the structure of the value they belong to. */
final class Counterparts {
    private final String kind;
    private final String whole;
    private final List<TensorValue> given = new ArrayList<>();

    private Counterparts(String kind, String whole) {
        this.kind = kind;
        this.whole = whole;
    }

    /**
     * One for each leaf of the value, in order; null where zero, which none says.
     *
     * @param kind what errors call them, such as {@code cotangent}
     * @param whole what errors call the value
     */
    static List<TensorValue> of(Object value, Object counterpart, String kind, String whole) {
        var walk = new Counterparts(kind, whole);
        walk.collect(value, counterpart);
        return walk.given;
    }

    private void collect(Object value, Object counterpart) {
        if (Leaves.isLeaf(value)) {
            given.add(counterpart == None.NONE ? null : leaf(value, counterpart));
            return;
        }
        var parts = GradientParts.of(value);
        var others = GradientParts.of(counterpart);
        if (counterpart != None.NONE && parts.size() != others.size()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0274", "a " + kind + " has the structure of the " + whole,
                    null);
        }
        for (int i = 0; i < parts.size(); i++) {
            collect(parts.get(i), counterpart == None.NONE ? None.NONE : others.get(i));
        }
    }

    private TensorValue leaf(Object value, Object counterpart) {
        double number = counterpart instanceof Long whole ? whole : counterpart instanceof Double real ? real
                : Double.NaN;
        if (counterpart instanceof TensorValue tensor) {
            return tensor;
        } else if (counterpart instanceof Long || counterpart instanceof Double) {
            var type = Leaves.tensor(value).type();
            if (type.shape().rank() == 0) {
                return Execution.ops().full(type, number);
            }
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0274", "the " + kind + " of a " + Leaves.tensor(value).type()
                + " is a tensor of that type", "ones_like(y) weighs every element the same");
    }
}
