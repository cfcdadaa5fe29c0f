package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Cotangents, tangents and gradients as users give them: in the structure of the value they belong to. */
final class Counterparts {
    /** What they are. */
    enum Kind {
        COTANGENT("cotangent", "result"), TANGENT("tangent", "arguments"), GRADIENT("gradient", "arguments");

        private final String name;
        private final String whole;

        Kind(String name, String whole) {
            this.name = name;
            this.whole = whole;
        }
    }

    private final Kind kind;
    private final List<TensorValue> given = new ArrayList<>();

    private Counterparts(Kind kind) {
        this.kind = kind;
    }

    /** One for each leaf of the value, in order; null where zero, which none says. Fields belong together by name. */
    static List<TensorValue> of(Object value, Object counterpart, Kind kind) {
        var walk = new Counterparts(kind);
        walk.collect(value, counterpart);
        return walk.given;
    }

    private void collect(Object value, Object counterpart) {
        var leaves = Leaves.of(value);
        if (counterpart == None.NONE) {
            leaves.forEach(leaf -> given.add(null));
        } else if (Leaves.isLeaf(value)) {
            given.add(leaf(value, counterpart));
        } else if (!leaves.isEmpty()) {
            var parts = GradientParts.of(value);
            var others = parts(value, counterpart);
            for (int i = 0; i < parts.size(); i++) {
                collect(parts.get(i), others.get(i));
            }
        }
    }

    /** The parts of the counterpart in the order of the value's. */
    private List<Object> parts(Object value, Object counterpart) {
        var others = GradientParts.of(counterpart);
        if (value instanceof FieldsValue own && counterpart instanceof FieldsValue fields) {
            var names = GradientParts.names(own);
            if (new HashSet<>(names).equals(new HashSet<>(GradientParts.names(fields)))) {
                return names.stream().map(fields::find).toList();
            }
        } else if (value instanceof TupleValue && counterpart instanceof TupleValue
                || value instanceof ClosureValue && counterpart instanceof ClosureValue) {
            if (others.size() == GradientParts.of(value).size()) {
                return others;
            }
        }
        throw kind == Kind.GRADIENT
                ? gradient(described(counterpart), described(value) + ", and must give that structure")
                : TflException.of(ErrorKind.TYPE, "TFL-E0274", "a " + kind.name + " has the structure of the "
                        + kind.whole, null);
    }

    private static String described(Object value) {
        return value instanceof RecordValue record && record.size() > 0
                ? "a record of " + String.join(", ", record.layout().names()) : Kinds.describe(value);
    }

    private TensorValue leaf(Object value, Object counterpart) {
        var type = Leaves.tensor(value).type();
        boolean scalar = type.shape().rank() == 0;
        if (counterpart instanceof TensorValue tensor) {
            if (scalar && tensor.type().shape().rank() == 0 && givesWay(value, tensor)) {
                return tensor.type().equals(type) ? tensor : Tensors.work(ops -> ops.cast(tensor, type.dtype()));
            }
            if (kind != Kind.GRADIENT || tensor.type().equals(type)) {
                return tensor;
            }
        } else if (scalar && counterpart instanceof Number number) {
            return Execution.ops().full(type, number.doubleValue());
        }
        throw kind == Kind.GRADIENT
                ? gradient(Kinds.of(counterpart), Leaves.isNumber(value) ? "a float, and must give a float"
                        : "a " + type + ", and must give a tensor of that type")
                : TflException.of(ErrorKind.TYPE, "TFL-E0274", "the " + kind.name + " of a " + type
                        + " is a tensor of that type", "ones_like(y) weighs every element the same");
    }

    /** Whether one of both is a number of the language, so that the dtypes need not be the same. */
    private boolean givesWay(Object value, TensorValue counterpart) {
        return counterpart.type().dtype() != DType.BOOL && Lifted.isWeak(counterpart)
                || kind == Kind.GRADIENT && Leaves.isNumber(value) && counterpart.type().dtype().isFloat();
    }

    private static TflException gradient(String found, String expected) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0275", "backward gives " + found + " as the gradient of "
                + expected, null);
    }
}
