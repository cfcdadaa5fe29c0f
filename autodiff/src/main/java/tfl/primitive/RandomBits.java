package tfl.primitive;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * {@link PhiloxBits} whose keys and first blocks are known only when it runs: two i64 of one shape, for each element of
 * which {@code of} words are drawn.
 */
public record RandomBits(Shape of) implements ControlFlow {
    @Override
    public String name() {
        return "random bits";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.sameTypes(name(), inputs);
        var outer = inputs.getFirst().shape().dims();
        var dims = Arrays.copyOf(outer, outer.length + of.rank());
        System.arraycopy(of.dims(), 0, dims, outer.length, of.rank());
        return List.of(new TensorType(DType.I32, Shape.of(dims)));
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var type = shape(inputs).getFirst();
        return new Lowering.Control((runner, values) -> new Tensor[] {drawn(runner, values, type)});
    }

    private Tensor drawn(Lowering.Runner runner, Tensor[] values, TensorType type) {
        var all = Tensor.allocate(type);
        long bytes = of.size() * DType.I32.bytes();
        for (long k = 0; k < values[0].size(); k++) {
            var bits = runner.apply(new PhiloxBits(values[0].readLong(k), values[1].readLong(k), of))[0];
            MemorySegment.copy(bits.storage().segment(), bits.offset() * DType.I32.bytes(), all.storage().segment(),
                    k * bytes, bytes);
            bits.discard();
        }
        return all;
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return Arrays.asList(null, null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
