package tfl.interpreter.builtin.module;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tfl.interpreter.Place;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.trace.Hidden;
import tfl.interpreter.trace.HiddenVariables;
import tfl.interpreter.value.None;
import tfl.kernel.BinaryOp;
import tfl.language.source.Span;
import tfl.primitive.Binary;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/**
 * The session's random generator while a graph is written: its key and its next block are inputs of the graph, and the
 * block after the last draw is a result, so that the graph draws what eager code would.
 */
public final class TracedDraws {
    private static final ThreadLocal<TracedDraws> CURRENT = new ThreadLocal<>();
    private static final TensorType NUMBER = TensorType.scalar(DType.I64);

    static {
        HiddenVariables.register(new Hidden() {
            @Override
            public Object get() {
                return current() == null ? None.NONE : current().position;
            }

            @Override
            public void set(Object value) {
                if (value instanceof TensorValue block && current() != null) {
                    current().moveTo(block);
                }
            }
        });
    }

    private final TensorValue key;
    private TensorValue position;
    private Span last;

    private TracedDraws(TensorValue key, TensorValue position) {
        this.key = key;
        this.position = position;
    }

    /** Adds key and block to the inputs of the trace. */
    public TracedDraws(Trace trace) {
        this(trace.input(NUMBER, false), trace.input(NUMBER, false));
    }

    /** Those of regions that are written outside of a graph, while a generator stands there. */
    static TracedDraws from(Generator.Progress start) {
        return new TracedDraws(Tensor.scalar(DType.I64, start.key()), Tensor.scalar(DType.I64, start.block()));
    }

    /** Those of the same key, from a block on. */
    TracedDraws from(TensorValue block) {
        return new TracedDraws(key, block);
    }

    /** Does a piece of work whose draws go by these. */
    public <T> T within(Supplier<T> work) {
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    static TracedDraws current() {
        return CURRENT.get();
    }

    /** Whether anything was drawn. */
    public boolean used() {
        return last != null;
    }

    /** Where the last draw stands, or null. */
    public Span last() {
        return last;
    }

    /** The next block. */
    public TensorValue position() {
        return position;
    }

    /** The next block is that one, which must be the same for all elements. */
    void moveTo(TensorValue block) {
        MappedDraws.requireSame(block, last);
        position = block;
    }

    /**
     * Does work that is written into a region of its own: if it draws, the next block is one more of its results, and
     * {@link #moveTo} has to be told what becomes of it.
     */
    List<TensorValue> handingOn(Supplier<List<TensorValue>> work) {
        var first = position;
        try {
            var results = new ArrayList<>(within(work));
            if (position != first) {
                results.add(position);
            }
            return results;
        } finally {
            position = first;
        }
    }

    TensorValue key() {
        return key;
    }

    /** The next block, which moves on by that many. */
    TensorValue take(long blocks) {
        last = Place.current().span();
        var first = position;
        position = Execution.ops().call(new Binary(BinaryOp.ADD), first, Execution.ops().full(NUMBER, blocks));
        return first;
    }

    /** The session's key and next block, as tensors. */
    public static List<Tensor> position(CallContext context) {
        var generator = Generator.of(context);
        return List.of(Tensor.scalar(DType.I64, generator.key()), Tensor.scalar(DType.I64, generator.block()));
    }

    /**
     * The session's generator goes on from that block.
     *
     * @param last where the last draw stands
     */
    public static void advance(CallContext context, TensorValue block, Span last) {
        MappedDraws.requireSame(block, last);
        Generator.of(context).moveTo(Lifted.plain(block).readLong(0));
    }
}
