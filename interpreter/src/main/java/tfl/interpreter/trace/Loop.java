package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.ArrayList;
import java.util.List;
import tfl.graph.RowReads;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.None;
import tfl.kernel.BinaryOp;
import tfl.primitive.Scan;
import tfl.primitive.ShapeProblem;
import tfl.primitive.While;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** Loops written down as one equation, however many rounds they go. */
public final class Loop {
    /** Rounds that are as well written down one by one. */
    private static final long SHORT = 8;
    /** Rounds that are not written down one by one. */
    private static final long LONGEST = 10_000;

    private Loop() {}

    /** A round with its element. */
    @FunctionalInterface
    public interface Round {
        Outcome run(MaterializedFrame frame, TensorValue element);
    }

    /** A condition: a {@code Boolean}, or one bool that only the graph knows. */
    @FunctionalInterface
    public interface Test {
        Object holds(MaterializedFrame frame);
    }

    /**
     * A loop that goes on while a condition holds.
     *
     * @param holds the condition before the next round, if it has been asked; else null
     * @param start how a round before these ended, or null
     */
    @TruffleBoundary
    public static Outcome whileHolds(MaterializedFrame frame, Test test, TensorValue holds, Body round,
            Outcome start, Choice.Site site) {
        try (var rounds = new Rounds(frame, (own, rows) -> round.run(own), List.of(), null, start, site)) {
            rounds.trace();
            boolean[] endless = {false};
            var condition = rounds.condition(own -> {
                Object truth = test.holds(own);
                endless[0] = Boolean.TRUE.equals(truth);
                return truth;
            });
            if (!condition.changes()) {
                boolean always = endless[0];
                Object went = !rounds.begins() ? true
                        : rounds.goesRound(holds == null ? test.holds(frame) : holds);
                return ended(frame, rounds.end(looped(rounds, condition, site), went), always, site);
            }
            condition.close();
        }
        return new Tested(test, round, site).loop(frame, holds, start);
    }

    /** How a loop ended of which it is known whether its condition always holds. */
    static Outcome ended(MaterializedFrame frame, Outcome end, boolean endless, Choice.Site site) {
        // What a loop without end is left by, if not by break, is a return.
        return endless && end.value() != null && !end.breaks() ? Outcome.returning(end.value())
                : ended(frame, end, site);
    }

    /** Whether this thread is writing a graph. */
    @TruffleBoundary
    public static boolean isTraced() {
        return Trace.isActive();
    }

    /** Whether to write a loop over so many elements down as one, where that can be chosen. */
    public static boolean isLong(long size) {
        return size > SHORT && isTraced();
    }

    /**
     * A loop over elements, as one equation.
     *
     * @param start how a round before these ended, or null
     * @return null if the rounds have to be done one by one
     */
    @TruffleBoundary
    public static Outcome over(MaterializedFrame frame, Elements elements, Round round, Outcome start,
            Choice.Site site) {
        if (elements == null || elements.size() <= SHORT) {
            return null;
        }
        try {
            return start == null ? scanned(frame, elements, round, site) : counted(frame, elements, round, start, site);
        } catch (TflException | ShapeProblem unfit) {
            if (elements.size() > LONGEST) {
                throw unfit;
            }
            return null;
        }
    }

    private static Outcome scanned(MaterializedFrame frame, Elements elements, Round round, Choice.Site site) {
        try (var rounds = new Rounds(frame, (own, rows) -> round.run(own, rows.getFirst()), List.of(elements.row()),
                null, null, site)) {
            rounds.trace();
            if (rounds.endsEarly()) {
                return counted(frame, elements, round, null, site);
            } else if (rounds.isPlain() && elements.size() <= LONGEST) {
                return null;
            }
            var results = scan(rounds, elements, site);
            var gathering = rounds.gathering();
            for (int k = 0; k < gathering.size(); k++) {
                gathering.get(k).addAll(results.get(rounds.carries() + k));
            }
            return rounds.end(results, true);
        }
    }

    private static List<TensorValue> scan(Rounds rounds, Elements elements, Choice.Site site) {
        var outputs = rounds.outputs();
        var captured = List.copyOf(rounds.body().trace().captured());
        int carries = rounds.carries();
        if (outputs.isEmpty() && !rounds.hasEffect()) {
            return List.of();
        }
        var loop = new Scan(rounds.body().graph(outputs, captured, carries + 1), elements.size(), captured.size(),
                carries, false, 0);
        var inputs = new ArrayList<TensorValue>(captured);
        inputs.addAll(rounds.initial());
        inputs.add(elements.all());
        Place.at(site.span());
        return elements.isCount() ? RowReads.apply(Execution.ops(), loop, inputs)
                : Execution.ops().apply(loop, inputs);
    }

    private static Outcome counted(MaterializedFrame frame, Elements elements, Round round, Outcome start,
            Choice.Site site) {
        try (var rounds = new Rounds(frame, (own, rows) -> round.run(own, rows.getFirst()), List.of(), elements, start,
                site)) {
            rounds.trace();
            var results = looped(rounds, rounds.condition(), site);
            return ended(frame, rounds.end(results, rounds.goesRound(true)), site);
        }
    }

    /**
     * Goes on after a round of which only the graph knows how it ended.
     *
     * @param rest the rounds that follow, if any
     */
    @TruffleBoundary
    public static Outcome after(MaterializedFrame frame, Outcome round, Body rest, Choice.Site site) {
        return Choice.of(frame, is(round.status(), Outcome.GOES_ON), rest, own -> ended(own, round, site), site);
    }

    static List<TensorValue> looped(Rounds rounds, Branch test, Choice.Site site) {
        try (var condition = test) {
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

    static TensorValue is(Object status, long number) {
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
