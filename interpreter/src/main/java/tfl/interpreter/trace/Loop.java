package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.None;
import tfl.kernel.BinaryOp;
import tfl.primitive.While;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Loops written down as one equation, however many rounds they go. */
public final class Loop {
    private Loop() {}

    /** A condition: a {@code Boolean}, or one bool that only the graph knows. */
    @FunctionalInterface
    public interface Test {
        Object holds(MaterializedFrame frame);
    }

    /**
     * A loop that goes on while a condition holds.
     *
     * @param start how a round before these ended, or null
     */
    @TruffleBoundary
    public static Outcome whileHolds(MaterializedFrame frame, Test test, Body round, Outcome start,
            Choice.Site site) {
        try (var rounds = new Rounds(frame, (own, rows) -> round.run(own), List.of(), start, site)) {
            rounds.trace();
            return ended(frame, rounds.end(looped(rounds, test, site)), site);
        }
    }

    private static List<TensorValue> looped(Rounds rounds, Test test, Choice.Site site) {
        try (var condition = rounds.condition(test)) {
            var holds = condition.finish(List.of(condition.outcome().value()), List.of(Leaf.of(true)));
            var outputs = rounds.outputs();
            var body = rounds.body();
            Branch.share(condition, body);
            var captured = List.copyOf(body.trace().captured());
            var loop = new While(condition.graph(holds, captured, rounds.carries()),
                    body.graph(outputs, captured, rounds.carries()), captured.size());
            var inputs = new ArrayList<TensorValue>(captured);
            inputs.addAll(rounds.initial());
            Place.at(site.span());
            return Execution.ops().apply(loop, inputs);
        }
    }

    /** What a loop that may return does then. */
    private static Outcome ended(MaterializedFrame frame, Outcome outcome, Choice.Site site) {
        if (outcome.kind() == Outcome.Kind.OPEN && outcome.value() != null) {
            var returns = is(outcome.status(), Outcome.RETURNS);
            return Choice.of(frame, returns, own -> Outcome.returning(outcome.value()),
                    own -> Outcome.normal(None.NONE), site);
        }
        return Outcome.normal(None.NONE);
    }

    private static TensorValue is(Object status, long number) {
        return Tensors.work(ops -> ops.binary(BinaryOp.EQ, status, number));
    }

    /** Whether another round follows a round that ended so. */
    static Object goesOn(Object status, Object holds) {
        if (!(status instanceof TensorValue)) {
            return holds;
        }
        var open = is(status, Outcome.GOES_ON);
        return holds instanceof TensorValue truth ? Tensors.work(ops -> ops.binary(BinaryOp.AND, open, truth))
                : (boolean) holds ? open : Tensor.scalar(DType.BOOL, 0L);
    }
}
