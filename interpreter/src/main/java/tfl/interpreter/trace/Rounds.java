package tfl.interpreter.trace;

import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import tfl.interpreter.Place;
import tfl.interpreter.trace.Values.Differ;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/**
 * The rounds of a loop written down once. The body is traced again and again until it is known which leaves of which
 * variables differ from round to round, and of what dtype and shape they are: those are carried, all others stay as
 * they are before the loop.
 */
final class Rounds implements AutoCloseable {
    private static final ThreadLocal<Rounds> CURRENT = new ThreadLocal<>();

    private final MaterializedFrame frame;
    private final Round round;
    private final List<Leaf> rows;
    private final Choice.Site site;
    private final FrameState before;
    private final int status;
    private final int result;
    private final int counter;
    private final Elements counted;
    private boolean breaks;
    // By variable; after those of the frame come how the round ended, and what is returned.
    private final Object[] first;
    private final Map<Spot, Leaf> carried = new LinkedHashMap<>();
    private final Map<Gathering, Object> gathered = new LinkedHashMap<>();
    private final Set<Integer> begun = new LinkedHashSet<>();
    private final Set<Integer> begunAgain = new LinkedHashSet<>();
    private Branch body;
    private Object[] last;

    /** A round with its rows: what it makes of one element of each sequence. */
    interface Round {
        Outcome run(MaterializedFrame frame, List<TensorValue> rows);
    }

    private record Spot(int variable, int leaf) {}

    /**
     * @param rows of which the rounds are given elements, one by one
     * @param counted whose elements the rounds are given by a counter that is carried; null for none
     * @param start how a round before these ended, or null
     */
    Rounds(MaterializedFrame frame, Round round, List<Leaf> rows, Elements counted, Outcome start,
            Choice.Site site) {
        this.frame = frame;
        this.round = round;
        this.rows = rows;
        this.site = site;
        this.before = FrameState.of(frame);
        this.status = before.size();
        this.result = before.size() + 1;
        this.counter = before.size() + 2;
        this.counted = counted;
        this.first = new Object[before.size() + 3];
        for (int index = 0; index < before.size(); index++) {
            first[index] = before.isVariable(index) ? before.get(index) : null;
        }
        first[status] = start == null ? (Object) Outcome.GOES_ON : start.inLoop();
        first[result] = start == null ? null : start.returned();
        breaks = start != null && start.breaks();
        if (counted != null) {
            first[counter] = 0L;
            carried.put(new Spot(counter, 0), Leaf.of(0L));
        }
    }

    /** Traces the body until nothing more changes. */
    void trace() {
        boolean settled = false;
        while (!settled) {
            close();
            var trace = new Trace(Place::current);
            var start = enter(trace);
            var given = new ArrayList<TensorValue>();
            rows.forEach(row -> given.add(trace.input(row.type(), row.weak())));
            var outer = CURRENT.get();
            CURRENT.set(this);
            gathered.clear();
            int raised = Raised.written();
            try {
                body = Branch.of(frame, own -> round.run(own, given(given, start)), trace,
                        rows.isEmpty() && counted == null);
            } finally {
                Raised.forget(raised);
                CURRENT.set(outer);
                before.restore(frame);
            }
            breaks |= body.outcome().breaks();
            if (body.outcome() == Outcome.MIXED) {
                throw Refusals.midway(site.span(), site.node());
            }
            last = last(start);
            settled = compare(start);
        }
    }

    /** Gives the innermost loop a result of its round; false if it cannot have it. */
    static boolean give(Gathering list, Object value) {
        var rounds = CURRENT.get();
        return rounds != null && !rounds.rows.isEmpty() && rounds.gathered.put(list, value) == null;
    }

    /** The comprehensions that the rounds give results to. */
    List<Gathering> gathering() {
        return List.copyOf(gathered.keySet());
    }

