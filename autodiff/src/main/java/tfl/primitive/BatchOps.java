package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Maps a program over an axis: mapped values carry that axis in front, others serve every element. */
public final class BatchOps<V> implements Ops<BatchOps.Mapped<V>> {
    private final Ops<V> ops;
    private final long size;

    /** A value, with or without the mapped axis 0. */
    public record Mapped<V>(V value, boolean mapped) {}

    /** @param size of the mapped axis */
    public BatchOps(Ops<V> ops, long size) {
        this.ops = ops;
        this.size = size;
    }

    @Override
    public List<Mapped<V>> apply(Primitive primitive, List<Mapped<V>> inputs) {
        var values = inputs.stream().map(Mapped::value).toList();
        var mapped = inputs.stream().map(Mapped::mapped).toList();
        boolean any = mapped.contains(true);
        var outputs = any ? primitive.batch(ops, size, values, mapped) : ops.apply(primitive, values);
        var results = new ArrayList<Mapped<V>>();
        outputs.forEach(output -> results.add(new Mapped<>(output, any)));
        return results;
    }

    /** The type of one element. */
    @Override
    public TensorType type(Mapped<V> value) {
        var type = ops.type(value.value());
        return value.mapped() ? element(type) : type;
    }

    @Override
    public Mapped<V> full(TensorType type, double value) {
        return new Mapped<>(ops.full(type, value), false);
    }

    /** The type of one element of a mapped type. */
    public static TensorType element(TensorType type) {
        return new TensorType(type.dtype(), Check.without(type.shape(), List.of(0)));
    }

    /** That type with the mapped axis in front. */
    public static TensorType mapped(TensorType type, long size) {
        return new TensorType(type.dtype(), mapped(type.shape(), size));
    }

    /** That shape with the mapped axis in front. */
    public static Shape mapped(Shape shape, long size) {
        var dims = new long[shape.rank() + 1];
        dims[0] = size;
        System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
        return Shape.of(dims);
    }

    /** The value with the mapped axis in front, repeated along it where it has none. */
    public static <V> V spread(Ops<V> ops, long size, V value, boolean mapped) {
        return mapped ? value : ops.call(new BroadcastTo(mapped(ops.type(value).shape(), size)), value);
    }

    /** All inputs with the mapped axis. */
    public static <V> List<V> spread(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        var spread = new ArrayList<V>();
        for (int k = 0; k < inputs.size(); k++) {
            spread.add(spread(ops, size, inputs.get(k), mapped.get(k)));
        }
        return spread;
    }
}
