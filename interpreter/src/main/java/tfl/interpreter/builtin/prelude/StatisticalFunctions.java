package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Comparisons;
import tfl.interpreter.builtin.tensor.Norms;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Folds of elements over axes. */
final class StatisticalFunctions {
    private StatisticalFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("sum", "x, axis=none, keepdims=false, dtype=none", "The sum of elements.",
                call -> call.unwrapped(
                Reductions.sum(call.ops(), call.tensor(0), axes(call), call.flag(2), call.dtype(3))));
        rows.add("prod", "x, axis=none, keepdims=false, dtype=none", "The product of elements.",
                call -> call.unwrapped(
                        Reductions.product(call.ops(), call.tensor(0), axes(call), call.flag(2),
                        call.dtype(3))));
        rows.add("mean", "x, axis=none, keepdims=false", "The mean of elements.", call -> call.unwrapped(
                Reductions.mean(call.ops(), call.tensor(0), axes(call), call.flag(2))));
        rows.add("var", "x, axis=none, correction=0, keepdims=false",
                "The variance; correction=1 divides by one less than the count.", call -> call.unwrapped(
                        Reductions.variance(call.ops(), call.tensor(0), axes(call), call.number(2),
                        call.flag(3))));
        rows.add("std", "x, axis=none, correction=0, keepdims=false", "The standard deviation. Its gradient is 0 "
                + "where all elements are the same.", call -> call.unwrapped(Norms.root(call.ops(),
                Reductions.variance(call.ops(), call.tensor(0), axes(call), call.number(2), call.flag(3)), 2)));
        extreme(rows, "max", true, "The largest element; nan if there is one.");
        extreme(rows, "min", false, "The smallest element; nan if there is one.");
        rows.add("all", "x, axis=none, keepdims=false", "Whether all elements are true (not zero).",
                call -> call.unwrapped(
                        Reductions.logical(call.ops(), true, call.tensor(0), axes(call), call.flag(2))));
        rows.add("any", "x, axis=none, keepdims=false", "Whether any element is true (not zero).",
                call -> call.unwrapped(
                        Reductions.logical(call.ops(), false, call.tensor(0), axes(call), call.flag(2))));
        rows.add("count_nonzero", "x, axis=none, keepdims=false", "How many elements are not zero.",
                call -> call.unwrapped(Reductions.sum(call.ops(), call.ops().cast(call.tensor(0), DType.BOOL),
                        axes(call), call.flag(2), null)));
        cumulative(rows, "cumulative_sum", Fold.SUM, 0, "The running sum along an axis.");
        cumulative(rows, "cumulative_prod", Fold.PROD, 1, "The running product along an axis.");
        rows.add("cumsum", "x, axis=none", "The running sum along an axis; of all elements for none.",
                call -> running(call, Fold.SUM, null, false, 0));
        rows.add("cumprod", "x, axis=none", "The running product along an axis; of all elements for none.",
                call -> running(call, Fold.PROD, null, false, 1));
        rows.add("diff", "x, axis=-1, n=1", "The n-th differences of neighbours along an axis.",
                StatisticalFunctions::difference);
        return rows.list();
    }

    private static int[] axes(Call call) {
        return call.axes(1, call.tensor(0).type().shape().rank());
    }

    private static void extreme(Rows rows, String name, boolean largest, String doc) {
        rows.add(name, "x, axis=none, keepdims=false, *others", doc + " Of numbers and tensors without axes: "
                + name + "(a, b, c).",
                call -> {
            Object second = call.value(1);
            boolean elements = isElement(call.value(0)) && (isElement(second) || isFloat(second));
            if (isNumber(call.value(0)) || elements) {
                return ofNumbers(call, largest);
            }
            if (isFloat(second)) {
                throw call.wrong(1, "an int or a tuple of ints", pairs(largest));
            }
            return call.unwrapped(Reductions.extreme(call.ops(), largest, call.tensor(0), axes(call), call.flag(2)));
        });
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || Lifted.isWeak(value);
    }

    /** A tensor without axes, as the elements are that a loop or {@code vmap} walks over. */
    private static boolean isElement(Object value) {
        return value instanceof TensorValue tensor && tensor.type().shape().rank() == 0 && !Lifted.isWeak(tensor);
    }

    /** What is no axis. */
    private static boolean isFloat(Object value) {
        return value instanceof Double || value instanceof TensorValue tensor && tensor.type().shape().rank() == 0
                && tensor.type().dtype().isFloat();
    }

    private static String pairs(boolean largest) {
        return (largest ? "maximum" : "minimum") + "(x, y) takes the elements of two tensors in pairs";
    }

    private static Object ofNumbers(Call call, boolean largest) {
        var numbers = new ArrayList<Object>(List.of(call.value(0)));
        if (!call.isNone(1)) {
            numbers.add(call.value(1));
        }
        if (!(call.value(2) instanceof Boolean)) {
            numbers.add(call.value(2));
        }
        numbers.addAll(((TupleValue) call.value(3)).elements());
        if (!numbers.stream().allMatch(number -> isNumber(number) || isElement(number))) {
            throw call.wrong(1, "numbers beside numbers", pairs(largest));
        }
        if (numbers.stream().anyMatch(TensorValue.class::isInstance)) {
            return numbers.stream().reduce((a, b) -> call.ops().binary(largest ? BinaryOp.MAX : BinaryOp.MIN, a, b))
                    .orElseThrow();
        }
        Object best = numbers.getFirst();
        for (var number : numbers) {
            int order = Comparisons.order(number, best, largest ? ">" : "<");
            boolean better = isNan(number) || !isNan(best) && (largest ? order > 0 : order < 0);
            best = better ? number : best;
        }
        return best;
    }

    private static boolean isNan(Object number) {
        return number instanceof Double value && value.isNaN();
    }

    private static void cumulative(Rows rows, String name, Fold fold, int start, String doc) {
        rows.add(name, "x, axis=none, dtype=none, include_initial=false", doc,
                call -> running(call, fold, call.dtype(2), call.flag(3), start));
    }

    private static Object running(Call call, Fold fold, DType dtype, boolean initial, int start) {
        var x = call.tensor(0);
        boolean flat = call.isNone(1) && x.type().shape().rank() != 1;
        if (flat) {
            x = call.ops().reshape(x, x.type().shape().size());
        }
        int axis = call.isNone(1) ? 0 : call.axis(1, x.type().shape().rank());
        var result = Reductions.cumulative(call.ops(), fold, x, axis, dtype);
        return initial ? call.ops().pad(result, axis, 1, 0, start) : result;
    }

    private static Object difference(Call call) {
        var result = call.tensor(0);
        int axis = call.axis(1, result.type().shape().rank());
        for (long n = call.integer(2, 0); n > 0; n--) {
            result = step(call.ops(), result, axis);
        }
        return result;
    }

    private static TensorValue step(Tensors ops, TensorValue x, int axis) {
        long size = x.type().shape().dim(axis);
        if (size == 0) {
            return x;
        }
        var later = ops.slice(x, axis, 1, 1, size - 1);
        var earlier = ops.slice(x, axis, 0, 1, size - 1);
        return x.type().dtype() == DType.BOOL ? ops.binary(BinaryOp.NE, later, earlier)
                : ops.subtract(later, earlier);
    }
}
