package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.primitive.Ops;
import tfl.primitive.Primitive;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** Runs what a derivative rule asks for, and afterwards discards what the rule made and nobody kept. */
final class RuleOps implements Ops<TensorValue>, AutoCloseable {
    private final EagerOps ops;
    private final List<TensorValue> made = new ArrayList<>();
    private final List<TensorValue> kept = new ArrayList<>();

    RuleOps(EagerOps ops) {
        this.ops = ops;
    }

    @Override
    public List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        var results = ops.apply(primitive, inputs);
        made.addAll(results);
        return results;
    }

    @Override
    public TensorValue call(Primitive primitive, TensorValue x) {
        return noted(ops.call(primitive, x));
    }

    @Override
    public TensorValue call(Primitive primitive, TensorValue x, TensorValue y) {
        return noted(ops.call(primitive, x, y));
    }

    @Override
    public TensorType type(TensorValue value) {
        return value.type();
    }

    @Override
    public boolean isTransposed(TensorValue value) {
        return ops.isTransposed(value);
    }

    @Override
    public TensorValue full(TensorType type, double value) {
        return noted(ops.full(type, value));
    }

    /** Notes a value that something else made for the rule. */
    TensorValue noted(TensorValue value) {
        made.add(value);
        return value;
    }

    /** Notes a result, which outlives the rule; until {@link #close} it is held. */
    void keep(TensorValue value) {
        value.retain();
        kept.add(value);
    }

    @Override
    public void close() {
        made.forEach(TensorValue::discard);
        kept.forEach(TensorValue::unretain);
    }
}
