package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.primitive.Sort;
import tfl.primitive.TopK;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Order, and sets of elements. */
final class SortingFunctions {
    private SortingFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("sort", "x, axis=-1, descending=false, stable=true",
                "The elements in order along an axis; nan last.",
                call -> ordered(call, 0));
        rows.add("argsort", "x, axis=-1, descending=false, stable=true",
                "The indices that put the elements in order along an axis.", call -> ordered(call, 1));
        rows.add("topk", "x, k, axis=-1, largest=true",
                "The k largest elements along an axis, in order, and their indices: (values, indices).",
                SortingFunctions::topK);
        rows.add("unique_values", "x", "The distinct elements, in order.", call -> unique(call)[0]);
        rows.add("unique_counts", "x", "The distinct elements and how often they occur: {values, counts}.",
                call -> {
            var parts = unique(call);
            return record(List.of("values", "counts"), parts[0], parts[3]);
        });
        rows.add("unique_inverse", "x",
                "The distinct elements, and for each element which it is: {values, inverse_indices}.",
                call -> {
                    var parts = unique(call);
                    return record(List.of("values", "inverse_indices"), parts[0], parts[2]);
                });
        rows.add("unique_all", "x", "All of it: {values, indices, inverse_indices, counts}.", call -> record(
                List.of("values", "indices", "inverse_indices", "counts"), (Object[]) unique(call)));
        return rows.list();
    }

    private static RecordValue record(List<String> names, Object... values) {
        return new RecordValue(RecordLayout.of(names), values);
    }

    private static Object ordered(Call call, int part) {
        var ops = call.ops();
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        int axis = call.axis(1, rank);
        var sorted = ops.runAll(new Sort(call.flag(2), part == 1), ops.moveAxis(x, axis, rank - 1)).get(part);
        return ops.moveAxis(sorted, rank - 1, axis);
    }

    private static Object topK(Call call) {
        var ops = call.ops();
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        int axis = call.axis(2, rank);
        long k = call.integer(1, 0);
        if (k > x.type().shape().dim(axis)) {
            throw call.fail("k is " + k + ", but axis " + axis + " of x has size "
                    + x.type().shape().dim(axis), null);
        }
        var parts = ops.runAll(new TopK(k, call.flag(3)), ops.moveAxis(x, axis, rank - 1));
        return TupleValue.of(ops.moveAxis(parts.get(0), rank - 1, axis),
                ops.moveAxis(parts.get(1), rank - 1, axis));
    }

    /** The values, the index of each one's first occurrence, which value each element is, and the counts. */
    private static TensorValue[] unique(Call call) {
        var ops = call.ops();
        var x = call.tensor(0);
        var flat = ops.reshape(x, x.type().shape().size());
        var order = Concrete.of(ops.runAll(new Sort(false), flat.type().dtype() == DType.BOOL
                ? ops.cast(flat, DType.U8) : flat).get(1)).toLongs();
        var starts = starts(ops, flat, order);
        var firsts = new ArrayList<Long>();
        var counts = new ArrayList<Long>();
        var inverse = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            if (starts[i]) {
                firsts.add(order[i]);
                counts.add(0L);
            }
            inverse[(int) order[i]] = firsts.size() - 1;
            counts.set(counts.size() - 1, counts.getLast() + 1);
        }
        var indices = column(ops, firsts);
        return new TensorValue[] {Indexing.get(ops, flat, indices), indices,
                ops.own(Tensor.of(inverse, x.type().shape().dims())), column(ops, counts)};
    }

    private static TensorValue column(Tensors ops, List<Long> values) {
        return ops.own(Tensor.of(values.stream().mapToLong(Long::longValue).toArray(), values.size()));
    }

    /** Where in the order a new value begins; nan differs from nan. */
    private static boolean[] starts(Tensors ops, TensorValue flat, long[] order) {
        var starts = new boolean[order.length];
        if (order.length > 0) {
            var sorted = Indexing.get(ops, flat, ops.own(Tensor.of(order, order.length)));
            var later = ops.slice(sorted, 0, 1, 1, order.length - 1);
            var earlier = ops.slice(sorted, 0, 0, 1, order.length - 1);
            var differ = Concrete.of(ops.binary(BinaryOp.NE, later, earlier)).toLongs();
            starts[0] = true;
            for (int i = 1; i < starts.length; i++) {
                starts[i] = differ[i - 1] != 0;
            }
        }
        return starts;
    }
}
