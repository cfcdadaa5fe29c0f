package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Combine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * {@code base, part, index0, ... -> base} where {@code base[index0[i...], ..., j...]} is combined with {@code
 * part[i..., j...]}. Of repeated indices SET keeps the last, the others combine all.
 *
 * @param axes what the user sees of the base, for errors
 */
public record Scatter(IndexedAxes axes, Combine combine) implements Primitive {
    /** Into so many axes, called as they are. */
    public Scatter(int indexed, Combine combine) {
        this(IndexedAxes.leading(indexed), combine);
    }

    /** How many indices there are. */
    public int indexed() {
        return axes.count();
    }

    @Override
    public String name() {
        return combine == Combine.SET ? "index assignment" : "scatter_" + combine.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var base = inputs.get(0);
        var part = inputs.get(1);
        Gather.checkIndices(name(), base, inputs.subList(2, inputs.size()), indexed());
        var expected = new TensorType(base.dtype(), Gather.gathered(base.shape(), inputs.get(2).shape(), indexed()));
        if (!part.equals(expected)) {
            throw new ShapeProblem("TFL-E0307", name() + ": the indices pick " + expected + " of {0}, the value is "
                    + part, null, "the tensor");
        }
        return List.of(base);
    }

    @Override
    public boolean readsTrustedData() {
        return true;
    }

