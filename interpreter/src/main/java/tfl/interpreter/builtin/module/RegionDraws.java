package tfl.interpreter.builtin.module;

import java.util.List;
import java.util.function.Supplier;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.value.None;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** The draws of work that may be written into a region, or done again with the draws of the first time. */
public final class RegionDraws {
    private final CallContext context;
    private final Generator.Progress start;
    private final MappedDraws mapped = MappedDraws.current();
    // Those of the graph that is written; without one, those of regions that the work is written into.
    private final TracedDraws draws;
    private final boolean ofGraph;
    private final TensorValue position;

    /** Work that begins to draw now. */
    public RegionDraws(CallContext context) {
        this.context = context;
        this.start = Generator.of(context).progress();
        this.ofGraph = Trace.isActive();
        this.draws = ofGraph ? TracedDraws.current() : TracedDraws.from(start);
        MappedDraws.beforeRegion();
        this.position = draws == null ? null : draws.position();
    }

    /** Does it; where it is written down and draws, the next block is one more result, for {@link #goOn}. */
    public List<TensorValue> run(Supplier<List<TensorValue>> work) {
        var current = TracedDraws.current() == null ? draws : TracedDraws.current();
        return Trace.isActive() && current != null ? current.handingOn(work) : work.get();
    }

    /** The generator goes on from the next block that the work handed on. */
    public void goOn(TensorValue next) {
        if (ofGraph) {
            draws.moveTo(next);
        } else {
            TracedDraws.advance(context, next, draws.last());
        }
    }

    /** Does it once more, in place of the first time. */
    public List<TensorValue> instead(Supplier<List<TensorValue>> work) {
        if (!ofGraph) {
            Generator.of(context).goBack(start);
        }
        return run(work);
    }

    /** Does it once more; the generator then stands where it stood before that. */
    public List<TensorValue> again(Supplier<List<TensorValue>> work) {
        return MappedDraws.within(mapped, () -> Trace.isActive() ? written(work) : done(work));
    }

    /** Writes down what is run later or never, when nobody knows where the generator stands: there it may not draw. */
    public List<TensorValue> later(Supplier<List<TensorValue>> work) {
        if (draws == null) {
            return work.get();
        }
        var own = draws.from(position);
        return own.within(() -> {
            var results = work.get();
            if (own.used()) {
                Effects.perform("draw", None.NONE, nothing -> {
                    throw unplaced().at(own.last(), null);
                });
            }
            return results;
        });
    }

    private static TflException unplaced() {
        return TflException.of(ErrorKind.VALUE, "TFL-E0370", "the backward function of custom_grad draws, and is part "
                + "of a graph or of vmap that grad goes back through: no graph knows which numbers come next then",
                "take the gradient within it, as in graph(grad(f)), or give the draw a key: randn(shape, key=key)");
    }

    private List<TensorValue> written(Supplier<List<TensorValue>> work) {
        return draws == null ? work.get() : draws.from(position).within(work);
    }

    private List<TensorValue> done(Supplier<List<TensorValue>> work) {
        var generator = Generator.of(context);
        var now = generator.progress();
        generator.goBack(start);
        try {
            return work.get();
        } finally {
            generator.goBack(now);
        }
    }
}
