package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.language.source.Location;
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
        return mapped.contains(true) ? primitive.map(ops, size, values, mapped)
                : ops.apply(primitive, values).stream().map(output -> new Mapped<>(output, false)).toList();
    }

    @Override
    public void at(Location place) {
        ops.at(place);
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

    /** Values that all have the mapped axis in front. */
    static <V> List<Mapped<V>> mapped(List<V> values) {
        return values.stream().map(value -> new Mapped<>(value, true)).toList();
    }

    /** Values of which some have the mapped axis in front. */
    static <V> List<Mapped<V>> mapped(List<V> values, List<Boolean> flags) {
        return IntStream.range(0, values.size()).mapToObj(k -> new Mapped<>(values.get(k), flags.get(k))).toList();
    }

    /** All the values with the mapped axis in front. */
    static <V> List<V> spread(Ops<V> ops, long size, List<Mapped<V>> values) {
        return values.stream().map(value -> spread(ops, size, value.value(), value.mapped())).toList();
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
