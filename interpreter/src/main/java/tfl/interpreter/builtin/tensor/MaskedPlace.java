package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import tfl.interpreter.value.Ellipsis;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.SliceValue;
import tfl.language.ast.BinaryOperator;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * What subscripts with one mask select, where only a graph or each element of {@code vmap} knows the mask. How many
 * places that are is not known, so all of them are computed, and the mask chooses.
 *
 * @param around the subscripts, with slices for the mask's axes
 * @param axis the first axis of {@code x[around]} that the mask is for
 * @param inFront whether the axis of the places that the mask selects would be moved to the front
 */
record MaskedPlace(TensorValue x, TensorValue mask, Object[] around, int axis, boolean inFront) {
    private static final SliceValue ALL = new SliceValue(null, null, null);

    /** Null for other subscripts. */
    static MaskedPlace of(TensorValue x, Object[] subscripts) {
        int at = -1;
        for (int k = 0; k < subscripts.length; k++) {
            if (isUnknownMask(subscripts[k]) && at < 0) {
                at = k;
            } else if (!isPlain(subscripts[k])) {
                return null;
            }
        }
        return at < 0 ? null : of(x, subscripts, at);
    }

    private static boolean isUnknownMask(Object subscript) {
        return subscript instanceof TensorValue mask && mask.type().dtype() == DType.BOOL && !Lifted.isKnown(mask);
    }

    private static boolean isPlain(Object subscript) {
        return subscript instanceof Long || isKept(subscript);
    }

    private static boolean isKept(Object subscript) {
        return subscript instanceof SliceValue || subscript instanceof RangeValue || subscript == None.NONE
                || subscript == Ellipsis.ELLIPSIS;
    }

    private static MaskedPlace of(TensorValue x, Object[] subscripts, int at) {
        var mask = (TensorValue) subscripts[at];
        var around = new ArrayList<>(Arrays.asList(subscripts));
        around.remove(at);
        around.addAll(at, Collections.nCopies(mask.type().shape().rank(), ALL));
        long taken = around.stream().filter(each -> each != None.NONE && each != Ellipsis.ELLIPSIS).count();
        int read = 0;
        int given = 0;
        for (var each : around.subList(0, at)) {
            int axes = each == Ellipsis.ELLIPSIS ? (int) (x.type().shape().rank() - taken) : 1;
            read += each == None.NONE ? 0 : axes;
            given += each instanceof Long ? 0 : axes;
        }
        Selection.requireMask(mask, x.type().shape(), read);
        return new MaskedPlace(x, mask, around.toArray(), given, isApart(subscripts, at));
    }

    /** Whether an int stands among the subscripts, and something that keeps an axis between it and the mask. */
    private static boolean isApart(Object[] subscripts, int at) {
        int first = at;
        int last = at;
        for (int k = 0; k < subscripts.length; k++) {
            if (subscripts[k] instanceof Long) {
                first = Math.min(first, k);
                last = Math.max(last, k);
            }
        }
        return Arrays.stream(subscripts, first, last + 1).anyMatch(MaskedPlace::isKept);
    }

    /** The tensor with a value there; null if the value is not the same for every place that the mask selects. */
    TensorValue put(Tensors ops, Object value) {
        var part = Indexing.get(ops, x, around.clone());
        var given = everywhere(ops, value, part.type().shape());
        return given == null ? null : chosen(ops, part, ops.as(given, x.type().dtype(), part.type().shape()));
    }

    /** The tensor with what an operator makes of the elements there and a value; null as for {@link #put}. */
    TensorValue updated(Tensors ops, BinaryOperator operator, Object value) {
        var part = Indexing.get(ops, x, around.clone());
        var given = everywhere(ops, value, part.type().shape());
        if (given == null) {
            return null;
        }
        // What the operator makes of the other places must not be nan, also in the derivative.
        var selected = ops.select(condition(ops, part), part, ops.as(1L, x.type().dtype(), part.type().shape()));
        var made = (TensorValue) Operators.binary(operator, selected, given);
        Indexing.requireRoom(x.type().dtype(), made);
        return chosen(ops, part, ops.cast(made, x.type().dtype()));
    }

    private TensorValue chosen(Tensors ops, TensorValue part, TensorValue there) {
        return Indexing.set(ops, x, around.clone(), ops.select(condition(ops, part), there, part), false);
    }

    /** The mask, which broadcasts over the axes that it does not have. */
    private TensorValue condition(Tensors ops, TensorValue part) {
        var wide = new long[part.type().shape().rank() - axis];
        Arrays.fill(wide, 1);
        System.arraycopy(mask.type().shape().dims(), 0, wide, 0, mask.type().shape().rank());
        return ops.reshape(mask, wide);
    }

    /** The value with the mask's axes in place of the one of the places that it selects; null if it does not fit. */
    private Object everywhere(Tensors ops, Object value, Shape part) {
        var shape = Tensors.shape(value);
        if (shape.size() == 1) {
            return value instanceof TensorValue tensor ? ops.reshape(tensor) : value;
        }
        int behind = part.rank() - axis - mask.type().shape().rank();
        int from = shape.rank() - behind - 1;
        if (inFront || from >= 0 && shape.dim(from) != 1) {
            return null;
        }
        var wide = new ArrayList<Long>();
        for (int k = 0; k < shape.rank(); k++) {
            wide.addAll(Collections.nCopies(k == from ? mask.type().shape().rank() : 1, shape.dim(k)));
        }
        var dims = wide.stream().mapToLong(Long::longValue).toArray();
        return Broadcast.fits(Shape.of(dims), part) ? ops.reshape((TensorValue) value, dims) : null;
    }
}