    private List<TensorValue> given(List<TensorValue> rows, Object[] start) {
        return counted == null ? rows : List.of(counted.at((TensorValue) start[counter]));
    }

    // The frame at the start of a round, with inputs of the trace for what is carried.
    private Object[] enter(Trace trace) {
        var inputs = new LinkedHashMap<Spot, Object>();
        carried.forEach((place, kind) -> inputs.put(place, trace.input(kind.type(), kind.weak())));
        return filled(inputs);
    }

    private Object[] filled(Map<Spot, Object> leaves) {
        var values = first.clone();
        for (int index = 0; index < values.length; index++) {
            values[index] = numbered(index, first[index], (place, leaf) -> leaves.getOrDefault(place, leaf));
            if (index < before.size() && values[index] != first[index]) {
                before.set(frame, index, values[index]);
            }
        }
        return values;
    }

    private interface Change {
        Object apply(Spot place, Object leaf);
    }

    private Object numbered(int variable, Object value, Change change) {
        if (value == null || carried.keySet().stream().noneMatch(place -> place.variable == variable)) {
            return value;
        }
        int[] count = {0};
        return Values.map(value, leaf -> change.apply(new Spot(variable, count[0]++), leaf));
    }

    private Object[] last(Object[] start) {
        var values = start.clone();
        for (int index = 0; index < before.size(); index++) {
            if (before.isVariable(index)) {
                values[index] = Unsure.like(body.after().get(index), start[index]);
                if (body.after().refused(index) != null && start[index] != null) {
                    throw body.after().refused(index).refusal();
                }
            }
        }
        if (counted != null) {
            values[counter] = body.next((TensorValue) start[counter]);
        }
        if (body.outcome().kind() != Outcome.Kind.RAISES) {
            values[status] = body.outcome().inLoop();
            values[result] = body.outcome().returned() == null ? start[result] : body.outcome().returned();
        }
        return values;
    }

    // Whether the end of the round fits its start; if not, more is carried.
    private boolean compare(Object[] start) {
        int known = carried.size();
        boolean[] settled = {true};
        for (int index = 0; index < start.length; index++) {
            if (last[index] == null) {
                last[index] = start[index];
            } else if (start[index] == null) {
                begin(index);
            } else if (start[index] != last[index]) {
                compare(index, start[index], settled);
            }
        }
        return settled[0] && carried.size() == known;
    }

    // Assigned in the loop first: zeros until then.
    private void begin(int variable) {
        if (variable < before.size() && !(last[variable] instanceof Unsure)) {
            begun.add(variable);
        }
        int[] count = {0};
        first[variable] = Values.map(last[variable], leaf -> {
            var kind = Leaf.of(leaf);
            carried.put(new Spot(variable, count[0]++), kind);
            return kind.zeros();
        });
        if (count[0] == 0) {
            first[variable] = last[variable];
        }
    }

    private void compare(int variable, Object start, boolean[] settled) {
        int[] count = {0};
        BinaryOperator<Object> leaves = (from, to) -> {
            var place = new Spot(variable, count[0]++);
            if (from == to || !(from instanceof TensorValue) && from.equals(to)) {
                return to;
            }
            var kind = carried.containsKey(place) ? carried.get(place) : Leaf.of(from);
            var wider = Leaf.meet(kind, Leaf.of(to));
            if (wider == null) {
                throw new Differ(from, to);
            }
            if (!wider.equals(carried.put(place, wider))) {
                settled[0] = false;
            }
            return to;
        };
        try {
            Values.zip(start, last[variable], leaves);
        } catch (Differ differ) {
            if (begun.contains(variable) && begunAgain.add(variable)) {
                // What the first round alone knew, such as text of a counter: no round before it left a value.
                carried.keySet().removeIf(place -> place.variable == variable);
                begin(variable);
                settled[0] = false;
                return;
            }
            throw Refusals.rounds(variable < before.size() ? before.name(variable) : "the value returned", differ,
                    site.span(), site.node());
        }
    }

