package tfl.interpreter.builtin.module;

import java.util.List;
import java.util.function.Supplier;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.kernel.BinaryOp;
import tfl.primitive.Binary;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/**
 * The session's random generator while a graph is written: its key and its next block are inputs of the graph, and the
 * block after the last draw is a result, so that the graph draws what eager code would.
 */
public final class TracedDraws {
    private static final ThreadLocal<TracedDraws> CURRENT = new ThreadLocal<>();
    private static final TensorType NUMBER = TensorType.scalar(DType.I64);

    private final TensorValue key;
    private TensorValue position;
    private boolean used;

    /** Adds key and block to the inputs of the trace. */
    public TracedDraws(Trace trace) {
        this.key = trace.input(NUMBER, false);
        this.position = trace.input(NUMBER, false);
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
        return used;
    }

    /** The next block. */
    public TensorValue position() {
        return position;
    }

    /** Goes on from another block, after a branch or a loop. */
    public void moveTo(TensorValue block) {
        position = block;
    }

    TensorValue key() {
        return key;
    }

    /** The next block, which moves on by that many. */
    TensorValue take(long blocks) {
        used = true;
        var first = position;
        position = Execution.ops().call(new Binary(BinaryOp.ADD), first, Execution.ops().full(NUMBER, blocks));
        return first;
    }

    /** The session's key and next block, as tensors. */
    public static List<Tensor> position(CallContext context) {
        var generator = Generator.of(context);
        return List.of(Tensor.scalar(DType.I64, generator.key()), Tensor.scalar(DType.I64, generator.block()));
    }

    /** The session's generator goes on from that block. */
    public static void advance(CallContext context, long block) {
        Generator.of(context).moveTo(block);
    }
}
