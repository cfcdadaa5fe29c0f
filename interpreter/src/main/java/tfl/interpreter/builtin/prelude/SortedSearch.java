package tfl.interpreter.builtin.prelude;

import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Gather;
import tfl.primitive.StopGradient;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** Binary search, for all values at once and in as many steps for each, so that a graph can have it. */
final class SortedSearch {
    private SortedSearch() {}

    /** How many elements of the sorted vector come before each value; equal ones do if {@code right}. */
    static TensorValue places(Tensors ops, TensorValue sorted, Object values, boolean right) {
        var dtype = common(sorted, values);
        var from = ops.run(new StopGradient(), ops.cast(sorted, dtype));
        var value = ops.run(new StopGradient(), ops.as(values, dtype, Tensors.shape(values)));
        var place = ops.full(DType.I64, value.type().shape(), 0L);
        // The place lies from the one found so far to that plus the length.
        for (long length = from.type().shape().dim(0); length > 0; length /= 2) {
            long step = (length + 1) / 2;
            var element = ops.run(new Gather(1), from, ops.add(place, step - 1));
            var stays = right ? before(ops, value, element) : ops.unary(UnaryOp.NOT, before(ops, element, value));
            place = ops.select(stays, place, ops.add(place, step));
        }
        return place;
    }

    /** A dtype in which comparing is exact. */
    private static DType common(TensorValue sorted, Object values) {
        var left = sorted.type().dtype();
        var right = Tensors.dtype(values);
        boolean mixed = left.isInteger() && right.isFloat() || left.isFloat() && right.isInteger();
        return mixed ? DType.F64 : left.isFloat() ? Tensors.meet(sorted, values) : Promotion.of(left, right);
    }

    /** The order of sort, with nan behind all numbers. */
    private static TensorValue before(Tensors ops, TensorValue left, TensorValue right) {
        var less = ops.binary(BinaryOp.LT, left, right);
        if (!left.type().dtype().isFloat()) {
            return less;
        }
        var last = ops.binary(BinaryOp.AND, ops.binary(BinaryOp.NE, right, right), ops.binary(BinaryOp.EQ, left, left));
        return ops.binary(BinaryOp.OR, less, last);
    }
}
