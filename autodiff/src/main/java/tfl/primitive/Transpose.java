package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Axis k of the result is axis {@code order[k]} of the operand: a view. */
public record Transpose(List<Integer> order) implements Primitive {
    /** Swaps the last two axes of that many. */
    public static Transpose matrices(int rank) {
        return swapping(rank, rank - 2, rank - 1);
    }

    /** Swaps two axes of that many. */
    public static Transpose swapping(int rank, int first, int second) {
        var order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(order, first, second);
        return new Transpose(List.copyOf(order));
    }

    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var from = inputs.getFirst().shape();
        if (!order.stream().sorted().toList().equals(IntStream.range(0, from.rank()).boxed().toList())) {
            throw new ShapeProblem("TFL-E0304", "permute: (" + String.join(", ", order.stream().map(String::valueOf)
                    .toList()) + ") is no order of the " + from.rank() + " axes of {0}", null, "the operand");
        }
        var dims = order.stream().mapToLong(from::dim).toArray();
        return List.of(new TensorType(inputs.getFirst().dtype(), Shape.of(dims)));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var x = inputs.getFirst();
        return List.of(Meaning.move(x, shape(List.of(x.type())).getFirst(), at -> {
            var from = new long[at.length];
            for (int k = 0; k < at.length; k++) {
                from[order.get(k)] = at[k];
            }
            return from;
        }));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.View((x, type) ->
                Meaning.view(x, type, order.stream().mapToLong(x::stride).toArray(), x.offset()));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // Axis order[k] of the operand came to k: it goes back.
        var inverse = IntStream.range(0, order.size()).mapToObj(order::indexOf).toList();
        return List.of(ops.call(new Transpose(inverse), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(this, tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var all = new ArrayList<Integer>(List.of(0));
        all.addAll(MappedAxis.behind(order));
        return List.of(ops.call(new Transpose(List.copyOf(all)), inputs.getFirst()));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
