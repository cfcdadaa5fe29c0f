package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Joins its operands along an axis; they agree in dtype and in all other sizes. */
public record Concat(int axis) implements Primitive {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var first = inputs.getFirst();
        Check.axis("concat", axis, first.shape().rank());
        long size = 0;
        for (int index = 0; index < inputs.size(); index++) {
            var type = inputs.get(index);
            boolean fits = type.dtype() == first.dtype() && type.shape().rank() == first.shape().rank()
                    && Check.with(type.shape(), axis, 0).equals(Check.with(first.shape(), axis, 0));
            if (!fits) {
                throw new ShapeProblem("TFL-E0307", "concat on axis " + axis + ": the first is " + first
                        + ", number " + (index + 1) + " is " + type, "all sizes but that of axis " + axis
                        + " must agree");
            }
            size += type.shape().dim(axis);
        }
        return List.of(new TensorType(first.dtype(), Check.with(first.shape(), axis, size)));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var types = inputs.stream().map(Tensor::type).toList();
        var out = Tensor.allocate(shape(types).getFirst());
        var windows = windows(types);
        for (int index = 0; index < inputs.size(); index++) {
            Meaning.insert(out, inputs.get(index), windows.get(index).start(), windows.get(index).step());
        }
        return List.of(out);
    }

    private List<Kernel.Window> windows(List<TensorType> inputs) {
        var windows = new ArrayList<Kernel.Window>();
        int rank = inputs.getFirst().shape().rank();
        var step = Collections.nCopies(rank, 1L);
        long from = 0;
        for (var input : inputs) {
            var start = new ArrayList<>(Collections.nCopies(rank, 0L));
            start.set(axis, from);
            windows.add(new Kernel.Window(List.copyOf(start), List.copyOf(step)));
            from += input.shape().dim(axis);
        }
        return windows;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var dtype = inputs.getFirst().dtype();
        return new Lowering.Launch(new Kernel.Assemble(dtype, Scalars.number(0, dtype), windows(inputs)));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var parts = new ArrayList<V>();
        var whole = ops.type(cotangents.getFirst()).shape();
        long from = 0;
        for (int index = 0; index < inputs.size(); index++) {
            long to = from + ops.type(inputs.get(index)).shape().dim(axis);
            parts.add(wanted.test(index)
                    ? ops.call(Slice.along(whole, axis, from, to), cotangents.getFirst()) : null);
            from = to;
        }
        return parts;
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return ops.apply(this, Algebra.of(ops).orZeros(tangents, inputs));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(new Concat(axis + 1), BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
