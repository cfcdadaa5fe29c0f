package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.kernel.Routine.Pass;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * One of the three products of a convolution, which are one another's derivatives. FORWARD: {@code x[n, c,
 * s...], w[o, c / groups, k...] -> y[n, o, t...]}. INPUT: {@code y, w -> x}. WEIGHT: {@code x, y -> w}.
 * {@code size} are the spatial sizes of what INPUT or WEIGHT gives, empty for FORWARD.
 */
public record Convolution(Pass pass, List<Long> stride, List<Long> low, List<Long> high, List<Long> dilation,
        long groups, List<Long> size) implements Primitive {
    @Override
    public String name() {
        return "conv";
    }

    private Convolution as(Pass other, List<Long> sizes) {
        return new Convolution(other, stride, low, high, dilation, groups, sizes);
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var first = inputs.get(0);
        var second = inputs.get(1);
        int rank = stride.size() + 2;
        Check.floats(name(), first);
        if (first.dtype() != second.dtype() || first.shape().rank() != rank || second.shape().rank() != rank) {
            throw new ShapeProblem("TFL-E0309", "conv: {0} is " + first + ", {1} is " + second + "; both need "
                    + rank + " axes and one dtype", "images are [batch, channels, sizes...]", "x", "the kernel");
        }
        return List.of(new TensorType(first.dtype(), switch (pass) {
            case FORWARD -> forward(first.shape(), second.shape());
            case INPUT -> sizes(first.shape().dim(0), second.shape().dim(1) * groups, size);
            case WEIGHT -> sizes(second.shape().dim(1), first.shape().dim(1) / groups, size);
        }));
    }

    private Shape forward(Shape x, Shape w) {
        if (groups < 1 || x.dim(1) != w.dim(1) * groups || w.dim(0) % groups != 0) {
            throw new ShapeProblem("TFL-E0309", "conv: {0} has " + x.dim(1) + " channels, {1} takes "
                    + w.dim(1) + " in each of " + groups + (groups == 1 ? " group" : " groups"),
                    "a kernel is [out, in / groups, sizes...]", "x", "the kernel");
        }
        var out = new Long[stride.size()];
        for (int axis = 0; axis < out.length; axis++) {
            out[axis] = Windows.size(name(), axis, x.dim(axis + 2), w.dim(axis + 2), stride.get(axis),
                    low.get(axis) + high.get(axis), dilation.get(axis));
        }
        return sizes(x.dim(0), w.dim(0), List.of(out));
    }

    private static Shape sizes(long first, long second, List<Long> spatial) {
        var dims = new long[spatial.size() + 2];
        dims[0] = first;
        dims[1] = second;
        for (int axis = 0; axis < spatial.size(); axis++) {
            dims[axis + 2] = spatial.get(axis);
        }
        return Shape.of(dims);
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.LibraryCall(new Routine.Convolution(inputs.getFirst().dtype(), pass,
                stride, low, high, dilation, groups, size)));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var p = inputs.get(0);
        var q = inputs.get(1);
        var ct = cotangents.getFirst();
        // The product is linear in both operands: each slope is the convolution of the two others.
        return switch (pass) {
            case FORWARD -> Arrays.asList(
                    wanted.test(0) ? ops.call(as(Pass.INPUT, spatial(ops, p)), ct, q) : null,
                    wanted.test(1) ? ops.call(as(Pass.WEIGHT, spatial(ops, q)), p, ct) : null);
            case INPUT -> Arrays.asList(
                    wanted.test(0) ? ops.call(as(Pass.FORWARD, List.of()), ct, q) : null,
                    wanted.test(1) ? ops.call(as(Pass.WEIGHT, spatial(ops, q)), ct, p) : null);
            case WEIGHT -> Arrays.asList(
                    wanted.test(0) ? ops.call(as(Pass.INPUT, spatial(ops, p)), q, ct) : null,
                    wanted.test(1) ? ops.call(as(Pass.FORWARD, List.of()), p, ct) : null);
        };
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        // Linear in both operands.
        var first = tangents.get(0) == null ? null : ops.call(this, tangents.get(0), inputs.get(1));
        var second = tangents.get(1) == null ? null : ops.call(this, inputs.get(0), tangents.get(1));
        return List.of(Algebra.of(ops).add(first, second));
    }

    /**
     * One convolution for all elements. Where only one operand is mapped, its axis joins one that the other does not
     * share: images, or channels within each group. Where both are, each element is a group of its own.
     */
    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        if (size == 0) {
            var elements = BatchOps.spread(ops, size, inputs, mapped).stream().map(ops::type).map(BatchOps::element);
            return List.of(ops.full(BatchOps.mapped(shape(elements.toList()).getFirst(), size), 0));
        }
        var front = new Folding(0);
        var second = new Folding(1);
        var frontGroups = new Folding(0, groups);
        var secondGroups = new Folding(1, groups);
        if (mapped.get(0) && mapped.get(1)) {
            var each = new Convolution(pass, stride, low, high, dilation, groups * size, this.size);
            return pass == Pass.WEIGHT ? each.folded(ops, size, inputs, second, second, front)
                    : each.folded(ops, size, inputs, second, front, second);
        }
        boolean first = mapped.get(0);
        return switch (pass) {
            case FORWARD -> first ? folded(ops, size, inputs, front, null, front)
                    : folded(ops, size, inputs, null, frontGroups, secondGroups);
            case INPUT -> first ? folded(ops, size, inputs, front, null, front)
                    : folded(ops, size, inputs, null, second, secondGroups);
            case WEIGHT -> first ? folded(ops, size, inputs, secondGroups, null, second)
                    : folded(ops, size, inputs, null, secondGroups, frontGroups);
        };
    }

    private <V> List<V> folded(Ops<V> ops, long size, List<V> inputs, Folding first, Folding second, Folding result) {
        var p = first == null ? inputs.get(0) : first.in(ops, inputs.get(0));
        var q = second == null ? inputs.get(1) : second.in(ops, inputs.get(1));
        return List.of(result.out(ops, size, ops.call(this, p, q)));
    }

    private static <V> List<Long> spatial(Ops<V> ops, V value) {
        return Arrays.stream(ops.type(value).shape().dims()).skip(2).boxed().toList();
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.INPUTS;
    }
}
