package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * {@code source, index0, index1, ... -> out[i..., j...] = source[index0[i...], index1[i...], ..., j...]}:
 * indices, i64 of one shape, for the source's leading axes. They are in bounds and not negative.
 *
 * @param axes what the user sees of the source, for errors
 */
public record Gather(IndexedAxes axes) implements Primitive {
    /** Of so many axes, called as they are. */
    public Gather(int indexed) {
        this(IndexedAxes.leading(indexed));
    }

    /** How many indices there are. */
    public int indexed() {
        return axes.count();
    }

    @Override
    public String name() {
        return "indexing";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        checkIndices(name(), inputs.getFirst(), inputs.subList(1, inputs.size()), indexed());
        return List.of(new TensorType(inputs.getFirst().dtype(),
                gathered(inputs.getFirst().shape(), inputs.get(1).shape(), indexed())));
    }

    /** The shape of what the indices pick out of a source. */
    static Shape gathered(Shape source, Shape index, int indexed) {
        var dims = new ArrayList<Long>();
        for (long dim : index.dims()) {
            dims.add(dim);
        }
        for (int axis = indexed; axis < source.rank(); axis++) {
            dims.add(source.dim(axis));
        }
        return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    }

    static void checkIndices(String name, TensorType source, List<TensorType> indices, int indexed) {
        if (indices.size() != indexed || indexed < 1 || indexed > source.shape().rank()) {
            throw new ShapeProblem("TFL-E0305", name + ": " + indices.size() + " indices for {0}, which has "
                    + source.shape().rank() + " axes", null, "the tensor");
        }
        for (var index : indices) {
            if (index.dtype() != DType.I64 || !index.shape().equals(indices.getFirst().shape())) {
                throw new ShapeProblem("TFL-E0305", name + ": the index arrays must be i64 of one shape, not "
                        + indices, null, "the tensor");
            }
        }
    }

    @Override
    public boolean readsTrustedData() {
        return true;
    }

    @Override
    public void check(Tensor[] inputs) {
        for (int k = 0; k < indexed(); k++) {
            axes.check(k, inputs[1 + k], inputs[0].shape().dim(k));
        }
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        var source = inputs.getFirst();
        int rank = inputs.get(1).rank();
        var types = inputs.stream().map(Tensor::type).toList();
        return List.of(Meaning.move(source, shape(types).getFirst(), at -> {
            var from = new long[source.rank()];
            long position = Meaning.ravel(java.util.Arrays.copyOf(at, rank), inputs.get(1).shape());
            for (int axis = 0; axis < from.length; axis++) {
                from[axis] = axis < indexed() ? inputs.get(1 + axis).readLong(position) : at[rank + axis - indexed()];
            }
            return from;
        }));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.Gather(inputs.getFirst().dtype(), indexed()));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        // Each element of the source receives the sum of the cotangents of its copies.
        var into = new ArrayList<V>(inputs);
        into.set(0, ops.full(ops.type(inputs.getFirst()), 0));
        into.add(1, cotangents.getFirst());
        var result = new ArrayList<V>(Collections.nCopies(inputs.size(), null));
        result.set(0, ops.apply(new Scatter(axes, Kernel.Combine.ADD), into).getFirst());
        return result;
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var operands = new ArrayList<V>(inputs);
        operands.set(0, tangents.getFirst());
        return ops.apply(this, operands);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var indices = inputs.subList(1, inputs.size());
        var varying = mapped.subList(1, mapped.size());
        var operands = new ArrayList<V>(inputs.subList(0, 1));
        if (mapped.getFirst()) {
            operands.addAll(MappedAxis.indices(ops, size, indices, varying));
            return ops.apply(new Gather(axes.behindMapped()), operands);
        }
        operands.addAll(BatchOps.spread(ops, size, indices, varying));
        return ops.apply(this, operands);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}
