package tfl.interpreter.transform;

import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/**
 * What the graph of a call costs.
 *
 * @param compileNanos to trace, optimise and compile it, once
 * @param flops operations on numbers of each call, as far as they are known
 * @param bytes read and written by each call
 * @param kernels how many it became
 */
public record GraphCost(long compileNanos, long flops, long bytes, int kernels) {
    /** The function as a graph; a graph stays the one it is. */
    public static Object graph(Object function) {
        return Transforms.graph(function, GraphOptions.DEFAULT);
    }

    public static boolean isGraph(Object function) {
        return function instanceof BuiltinFunction known && known.builtin().body() instanceof GraphFunction;
    }

    /** Waits until the kernels of a call of a graph are in use; null where it runs without. */
    public static GraphCost of(CallContext context, Object graph, Object[] arguments, RecordValue keywords) {
        var function = (GraphFunction) ((BuiltinFunction) graph).builtin().body();
        var given = TupleValue.of(arguments);
        var entry = function.entry(context, given, keywords, CallSignature.of(given, keywords));
        if (!entry.isWhole() || entry.compiled().exceedsBudget()) {
            return null;
        }
        var fused = Explanations.fused(entry.compiled());
        var report = fused.program().report();
        return new GraphCost(entry.traceNanoseconds() + fused.nanoseconds(), report.flops(), report.bytes(),
                report.kernels().size());
    }
}
