package tfl.lower;

import tfl.backend.Executable;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;
import tfl.transform.Plan;

/** Looks at a value through views, at once where it lies densely. */
final class Sighting implements Executable {
    private final TensorType type;
    private final Strided dense;
    private final long[] strides;
    private final EagerOps ops;
    private final TensorType from;
    private final Chain chain;
    /** Only where the value does not lie densely: most do. */
    private volatile Plan[] plans;

    Sighting(EagerOps ops, TensorType from, Chain chain) {
        this.type = chain.type(from);
        this.dense = chain.over(from.shape());
        this.strides = dense == null ? null : dense.strides();
        this.ops = ops;
        this.from = from;
        this.chain = chain;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var base = inputs[0];
        if (dense != null && base.isContiguous()) {
            return new Tensor[] {base.asStrided(type, strides, base.offset() + dense.offset())};
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
