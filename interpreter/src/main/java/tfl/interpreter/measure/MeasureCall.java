package tfl.interpreter.measure;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.transform.Arguments;
import tfl.interpreter.transform.GraphCost;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** One call of {@code measure}. */
final class MeasureCall {
    private MeasureCall() {}

    static Object run(CallContext context, Object[] a) {
        var current = Protocol.Current.of(context.session());
        if (current.isBenchmark() && current.taken() != null) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0681", "a benchmark measures once, this is its second time",
                    "write a bench block for each");
        }
        var protocol = current.protocol();
        boolean wrapped = protocol.graph() && Arguments.truth("graph", a[6]);
        var measurement = protocol.graph() && !wrapped
                ? Measurement.none("graph", "measured as it is only: graph=false")
                : measure(context, protocol, wrapped ? GraphCost.graph(a[0]) : a[0], a);
        current.take(measurement);
        return measurement.record();
    }

    private static Measurement measure(CallContext context, Protocol protocol, Object function, Object[] a) {
        double seconds = Arguments.positive("seconds", a[5]);
        var work = new Workload(context, function, ((TupleValue) a[1]).toArray(), RecordValue.EMPTY, a[2],
                Arguments.count("restart", a[3]), a[4]);
        try {
            return measure(context, protocol, function, work, seconds, a);
        } finally {
            work.close();
        }
    }

    private static Measurement measure(CallContext context, Protocol protocol, Object function, Workload work,
            double seconds, Object[] a) {
        boolean graph = GraphCost.isGraph(function);
        Load.awaitIdle(protocol.patience());
        var load = new Load();
        var sum = new Checksum();
        double first = (graph ? work.run() : work.run(sum)) / 1e6;
        double others = load.otherCores();
        GraphCost cost = null;
        if (graph) {
            work.rewind();
            cost = GraphCost.of(context, function, work.given(), RecordValue.EMPTY);
            work.run(sum);
        }
        work.checksum(sum);
        var times = protocol.once() ? null
                : new Stopwatch(work, Pace.ofCalls(seconds, protocol.patience()), context.caller()).run();
        return new Measurement(graph ? "graph" : "eager", times, first, others, cost, sum,
                work("flops", a[7], cost == null ? 0 : cost.flops()),
                work("bytes", a[8], cost == null ? 0 : cost.bytes()), "");
    }

    private static long work(String name, Object given, long known) {
        return given == None.NONE ? known : Arguments.count(name, given);
    }
}
