package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.nodes.ControlFlowException;
import java.util.function.Function;
import tfl.interpreter.Catching;
import tfl.interpreter.TflException;
import tfl.interpreter.UserPlace;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.value.None;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** The way that runs has ended in an error which the graph will raise when it runs and comes here. */
public final class Raised extends ControlFlowException {
    public static final Raised RAISED = new Raised();

    private static final ThreadLocal<int[]> WRITTEN = ThreadLocal.withInitial(() -> new int[1]);

    private Raised() {}

    /** How many errors this thread has left to graphs until now. */
    static int written() {
        return WRITTEN.get()[0];
    }

    /** As if there had been only so many. */
    static void forget(int written) {
        WRITTEN.get()[0] = written;
    }

    /**
     * What to throw where a program fails: its error, or that the graph will raise it. The graph does where it may not
     * come here, has something to do before, or knows alone what the error tells of.
     *
     * @param name what fails in the program
     * @param value what the error tells of
     */
    @TruffleBoundary
    public static RuntimeException by(String name, Object value, Function<Object, TflException> error) {
        var now = error.apply(value);
        if (isThrownNow(now)) {
            return now;
        }
        var place = UserPlace.node(now);
        WRITTEN.get()[0]++;
        Effects.putOff(name, value, known -> {
            throw error.apply(known).seenFrom(place);
        });
        return RAISED;
    }

    /** What to throw where an error goes on that was caught on its way: it, or that the graph will raise it. */
    @TruffleBoundary
    public static RuntimeException again(AbstractTruffleException error) {
        if (isThrownNow(error)) {
            return error;
        }
        leave(error);
        return RAISED;
    }

    private static boolean isThrownNow(AbstractTruffleException error) {
        return Catching.now() || isTold(error) && Branch.depth() == 0 && !Trace.anyHasEffect();
    }

    /** Whether its message is known while a graph is written down. */
    private static boolean isTold(AbstractTruffleException error) {
        return !(error instanceof TflException own) || own.isTold();
    }

    /** Leaves an error to the graph, to be raised if it comes here. */
    static void leave(AbstractTruffleException error) {
        WRITTEN.get()[0]++;
        Object message = isTold(error) ? None.NONE : ((TflException) error).message();
        Effects.putOff("error", message, known -> {
            throw isTold(error) ? error : ((TflException) error).told(ValueText.print(known));
        });
    }

    /** Leaves it to the graph to fail unless a condition holds; of every element, where they are mapped over. */
    @TruffleBoundary
    public static void unless(String name, TensorValue condition, Object value,
            Function<Object, TflException> error) {
        WRITTEN.get()[0]++;
        Effects.putOff(name, TupleValue.of(condition, value), known -> {
            var given = (TupleValue) known;
            if (!(given.get(0) instanceof Boolean truth ? truth : holds((TensorValue) given.get(0)))) {
                throw error.apply(given.get(1));
            }
        });
    }

    private static boolean holds(TensorValue condition) {
        var truths = Concrete.of(condition);
        for (long index = 0; index < truths.size(); index++) {
            if (truths.readLong(index) == 0) {
                return false;
            }
        }
        return true;
    }
}