    @Override
    public void check(Tensor[] inputs) {
        for (int k = 0; k < indexed(); k++) {
            axes.check(k, inputs[2 + k], inputs[0].shape().dim(k));
        }
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.Scatter(inputs.getFirst().dtype(), indexed(), combine));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var ct = cotangents.getFirst();
        var result = new ArrayList<V>(Collections.nCopies(inputs.size(), null));
        var indices = inputs.subList(2, inputs.size());
        switch (combine) {
            case ADD -> {
                result.set(0, ct);
                result.set(1, wanted.test(1) ? pick(ops, ct, indices) : null);
            }
            case SET -> {
                var gone = ops.full(ops.type(inputs.get(1)), 0);
                result.set(0, wanted.test(0) ? apply(ops, this, ct, gone, indices) : null);
                result.set(1, wanted.test(1) ? lastOnly(ops, ct, inputs, indices) : null);
            }
            case MUL -> mulRule(ops, inputs, ct, indices, result, wanted);
            case MAX, MIN -> extremeRule(ops, inputs, outputs.getFirst(), ct, indices, result);
        }
        return result;
    }

    private <V> V pick(Ops<V> ops, V from, List<V> indices) {
        var operands = new ArrayList<V>(List.of(from));
        operands.addAll(indices);
        return ops.apply(new Gather(axes), operands).getFirst();
    }

    private static <V> V apply(Ops<V> ops, Scatter scatter, V base, V part, List<V> indices) {
        var operands = new ArrayList<V>(List.of(base, part));
        operands.addAll(indices);
        return ops.apply(scatter, operands).getFirst();
    }

    // Of several parts for one place only the last had influence: each place remembers the number of its
    // writer.
    private <V> V lastOnly(Ops<V> ops, V ct, List<V> inputs, List<V> indices) {
        var a = Algebra.of(ops);
        var number = new TensorType(DType.I64, ops.type(inputs.get(1)).shape());
        var flat = Shape.of(number.shape().size());
        var mine = a.reshape(a.positions(flat, 0), number.shape());
        var places = ops.full(new TensorType(number.dtype(), ops.type(inputs.get(0)).shape()), 0);
        var writer = pick(ops, apply(ops, this, places, mine, indices), indices);
        var taken = pick(ops, ct, indices);
        return a.select(a.binary(BinaryOp.EQ, writer, mine), taken, a.zeros(taken));
    }

    // out = base * product of parts: each factor's slope is out without it, by division.
    private <V> void mulRule(Ops<V> ops, List<V> inputs, V ct, List<V> indices, List<V> result, IntPredicate wanted) {
        var a = Algebra.of(ops);
        var product = apply(ops, this, a.ones(inputs.get(0)), inputs.get(1), indices);
        result.set(0, wanted.test(0) ? a.timesConj(ct, product) : null);
        if (wanted.test(1)) {
            var whole = a.timesConj(ct, a.mul(inputs.get(0), product));
            result.set(1, a.divConj(pick(ops, whole, indices), inputs.get(1)));
        }
    }

    // Those that equal the result share its cotangent.
    private <V> void extremeRule(Ops<V> ops, List<V> inputs, V out, V ct, List<V> indices, List<V> result) {
        var a = Algebra.of(ops);
        var winners = Winners.of(ops, this, inputs, out);
        var share = a.div(ct, winners.count);
        result.set(0, a.mul(share, winners.base));
        result.set(1, a.mul(pick(ops, share, indices), winners.part));
    }

    /** 1 for each element of base and part that equals the result where it went, else 0; and how many those are. */
    private record Winners<V>(V base, V part, V count) {
        static <V> Winners<V> of(Ops<V> ops, Scatter scatter, List<V> inputs, V out) {
            var a = Algebra.of(ops);
            var dtype = new Cast(a.dtype(out));
            var indices = inputs.subList(2, inputs.size());
            var base = ops.call(dtype, a.binary(BinaryOp.EQ, inputs.get(0), out));
            var part = ops.call(dtype, a.binary(BinaryOp.EQ, inputs.get(1), scatter.pick(ops, out, indices)));
            var count = apply(ops, new Scatter(scatter.axes, Combine.ADD), base, part, indices);
            return new Winners<>(base, part, count);
        }
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var indices = inputs.subList(2, inputs.size());
        V base = tangents.get(0);
        V part = tangents.get(1);
        return List.of(switch (combine) {
            case ADD -> part == null ? base : apply(ops, this, a.orZeros(base, inputs.get(0)), part, indices);
            case SET -> apply(ops, this, a.orZeros(base, inputs.get(0)), a.orZeros(part, inputs.get(1)), indices);
            case MUL -> mulTangent(ops, inputs, outputs.getFirst(), base, part);
            case MAX, MIN -> extremeTangent(ops, inputs, outputs.getFirst(), base, part);
        });
    }

    // The mean of the tangents of those that equal the result.
    private <V> V extremeTangent(Ops<V> ops, List<V> inputs, V out, V base, V part) {
        var a = Algebra.of(ops);
        var indices = inputs.subList(2, inputs.size());
        var winners = Winners.of(ops, this, inputs, out);
        V kept = base == null ? a.zeros(out) : a.mul(base, winners.base);
        V sum = part == null ? kept
                : apply(ops, new Scatter(axes, Combine.ADD), kept, a.mul(part, winners.part), indices);
        return a.div(sum, winners.count);
    }

    // out = base * product of parts: a part's change, in proportion to it, changes the whole in proportion.
    private <V> V mulTangent(Ops<V> ops, List<V> inputs, V out, V base, V part) {
        var a = Algebra.of(ops);
        var indices = inputs.subList(2, inputs.size());
        V kept = base == null ? null : apply(ops, this, base, inputs.get(1), indices);
        if (part == null) {
            return kept;
        }
        var relative = apply(ops, new Scatter(axes, Combine.ADD), a.zeros(out), a.div(part, inputs.get(1)), indices);
        return a.add(kept, a.mul(out, relative));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var operands = new ArrayList<V>(BatchOps.spread(ops, size, inputs.subList(0, 2), mapped.subList(0, 2)));
        int all = inputs.size();
        operands.addAll(MappedAxis.indices(ops, size, inputs.subList(2, all), mapped.subList(2, all)));
        return ops.apply(new Scatter(axes.behindMapped(), combine), operands);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return combine == Combine.MAX || combine == Combine.MIN ? Residuals.BOTH : Residuals.INPUTS;
    }
}
