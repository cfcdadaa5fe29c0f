package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tfl.interpreter.Place;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.trace.Outcome.Kind;
import tfl.interpreter.trace.Values.Differ;
import tfl.language.source.Span;
import tfl.primitive.Cond;
import tfl.tensor.TensorValue;

/**
 * A choice by a condition that is not known yet: both sides are written down, the variables that they assign are
 * merged, and a {@link Cond} chooses when the graph runs.
 */
public final class Choice {
    /** Choices within choices, from which on they are taken for a recursion without end. */
    private static final int DEEPEST = 200;
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private final MaterializedFrame frame;
    private final TensorValue condition;
    private final Site site;
    private final FrameState before;
    private final Branch yes;
    private final Branch no;
    private final Merger merger = new Merger();

    /** Where a choice stands. */
    public record Site(Node node, Span span, Position position) {}

    private Choice(MaterializedFrame frame, TensorValue condition, Site site, FrameState before, Branch yes,
            Branch no) {
        this.frame = frame;
        this.condition = condition;
        this.site = site;
        this.before = before;
        this.yes = yes;
        this.no = no;
    }

    /**
     * Does both, and brings together how they end.
     *
     * @throws Split if they end in ways that cannot be brought together here
     * @throws RaisingSide if one may end in an error that is caught
     */
    @TruffleBoundary
    public static Outcome of(MaterializedFrame frame, TensorValue condition, Body yes, Body no, Site site) {
        var caught = Replay.catching();
        var replay = Replay.at(frame);
        int numberInTry = caught == null ? 0 : caught.next();
        int number = replay == null ? 0 : replay.next();
        if (caught != null && caught.knows(numberInTry)) {
            return caught.take(numberInTry, frame, yes, no);
        }
        if (replay != null && replay.knows(number)) {
            return replay.take(number, frame, yes, no);
        }
        try {
            return within(frame, condition, yes, no, site);
        } catch (Split split) {
            if (replay != null) {
                replay.divide(number, false);
            }
            throw split;
        } catch (RaisingSide side) {
            side.caught().divide(numberInTry, side.ends());
            throw side;
        }
    }

    private static Outcome within(MaterializedFrame frame, TensorValue condition, Body yes, Body no, Site site) {
        int[] depth = DEPTH.get();
        if (depth[0] >= DEEPEST) {
            throw Refusals.endless(site.span(), site.node());
        }
        depth[0]++;
        try {
            return both(frame, condition, yes, no, site);
        } finally {
            depth[0]--;
        }
    }

    private static Outcome both(MaterializedFrame frame, TensorValue condition, Body yes, Body no, Site site) {
        var before = FrameState.of(frame);
        int raised = Raised.written();
        try (var first = Branch.of(frame, yes)) {
            before.restore(frame);
            try (var second = Branch.of(frame, no)) {
                before.restore(frame);
                if (first.mayRaise() || second.mayRaise()) {
                    divide(condition, raises(first) || raises(second));
                }
                var kind = join(first.outcome().kind(), second.outcome().kind(), site.position());
                if (kind == Kind.MIXED) {
                    throw new Split(condition, yes, no, site.node());
                }
                return new Choice(frame, condition, site, before, first, second).merged(kind);
            }
        } catch (RuntimeException error) {
            // What both sides wrote down is gone.
            Raised.forget(raised);
            before.restore(frame);
            throw error;
        }
    }

    /** Leaves the choice to the try that catches what a side of it raises, if there is one. */
    private static void divide(TensorValue condition, boolean ends) {
        var caught = Replay.catching();
        if (caught != null && caught.mayDivide(ends)) {
            throw new RaisingSide(caught, condition, ends);
        }
    }

    private static Kind join(Kind a, Kind b, Position position) {
        if (a == Kind.MIXED || b == Kind.MIXED) {
            return Kind.MIXED;
        }
        if (a == b || b == Kind.RAISES) {
            return a;
        }
        if (a == Kind.RAISES) {
            return b;
        }
        return switch (position) {
            case FUNCTION -> ends(a) && ends(b) ? Kind.RETURN : Kind.MIXED;
            case ROUND -> goesOn(a) && goesOn(b) ? Kind.CONTINUE : Kind.OPEN;
            case WITHIN -> Kind.MIXED;
        };
    }

    private static boolean ends(Kind kind) {
        return kind == Kind.NORMAL || kind == Kind.RETURN;
    }

    private static boolean goesOn(Kind kind) {
        return kind == Kind.NORMAL || kind == Kind.CONTINUE;
    }

    private Outcome merged(Kind kind) {
        var variables = new LinkedHashMap<Integer, Object>();
        for (int index = 0; index < before.size(); index++) {
            if (yes.after().differs(before, index) || no.after().differs(before, index)) {
                variables.put(index, variable(index));
            }
        }
        Object value = kind == Kind.NORMAL || kind == Kind.RETURN
                ? named("the value", () -> both(yes.outcome().value(), no.outcome().value())) : null;
        Object status = null;
        if (kind == Kind.OPEN) {
            status = both(raises(yes) ? null : yes.outcome().inLoop(), raises(no) ? null : no.outcome().inLoop());
            value = named("the value returned", () -> both(yes.outcome().returned(), no.outcome().returned()));
        }
        var results = choose();
        variables.forEach((index, variable) -> before.set(frame, index, merger.fill(variable, results)));
        return new Outcome(kind, merger.fill(value, results), merger.fill(status, results),
                yes.outcome().breaks() || no.outcome().breaks());
    }

    private static boolean raises(Branch branch) {
        return branch.outcome().kind() == Kind.RAISES;
    }

    // What cannot be brought together matters only if it is read.
    private Object variable(int index) {
        Object a = yes.after().get(index);
        Object b = no.after().get(index);
        var refused = Stream.of(yes, no).filter(side -> !raises(side)).map(side -> side.after().refused(index))
                .filter(Objects::nonNull).findFirst();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (raises(yes) || raises(no)) {
            return raises(yes) && raises(no) ? null : both(raises(yes) ? null : a, raises(no) ? null : b);
        }
        String name = before.name(index);
        if (a == null || b == null) {
            return Unsure.refused(() -> Refusals.oneSide(name, site.span(), site.node()));
        }
        try {
            return merger.merge(Unsure.like(a, b), Unsure.like(b, a));
        } catch (Differ differ) {
            var refusal = Refusals.branches(name, differ, site.span(), site.node());
            if (before.isOfFrame(index)) {
                return Unsure.refused(() -> refusal);
            }
            throw refusal;
        }
    }

    private Object both(Object a, Object b) {
        if (a == null || b == null) {
            return a == null && b == null ? null : merger.one(a == null ? b : a, a != null);
        }
        return merger.merge(a, b);
    }

    private Object named(String name, Supplier<Object> work) {
        try {
            return work.get();
        } catch (Differ differ) {
            throw Refusals.branches(name, differ, site.span(), site.node());
        }
    }

    private List<TensorValue> choose() {
        var taken = yes.finish(merger.yes, merger.kinds);
        var other = no.finish(merger.no, merger.kinds);
        Branch.share(yes, no);
        var captured = List.copyOf(yes.trace().captured());
        var choice = new Cond(yes.graph(taken, captured, 0), no.graph(other, captured, 0));
        if (merger.kinds.isEmpty() && !choice.hasEffect()) {
            return List.of();
        }
        var inputs = new ArrayList<TensorValue>();
        inputs.add(condition);
        inputs.addAll(captured);
        Place.at(site.span());
        return Execution.ops().apply(choice, inputs);
    }
}
