package tfl.interpreter.trace;

import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.List;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.trace.Outcome.Kind;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/**
 * Rounds whose condition does more than compute: it draws, prints or assigns. It is asked as often as the program asks
 * it, first before the loop and then at the end of each round, which breaks where it does not hold.
 */
final class Tested {
    private final Loop.Test test;
    private final Body round;
    private final Choice.Site site;
    private boolean endless = true;

    Tested(Loop.Test test, Body round, Choice.Site site) {
        this.test = test;
        this.round = round;
        this.site = site;
    }

    /**
     * The loop.
     *
     * @param holds the condition before the first round, if it has been asked; else null
     * @param start how a round before these ended, or null
     */
    Outcome loop(MaterializedFrame frame, TensorValue holds, Outcome start) {
        var before = start == null ? Outcome.normal(null) : start;
        var first = holds == null ? tested(frame, before) : after(before, holds);
        try (var rounds = new Rounds(frame, (own, rows) -> tested(own, round.run(own)), List.of(), null, first,
                site)) {
            rounds.trace();
            var results = Loop.looped(rounds, rounds.condition(own -> true), site);
            return Loop.ended(frame, rounds.end(results, rounds.goesRound(true)), endless, site);
        }
    }

    /** How a round with the condition behind it ends. */
    private Outcome tested(MaterializedFrame frame, Outcome ended) {
        return switch (ended.kind()) {
            case NORMAL, CONTINUE -> after(ended, asked(frame));
            case OPEN -> {
                var status = Choice.of(frame, Loop.is(ended.status(), Outcome.GOES_ON),
                        own -> Outcome.normal(after(ended, asked(own)).inLoop()),
                        own -> Outcome.normal(ended.status()), site).value();
                yield new Outcome(Kind.OPEN, ended.value(), status, ended.breaks());
            }
            case BREAK, RETURN, RAISES, MIXED -> ended;
        };
    }

    private Object asked(MaterializedFrame frame) {
        Object holds = test.holds(frame);
        endless &= Boolean.TRUE.equals(holds);
        return holds;
    }

    private static Outcome after(Outcome ended, Object holds) {
        if (!(holds instanceof TensorValue truth)) {
            return (boolean) holds ? ended : Outcome.BREAK;
        }
        Object status = Leaf.of(Outcome.GOES_ON).seen(Tensors.work(ops ->
                ops.cast(ops.unary(UnaryOp.NOT, truth), DType.I64)));
        return new Outcome(Kind.OPEN, ended.returned(), status, ended.breaks());
    }
}
