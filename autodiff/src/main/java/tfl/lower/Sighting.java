package tfl.lower;

import tfl.backend.Executable;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;
import tfl.transform.Plan;

/** Looks at a value through views, at once where it lies densely. */
final class Sighting implements Executable {
    private final EagerOps ops;
    private final TensorType from;
    private final Chain chain;
    private volatile Dense dense;
    /** Only where the value does not lie densely: most do. */
    private volatile Plan[] plans;

    /** How a dense value lies when seen so; no strides where it cannot be a view. */
    private record Dense(TensorType type, long[] strides, long offset) {}

    Sighting(EagerOps ops, TensorType from, Chain chain) {
        this.ops = ops;
        this.from = from;
        this.chain = chain;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var base = inputs[0];
        if (base.isContiguous()) {
            var lies = dense();
            if (lies.strides() != null) {
                return new Tensor[] {base.asStrided(lies.type(), lies.strides(), base.offset() + lies.offset())};
            }
        }
        var seen = base;
        for (var plan : plans()) {
            var next = plan.run(new Tensor[] {seen}, 0)[0];
            if (seen != base) {
                seen.discard();
            }
            seen = next;
        }
        return new Tensor[] {seen};
    }

    private Dense dense() {
        var known = dense;
        if (known == null) {
            var strided = chain.over(from.shape());
            known = strided == null ? new Dense(null, null, 0)
                    : new Dense(chain.type(from), strided.strides(), strided.offset());
            dense = known;
        }
        return known;
    }

    private Plan[] plans() {
        var known = plans;
        if (known == null) {
            known = new Plan[chain.moves().size()];
            var seen = from;
            for (int k = 0; k < known.length; k++) {
                known[k] = ops.plan(chain.moves().get(k), seen);
                seen = known[k].output(0);
            }
            plans = known;
        }
        return known;
    }
}
