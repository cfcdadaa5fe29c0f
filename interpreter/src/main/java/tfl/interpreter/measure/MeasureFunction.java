package tfl.interpreter.measure;

import java.util.Collection;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.transform.Arguments;
import tfl.interpreter.transform.GraphCost;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The row of {@code measure}. */
public final class MeasureFunction implements PreludeProvider {
    private static final String NAME = "measure";
    private static final String PARAMETERS = "f, *args, state=none, restart=50, check=none, seconds=1.5, graph=true, "
            + "flops=none, bytes=none";
    private static final String DOC = "How long f(*args) takes, in a bench block and elsewhere: calls it until it is "
            + "warm, then at least 15 times and for seconds. A record of the median, the least time and more, in "
            + "milliseconds, and of a checksum of what f gives. With a state, f is a step: f(state, *args) gives the "
            + "next state, and begins anew after restart calls. check(result) is what the checksum is made of, where "
            + "that is not all of it. graph=false keeps a benchmark out of tfl bench --graph. flops and bytes of a "
            + "call are those of its graph, where it is one, unless they are given.";

    @Override
    public Collection<String> names() {
        return List.of(NAME);
    }

    @Override
    public Object find(String name) {
        return name.equals(NAME) ? Builtin.of(PRELUDE, NAME, PARAMETERS, DOC, MeasureFunction::measure) : null;
    }

    private static Object measure(CallContext context, Object[] a) {
        Outside.reach(NAME, "reads the clock");
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
