package tfl.interpreter.measure;

import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;

/**
 * The calls of a measurement: of a function with the same arguments again and again, or of a step that takes the state
 * which the step before it gave, and begins anew from time to time.
 */
final class Workload {
    private static final int LOSSES = 3;

    private final CallContext context;
    private final Object function;
    private final Object[] arguments;
    private final RecordValue keywords;
    private final Object start;
    private final long restart;
    private final Object check;
    private Object state;
    private long steps;

    /**
     * @param start the state to begin with, or none
     * @param restart after how many steps to begin anew
     * @param check what of a result to sum up, or none for all of it
     */
    Workload(CallContext context, Object function, Object[] arguments, RecordValue keywords, Object start,
            long restart, Object check) {
        this.context = context;
        this.function = function;
        this.arguments = arguments;
        this.keywords = keywords;
        this.start = start;
        this.restart = restart;
        this.check = check;
        this.state = start;
        Holding.retain(start);
    }

    boolean hasState() {
        return start != None.NONE;
    }

    /** The arguments of the next call. */
    Object[] given() {
        if (!hasState()) {
            return arguments;
        }
        var all = new Object[arguments.length + 1];
        all[0] = state;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    void rewind() {
        Holding.retain(start);
        Holding.release(state);
        state = start;
        steps = 0;
    }

    /** One call, its result freed; gives the nanoseconds. */
    long run() {
        long start = System.nanoTime();
        call();
        return System.nanoTime() - start;
    }

    /** So many calls, going back to the start where it is time to; gives the nanoseconds of all. */
    long run(int calls) {
        long start = System.nanoTime();
        for (int k = 0; k < calls; k++) {
            if (hasState() && steps == restart) {
                rewind();
            }
            call();
        }
        return System.nanoTime() - start;
    }

    private void call() {
        Object result = context.call(function, given(), keywords);
        if (hasState()) {
            Holding.retain(result);
            Holding.release(state);
            state = result;
            steps++;
        } else {
            Holding.discard(result);
        }
    }

    /** One call, its result summed up, which does not count for the time. */
    long run(Checksum sum) {
        if (hasState()) {
            long nanos = run();
            add(state, sum);
            return nanos;
        }
        long start = System.nanoTime();
        Object result = context.call(function, given(), keywords);
        long nanos = System.nanoTime() - start;
        Holding.retain(result);
        add(result, sum);
        Holding.release(result);
        return nanos;
    }

    /** Sums up the results of the calls that say whether two programs compute the same: of a step, the first three. */
    Checksum checksum(Checksum begun) {
        for (long k = steps; hasState() && k < LOSSES; k++) {
            run(begun);
        }
        return begun;
    }

    private void add(Object result, Checksum sum) {
        Object part = check == None.NONE ? result : context.call(check, result);
        Holding.retain(part);
        sum.add(part);
        Holding.release(part);
    }

    void close() {
        Holding.release(state);
        state = None.NONE;
    }
}
