package tfl.interpreter.trace;

import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.graph.Graph;
import tfl.graph.Var;
import tfl.interpreter.Catching;
import tfl.interpreter.Place;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/**
 * One piece of program written down: how it ended, the variables before and after, and its trace, to be ended.
 *
 * @param mayRaise whether the graph may raise an error in it that the program has there, loops aside
 */
record Branch(Trace trace, Outcome outcome, FrameState before, FrameState after, boolean mayRaise)
        implements AutoCloseable {
    private static final ThreadLocal<int[]> WITHIN = ThreadLocal.withInitial(() -> new int[1]);

    /** How many branches and loops within each other this thread is writing down. */
    static int depth() {
        return WITHIN.get()[0];
    }

    /** Writes down a side of a choice; the frame is left as the body leaves it. */
    static Branch of(MaterializedFrame frame, Body body) {
        return of(frame, body, new Trace(Place::current), true);
    }

    /**
     * Writes down a round of a loop, or its condition.
     *
     * @param mayBeLeft whether the graph may never come there, so that what fails is no error of the whole
     */
    static Branch of(MaterializedFrame frame, Body body, Trace trace, boolean mayBeLeft) {
        boolean done = false;
        WITHIN.get()[0]++;
        var tries = Catching.suspend();
        int raised = Raised.written();
        try {
            trace.enter();
            var before = FrameState.of(frame);
            var outcome = outcome(frame, body, mayBeLeft && tries.wasNearby());
            var branch = new Branch(trace, outcome, before, FrameState.of(frame), Raised.written() > raised);
            trace.leave();
            done = true;
            return branch;
        } finally {
            WITHIN.get()[0]--;
            Catching.restore(tries);
            if (!done) {
                trace.close();
            }
        }
    }

    private static Outcome outcome(MaterializedFrame frame, Body body, boolean caught) {
        try {
            return body.run(frame);
        } catch (AbstractTruffleException failed) {
            if (!caught) {
                throw failed;
            }
            Raised.leave(failed);
            return Outcome.RAISES;
        } catch (Split split) {
            return Outcome.MIXED;
        } catch (Raised raised) {
            return Outcome.RAISES;
        }
    }

    /** Whether it does more than compute: assigns, draws or prints. */
    boolean changes() {
        return IntStream.range(0, before.size()).anyMatch(index -> after.differs(before, index))
                || trace.hasEffect();
    }

    /** The outputs as that trace sees them. */
    List<TensorValue> finish(List<? extends Object> leaves, List<Leaf> kinds) {
        trace.enter();
        try {
            var outputs = new ArrayList<TensorValue>();
            for (int k = 0; k < kinds.size(); k++) {
                outputs.add(trace.lift(leaves.get(k) == null ? kinds.get(k).zeros() : kinds.get(k).cast(
                        leaves.get(k))));
            }
            return outputs;
        } finally {
            trace.leave();
        }
    }

    /** A result as a row of all results, in that trace. */
    TensorValue row(Object value) {
        trace.enter();
        try {
            var one = Operators.stack(new Object[] {value});
            var dims = one.type().shape().dims();
            return trace.lift(Tensors.work(ops -> ops.reshape(one, Arrays.copyOfRange(dims, 1, dims.length))));
        } finally {
            trace.leave();
        }
    }

    /** One more, in that trace. */
    TensorValue next(TensorValue counter) {
        trace.enter();
        try {
            return (TensorValue) Leaf.of(0L).seen(Tensors.work(ops -> ops.add(counter, 1L)));
        } finally {
            trace.leave();
        }
    }

    /** Makes both capture the same values; then their own may differ in order only. */
    static void share(Branch a, Branch b) {
        List.copyOf(b.trace.captured()).forEach(a.trace::lift);
        List.copyOf(a.trace.captured()).forEach(b.trace::lift);
    }

    /** The graph, whose inputs are the values in that order, then those asked for. */
    Graph graph(List<TensorValue> outputs, List<TensorValue> order, int asked) {
        var graph = trace.graph(outputs);
        var inputs = new ArrayList<Var>();
        for (var value : order) {
            inputs.add(graph.inputs().get(asked + place(value)));
        }
        inputs.addAll(graph.inputs().subList(0, asked));
        return new Graph(inputs, graph.equations(), graph.outputs());
    }

    private int place(TensorValue value) {
        int place = 0;
        while (trace.captured().get(place) != value) {
            place++;
        }
        return place;
    }

    @Override
    public void close() {
        trace.close();
    }
}
