package tfl.interpreter.measure;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;

/** Runs {@code bench} blocks. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs one, and gives what it measured, as {@code measure} does. */
    public static RecordValue run(CallContext context, String name, FunctionValue block, Protocol protocol) {
        var current = Protocol.Current.of(context.session());
        current.begin(protocol);
        try {
            Holding.discard(context.call(block));
            if (current.taken() == null) {
                throw TflException.of(ErrorKind.VALUE, "TFL-E0680", "the benchmark \"" + name + "\" measured nothing",
                        "end the block with measure(() -> ...)");
            }
            return current.taken().record();
        } finally {
            current.begin(Protocol.PLAIN);
        }
    }
}
