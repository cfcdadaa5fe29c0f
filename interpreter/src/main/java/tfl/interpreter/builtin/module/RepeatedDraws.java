package tfl.interpreter.builtin.module;

import java.util.List;
import java.util.function.Supplier;
import tfl.interpreter.builtin.CallContext;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** The draws of work that is done again: those of the first time. */
public final class RepeatedDraws {
    private final CallContext context;
    private final Generator.Progress start;
    private final MappedDraws mapped = MappedDraws.current();
    // Those of the graph that is written; without one, those of regions that the work is written into.
    private final TracedDraws draws;
    private final boolean ofGraph;
    private final TensorValue position;

    /** Work that begins to draw now. */
    public RepeatedDraws(CallContext context) {
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