    /** Whether only the graph knows in some round if another one follows. */
    boolean endsEarly() {
        return carried.keySet().stream().anyMatch(place -> place.variable == status);
    }

    Branch body() {
        return body;
    }

    /** Whether only numbers of the language change, and none of them is of the graph: then rounds cost nothing. */
    boolean isPlain() {
        boolean numbers = carried.entrySet().stream().allMatch(each -> each.getValue().weak()
                && !(first[each.getKey().variable] instanceof Lifted));
        return numbers && body.trace().captured().isEmpty() && !hasEffect();
    }

    boolean hasEffect() {
        return body.trace().hasEffect();
    }

    /** How many values are carried. */
    int carries() {
        return carried.size();
    }

    /** The values before the first round. */
    List<TensorValue> initial() {
        return leaves(first);
    }

    /** The values after a round, for the body's trace. */
    List<TensorValue> outputs() {
        var found = found(last);
        var outputs = new ArrayList<>(body.finish(found, List.copyOf(carried.values())));
        gathered.values().forEach(value -> outputs.add(body.row(value)));
        return outputs;
    }

    private List<Object> found(Object[] values) {
        var found = new LinkedHashMap<Spot, Object>();
        for (int index = 0; index < values.length; index++) {
            numbered(index, values[index], (place, leaf) -> {
                found.put(place, leaf);
                return leaf;
            });
        }
        return carried.keySet().stream().map(found::get).toList();
    }

    private List<TensorValue> leaves(Object[] values) {
        var tensors = new ArrayList<TensorValue>();
        var found = found(values).iterator();
        carried.values().forEach(kind -> tensors.add(kind.cast(found.next())));
        return tensors;
    }

    /** A condition over the same carried values. */
    Branch condition(Loop.Test test) {
        return condition((own, start) -> Loop.goesOn(start[status], test.holds(own)));
    }

    /** Whether there are elements left. */
    Branch condition() {
        return condition((own, start) -> Loop.goesOn(start[status], counted.isWithin((TensorValue) start[counter])));
    }

    private Branch condition(BiFunction<MaterializedFrame, Object[], Object> holds) {
        var trace = new Trace(Place::current);
        var start = enter(trace);
        Branch condition;
        try {
            condition = Branch.of(frame, own -> Outcome.normal(holds.apply(own, start)), trace, false);
        } finally {
            before.restore(frame);
        }
        if (condition.outcome() == Outcome.MIXED) {
            condition.close();
            throw Refusals.midway(site.span(), site.node());
        }
        return condition;
    }

    /** Whether there are variables without a value if there is no round. */
    boolean begins() {
        return !begun.isEmpty();
    }

    /** Whether there is a round, of which it is known whether the condition holds before it. */
    Object goesRound(Object holds) {
        return first[status] instanceof Long known && known != Outcome.GOES_ON ? false
                : Loop.goesOn(first[status], holds);
    }

    /**
     * Sets the variables to what the loop has made of them.
     *
     * @param round whether there was one: a {@code Boolean}, or a bool that only the graph knows
     */
    Outcome end(List<TensorValue> results, Object round) {
        var values = new LinkedHashMap<Spot, Object>();
        var next = results.iterator();
        carried.forEach((place, kind) -> values.put(place, kind.seen(next.next())));
        var ended = filled(values);
        for (int index = 0; index < before.size(); index++) {
            if (begun.contains(index)) {
                before.set(frame, index, Unsure.of(ended[index], round));
            } else if (before.get(index) == null && body.after().refused(index) != null) {
                before.set(frame, index, body.after().refused(index));
            }
        }
        return new Outcome(endsEarly() ? Outcome.Kind.OPEN : Outcome.Kind.NORMAL, ended[result], ended[status],
                breaks);
    }

    @Override
    public void close() {
        if (body != null) {
            body.close();
        }
    }
}
