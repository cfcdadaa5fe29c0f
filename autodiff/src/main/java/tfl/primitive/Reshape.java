package tfl.primitive;

import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The same elements, in row-major order, in another shape: a view where the strides allow one. */
public record Reshape(Shape to) implements Primitive {
    @Override
    public String name() {
        return "reshape";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var from = inputs.getFirst().shape();
        if (from.size() != to.size()) {
            throw new ShapeProblem("TFL-E0306", "reshape: {0} of shape (" + from + ") has " + from.size()
                    + " elements, (" + to + ") has " + to.size(), "one size may be -1 and is then worked out",
                    "the operand");
        }
        return List.of(new TensorType(inputs.getFirst().dtype(), to));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var x = inputs.getFirst();
        return List.of(Meaning.move(x, new TensorType(x.dtype(), to),
                at -> Meaning.unravel(Meaning.ravel(at, to), x.shape())));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.View(this::view);
    }

    private Tensor view(Tensor x, TensorType type) {
        var strides = strides(x);
        return strides == null ? null : Meaning.view(x, type, strides, x.offset());
    }

    /** The strides of the view, or null where elements would not be evenly spaced. */
    private long[] strides(Tensor x) {
        if (x.size() == 0 || x.isContiguous()) {
            return to.strides();
        }
        var strides = new long[to.rank()];
        int from = x.rank() - 1;
        int into = to.rank() - 1;
        while (into >= 0) {
            if (to.dim(into) == 1) {
                strides[into--] = 0;
                continue;
            }
            while (x.shape().dim(from) == 1) {
                from--;
            }
            // One run of axes on each side with equally many elements; the old run must be evenly spaced.
            long step = x.stride(from);
            long old = x.shape().dim(from--);
            long made = 1;
            while (made < old || into >= 0 && to.dim(into) == 1) {
                strides[into] = step * made;
                made *= to.dim(into--);
                while (made > old) {
                    while (x.shape().dim(from) == 1) {
                        from--;
                    }
                    if (x.stride(from) != step * old) {
                        return null;
                    }
                    old *= x.shape().dim(from--);
                }
            }
        }
        return strides;
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return List.of(ops.call(new Reshape(ops.type(inputs.getFirst()).shape()), cotangents.getFirst()));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return List.of(ops.call(this, tangents.getFirst()));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return List.of(ops.call(new Reshape(BatchOps.mapped(to, size)), inputs.getFirst()));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
