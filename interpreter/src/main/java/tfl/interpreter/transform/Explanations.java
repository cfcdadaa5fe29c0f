package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import tfl.explain.Explanation;
import tfl.explain.NumberCheck;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.ReportType;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.text.TensorText;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.source.Span;
import tfl.lower.CompiledGraph;
import tfl.lower.Fused;
import tfl.transform.Lifted;
import tfl.transform.Trace;
import tfl.transform.Watch;

/** {@code explain} and {@code check_numbers}. */
final class Explanations {
    private static final StructType TYPE = ReportType.of("Explanation", "What a graph became.", "svg", "kernels",
            "flops", "bytes", "peak_bytes", "graph");
    /** What functions do that cannot be written down as graphs. */
    private static final Set<String> UNTRACEABLE = Set.of("TFL-E0360", "TFL-E0361", "TFL-E0362", "TFL-E0363",
            "TFL-E0364", "TFL-E0365");

    private Explanations() {}

    /** What the graph of a call became; waits for its kernels. */
    static StructValue explain(CallContext context, GraphFunction graph, String name, TupleValue arguments,
            RecordValue keywords, boolean kernels) {
        var signature = CallSignature.of(arguments, keywords);
        var entry = graph.entry(context, arguments, keywords, signature);
        var compiled = entry.compiled();
        boolean used = compiled.isFused();
        var fused = fused(compiled);
        var code = compiled.exceedsBudget() ? Explanation.Code.OVER_BUDGET
                : used ? Explanation.Code.FUSED : Explanation.Code.COMPILING;
        var signatures = new ArrayList<Explanation.Signature>();
        graph.history().forEach(each -> signatures.add(new Explanation.Signature(each.types(), each.reason())));
        var explanation = new Explanation(name, entry.inputNames(), compiled.graph(),
                fused.optimised(), fused.program().report(),
                entry.began(), entry.traceNanoseconds(), fused.nanoseconds(), fused.origin(), signatures, code);
        var report = fused.program().report();
        return new StructValue(TYPE, new Object[] {explanation.text(kernels), explanation.svg(),
                (long) report.kernels().size(), report.flops(), report.bytes(), fused.program().plannedPeakBytes(),
            GraphOutline.of(compiled.graph())});
    }

    /** The fused program, waited for. */
    static Fused fused(CompiledGraph compiled) {
        try {
            return compiled.request().join();
        } catch (CompletionException failed) {
            throw TflException.causedBy(failed.getCause(), RuntimeProblem.of(ErrorKind.INTERNAL,
                    "TFL-E0299", "a bug in TFL: the graph could not be fused: " + failed.getCause(),
                    "it runs unfused; please report it with this program; --debug shows where"),
                    Span.NONE, null);
        }
    }

    /**
     * One call of a function, primitive by primitive, that stops at the first bad number. In a graph, that is done
     * whenever the graph runs.
     */
    static Object checked(CallContext context, GraphFunction graph, TupleValue arguments, RecordValue keywords) {
        var check = new NumberCheck(Execution.ops(), TensorText::scalar);
        if (Trace.isActive()) {
            return Watch.by(check::check, () -> context.call(graph.wrapped(), arguments.toArray(), keywords));
        }
        var signature = CallSignature.of(arguments, keywords);
        // Watched, a branch that is taken for some elements only is written such that it sees no others.
        var entry = Arrays.stream(signature.atoms()).anyMatch(Lifted.class::isInstance) ? null
                : replayed(() -> Watch.by(check::check, () -> graph.entry(context, arguments, keywords, signature)));
        if (entry == null || !entry.isWhole()) {
            var watched = replayed(() -> Watch.by(check::check, () -> GraphEntry.once(context, graph.wrapped(),
                    arguments, keywords, signature)));
            return watched.apply(context, signature.atoms());
        }
        var inputs = entry.inputs(context, signature.atoms());
        return entry.finished(context, check.run(entry.compiled().graph(), inputs, 0));
    }

    /** Traces a function whose caller may not know that this needs a graph. */
    private static GraphEntry replayed(Supplier<GraphEntry> tracing) {
        try {
            return tracing.get();
        } catch (TflException refused) {
            var problem = refused.problem();
            throw !UNTRACEABLE.contains(problem.code()) ? refused
                    : refused.as(RuntimeProblem.of(refused.kind(), problem.code(), problem.message()
                            + "; check_numbers replays the function as a graph", problem.help().orElse(null)));
        }
    }
}
