package tfl.interpreter.builtin.tensor;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.TruffleObject;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.BinaryOperator;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/**
 * The meaning of brackets: {@code x[...]} and {@code x[...] = v}, for tensors, tuples, strings, ranges and
 * records. They never free their operands.
 *
 * <p>A subscript is a {@code Long}, a slice, {@code none}, {@code ...}, an int or bool tensor, a range (which
 * selects as a slice does), or a tuple of ints (which selects as a tensor does).
 */
public final class Indexing {
    private Indexing() {}

    /** {@code target[subscripts]}. */
    @TruffleBoundary
    public static Object get(Object target, Object[] subscripts) {
        var element = SingleElement.get(target, subscripts);
        return element != null ? element : switch (target) {
            case TensorValue tensor -> Tensors.work(ops -> get(ops, tensor, subscripts));
            case TupleValue tuple -> Sequences.get(tuple, single(tuple, subscripts));
            case String text -> Sequences.get(text, single(text, subscripts));
            case RangeValue range -> Sequences.get(range, single(range, subscripts));
            case FieldsValue fields -> Sequences.get(fields, single(fields, subscripts));
            case Object list when ForeignSequence.isList(list) -> Sequences.ofList(list, single(list, subscripts));
            case Object map when ForeignSequence.isMap(map) -> Sequences.ofMap(map, single(map, subscripts));
            case null, default -> throw TflException.of(ErrorKind.TYPE, "TFL-E0334",
                    Kinds.describe(target) + " cannot be indexed", null);
        };
    }

    /**
     * The target with what {@code target[subscripts]} names replaced by a value, which is broadcast into
     * place.
     *
     * @param overwrite whether nobody will read the target afterwards, so that a tensor may change where it lies
     */
    @TruffleBoundary
    public static Object set(Object target, Object[] subscripts, Object value, boolean overwrite) {
        boolean done = overwrite && target instanceof Tensor x && SingleElement.set(x, subscripts, value);
        return done ? target : switch (target) {
            case TensorValue tensor -> Tensors.work(ops -> set(ops, tensor, subscripts, value, overwrite));
            case TupleValue tuple -> Sequences.set(tuple, single(tuple, subscripts), value);
            case FieldsValue fields -> Sequences.set(fields, single(fields, subscripts), value);
            case null, default -> throw TflException.of(ErrorKind.TYPE, "TFL-E0334",
                    "the elements of " + Kinds.describe(target) + " cannot be assigned",
                    target instanceof TruffleObject ? "objects of Java are changed by their methods: x.set(0, v)"
                    : null);
        };
    }

    /**
     * {@code target[..., mask, ...] operator= value}, where only a graph or each element of {@code vmap} knows the
     * mask, for a value that does not depend on how many places it selects; null for everything else.
     */
    @TruffleBoundary
    public static TensorValue updated(Object target, Object[] subscripts, BinaryOperator operator, Object value) {
        var place = target instanceof TensorValue x ? MaskedPlace.of(x, subscripts) : null;
        return place != null && operator != BinaryOperator.MATMUL && (value instanceof TensorValue || isScalar(value))
                ? Tensors.work(ops -> place.updated(ops, operator, value)) : null;
    }

    private static Object single(Object target, Object[] subscripts) {
        if (subscripts.length != 1) {
            throw TflException.of(ErrorKind.INDEX, "TFL-E0335",
                    Kinds.describe(target) + " takes one index, not "
                    + subscripts.length, null);
        }
        return subscripts[0];
    }

    /** The selected part of a tensor: a view where no index is a tensor. */
    public static TensorValue get(Tensors ops, TensorValue x, Object... subscripts) {
        return Selection.of(ops, x, Trace.isActive() ? Kinds.of(x) : "", subscripts).take(x);
    }

    static TensorValue set(Tensors ops, TensorValue x, Object[] subscripts, Object value,
            boolean overwrite) {
        var dtype = x.type().dtype();
        Object part = value instanceof TensorValue || isScalar(value) ? value : Conversion.tensor(ops, value);
        if (part == null) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0336", "elements of a tensor are numbers, not "
                    + Kinds.describe(value), null);
        }
        requireRoom(dtype, part);
        if (subscripts.length == 1 && subscripts[0] instanceof TensorValue mask
                && mask.type().dtype() == DType.BOOL && Tensors.shape(part).size() == 1) {
            return masked(ops, x, mask, part);
        }
        var place = MaskedPlace.of(x, subscripts);
        var chosen = place == null ? null : place.put(ops, part);
        return chosen != null ? chosen
                : Selection.of(ops, x, Trace.isActive() ? Kinds.ofUpdate(x, value) : "", subscripts)
                        .put(x, part, overwrite);
    }

    private static boolean isScalar(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    // Rounding to a narrower float is what storing means; dropping a fraction or an imaginary part is a
    // mistake.
    static void requireRoom(DType dtype, Object part) {
        var given = Tensors.dtype(part);
        boolean fits = given == dtype || given == DType.BOOL || dtype.isComplex()
                || dtype.isFloat() && !given.isComplex() || dtype.isInteger() && given.isInteger();
        if (!fits) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0337", "a tensor of " + dtype + " cannot take "
                    + Kinds.describe(part), "convert the tensor first: x.astype(" + given + ")");
        }
        if (part instanceof Long number) {
            Promotion.checkFits(number, dtype);
        }
    }

    // Choosing everywhere needs no list of the places.
    private static TensorValue masked(Tensors ops, TensorValue x, TensorValue mask, Object part) {
        var shape = x.type().shape();
        Selection.requireMask(mask, shape, 0);
        var condition = alongside(ops, mask, shape);
        var one = part instanceof TensorValue tensor ? ops.reshape(ops.cast(tensor, x.type().dtype())) : part;
        return ops.select(condition, one instanceof TensorValue ? one : ops.as(one, x.type().dtype(), shape),
                x);
    }

    // The mask, which broadcasts over the axes that it does not have.
    private static TensorValue alongside(Tensors ops, TensorValue mask, Shape shape) {
        var wide = shape.dims();
        for (int axis = mask.type().shape().rank(); axis < wide.length; axis++) {
            wide[axis] = 1;
        }
        return ops.reshape(mask, wide);
    }
}
