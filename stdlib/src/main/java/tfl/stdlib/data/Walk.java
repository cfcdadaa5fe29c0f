package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.ElementKey;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Memory;

/** What the stages of one walk share: how to call functions, who counts, and whether there may be threads. */
final class Walk {
    /** Steps that tune themselves share this part of what tensors may take. */
    private static final int BUDGET_SHARE = 8;

    private final CallContext context;
    private final TflContext session;
    private final Map<RecordValue, StepMeter> meters = new IdentityHashMap<>();
    private final List<StepMeter> inOrder = new ArrayList<>();
    private final boolean threads;
    private volatile long patience;
    private volatile int tuned;

    /**
     * A walk of that plan.
     *
     * @param threads whether stages may run ahead
     */
    Walk(CallContext context, RecordValue plan, boolean threads, long patience) {
        number(plan);
        this.context = context;
        this.session = context.session();
        this.threads = threads;
        this.patience = patience;
    }

    /** A walk of the streams that a step's function gave, whose steps count by themselves. */
    Walk inner(RecordValue plan) {
        return new Walk(context, plan, threads, patience);
    }

    /** Steps are numbered from the source on, so that a step has its number wherever a walk begins. */
    private void number(RecordValue plan) {
        switch (plan.find("of")) {
            case RecordValue source -> number(source);
            case TupleValue parts -> {
                for (var part : parts.toArray()) {
                    number((RecordValue) part);
                }
            }
            case null, default -> { }
        }
        var name = (String) plan.find("step");
        if (Plan.isTransparent(name)) {
            meters.put(plan, meters.get((RecordValue) plan.find("of")));
        } else if (!meters.containsKey(plan)) {
            var meter = new StepMeter(inOrder.size() + 1, name.equals("rows") || name.equals("shuffled") ? "of" : name);
            meters.put(plan, meter);
            inOrder.add(meter);
        }
    }

    TflContext session() {
        return session;
    }

    boolean hasThreads() {
        return threads;
    }

    /** Nanoseconds after which a step is called stuck. */
    long patience() {
        return patience;
    }

    void setPatience(long nanos) {
        patience = nanos;
    }

    /** The meters of all steps, source first. */
    List<StepMeter> meters() {
        return inOrder;
    }

    StepMeter meter(RecordValue plan) {
        return meters.get(plan);
    }

    /** One more step tunes itself. */
    synchronized void addTuned() {
        tuned++;
    }

    /** Bytes that a step that tunes itself may keep ready. */
    long budget() {
        return Memory.limit() / BUDGET_SHARE / Math.max(1, tuned);
    }

    /**
     * Calls a step's function for the element of that index, whose draws are its own.
     *
     * @throws RuntimeException an error that names step and element
     */
    Object call(StepMeter step, long key, long index, Object function, Object... arguments) {
        long start = System.nanoTime();
        step.begins(index);
        try {
            return ElementKey.within(ElementKey.fold(key, index), () -> context.call(function, arguments));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            throw session.moved(failure, step + ", element " + index);
        } finally {
            step.ends(System.nanoTime() - start);
        }
    }

    /** The same for a function that only looks at the element, which stays. */
    Object ask(StepMeter step, long key, long index, Object function, Object element) {
        Holding.retain(element);
        Object answer = call(step, key, index, function, element);
        Holding.unretain(element);
        return answer;
    }
}
