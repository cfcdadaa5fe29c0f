package tfl.explain;

import java.util.List;
import java.util.stream.Stream;
import tfl.backend.Compiled;
import tfl.graph.Graph;
import tfl.graph.GraphPrinter;
import tfl.lower.Report;
import tfl.optimise.Pipeline;
import tfl.tensor.TensorType;

/** Writes an {@link Explanation} as text. */
final class TextReport {
    private static final int LABEL = 10;
    private static final int LONG = 500;
    private static final int MOST_NAMED = 5;
    private static final int MOST_LISTED = 24;

    private final Explanation explained;
    private final boolean showsCode;
    private final Page page = new Page();

    TextReport(Explanation explained, boolean showsCode) {
        this.explained = explained;
        this.showsCode = showsCode;
    }

    String write() {
        summary();
        signatures();
        graph("Traced graph", explained.traced());
        graph("Optimised graph", explained.optimised().graph());
        passes(explained.optimised().timings());
        page.heading("Kernels");
        kernels(explained.report(), "", "  ");
        return page.toString();
    }

    private void summary() {
        var report = explained.report();
        page.line(explained.name() + ": "
                + Quantity.count(explained.traced().equations().size(), "equation") + ", "
                + explained.optimised().graph().equations().size() + " after optimising, "
                + Quantity.count(report.kernels().size(), "kernel"));
        page.line("  " + Quantity.cost(report.flops(), report.bytes()) + " · "
                + Quantity.bytes(report.peakBytes()) + " at most beside the inputs"
                + (report.arenaBytes() == 0 ? "" : ", " + Quantity.bytes(report.arenaBytes()) + " in one arena"));
        if (report.isOpen()) {
            page.line("  and what branches and loops do, as often as values ask for it");
        }
        if (!report.over().isEmpty()) {
            page.labelled("  ", over(report.over()));
        }
        long passes = explained.optimised().timings().stream().mapToLong(Pipeline.Timing::nanoseconds).sum();
        page.line("  traced in " + Quantity.time(explained.tracingNanos()) + switch (explained.origin()) {
            case MADE -> " · optimised in " + Quantity.time(passes) + " · lowered in "
                    + Quantity.time(explained.makingNanos());
            case DISK -> " · fused by an earlier process, ready " + Quantity.time(explained.makingNanos()) + " later";
            case SIZES -> " · fused as for other sizes, ready " + Quantity.time(explained.makingNanos()) + " later";
        } + compiled(report));
        page.line("  " + explained.code().sentence());
    }

    private String over(List<Integer> inputs) {
        var names = explained.inputs();
        long bytes = inputs.stream().mapToLong(each -> explained.traced().inputs().get(each).type().bytes()).sum();
        var shown = inputs.stream().limit(MOST_NAMED)
                .map(each -> each < names.size() ? names.get(each) : "input " + each).toList();
        return "written over if the call binds them again, " + Quantity.bytes(bytes) + ": " + String.join(", ", shown)
                + (inputs.size() > MOST_NAMED ? " and " + (inputs.size() - MOST_NAMED) + " more" : "");
    }

    static String title(Report.Inner inner) {
        return inner.name() + (inner.rounds() == 0 ? "" : ", " + Quantity.count(inner.rounds(), "round"));
    }

    private static Stream<Compiled> code(Report report) {
        return report.kernels().stream().flatMap(kernel -> Stream.concat(kernel.compiled().stream(),
                kernel.inner().stream().flatMap(inner -> code(inner.report()))));
    }

    private String compiled(Report report) {
        var compiled = code(report).distinct().toList();
        long before = compiled.stream().filter(this::isOfBefore).count();
        long fromDisk = compiled.stream().filter(code -> !isOfBefore(code) && code.isFromDisk()).count();
        return compiled.isEmpty() ? "" : " (" + Quantity.count(compiled.size() - before - fromDisk, "kernel")
                + " compiled, " + fromDisk + " read from disk" + (before == 0 ? "" : ", " + before + " there before")
                + ")";
    }

    /** Whether another graph of this process needed the same code. */
    private boolean isOfBefore(Compiled code) {
        return code.readyAt() - explained.began() < 0;
    }

    private String howCompiled(Compiled code) {
        var time = Quantity.time(code.nanos());
        return (isOfBefore(code) ? "for a graph before this one, " : code.isFromDisk() ? "earlier, " : "")
                + (code.isFromDisk() ? "read from disk in " : "in ") + time;
    }

    private void signatures() {
        if (explained.signatures().isEmpty()) {
            return;
        }
        page.heading("Signatures");
        var all = SizedSignatures.of(explained.signatures());
        int width = all.stream().mapToInt(each -> each.numbers().length()).max().orElse(0) + 2;
        for (var told : all) {
            page.labelled(label("  ", told.numbers(), width), told.types());
            for (var more : List.of(told.sizes(), told.reason())) {
                if (!more.isEmpty()) {
                    page.labelled(label("  ", "", width), more);
                }
            }
        }
    }

    private void graph(String title, Graph graph) {
        page.heading(title);
        GraphPrinter.print(graph, explained.inputs()).lines().forEach(line -> page.line("  " + line));
    }

    private void passes(List<Pipeline.Timing> timings) {
        if (timings.isEmpty()) {
            return;
        }
        page.heading("Passes");
        int width = timings.stream().mapToInt(timing -> timing.pass().name().length()).max().orElse(0) + 2;
        for (var timing : timings) {
            var change = timing.before() == timing.after() ? Integer.toString(timing.after())
                    : timing.before() + " → " + timing.after();
            page.labelled(label("  ", timing.pass().name(), width) + label("", change, 14)
                    + label("", Quantity.time(timing.nanoseconds()), 9), timing.pass().purpose());
        }
    }

    private void kernels(Report report, String number, String indent) {
        int next = 1;
        for (var kernel : report.kernels()) {
            kernel(kernel, number + next++, indent);
        }
        long views = report.steps().size() - report.kernels().size();
        if (views > 0) {
            page.line(indent + "and " + Quantity.count(views, "view") + " at no cost");
        }
    }

    private void kernel(Report.Entry kernel, String number, String indent) {
        page.labelled(label(indent, number, 3), kernel.kind() + "  " + types(kernel.inputs()) + " → "
                + types(kernel.outputs()));
        var deeper = indent + "   ";
        field(deeper, "from", Origins.names(kernel.origins()));
        field(deeper, "written", Origins.places(kernel.origins()));
        field(deeper, "computes", kernel.inner().isEmpty() ? computed(kernel) : "");
        field(deeper, "costs", Quantity.cost(kernel)
                + (kernel.isOpen() ? ", and its parts as often as they run" : ""));
        var compiled = kernel.compiled();
        compiled.ifPresent(code -> field(deeper, "compiled", howCompiled(code)));
        for (var inner : kernel.inner()) {
            page.line(deeper + title(inner) + ": " + Quantity.count(inner.report().kernels().size(), "kernel"));
            kernels(inner.report(), number + "." + inner.name() + ".", deeper + "  ");
        }
        if (showsCode) {
            compiled.ifPresent(this::code);
        }
    }

    /** Expressions can be pages long; who wants the code sees them whole. */
    private String computed(Report.Entry kernel) {
        var text = kernel.text();
        return showsCode || text.length() <= LONG ? text : text.substring(0, LONG) + " … ("
                + Quantity.count(text.length() - LONG, "letter") + " more)";
    }

    private void code(Compiled compiled) {
        page.heading("; LLVM IR");
        page.verbatim(compiled.text(Compiled.Form.OPTIMISED));
        page.heading("; assembly");
        page.verbatim(compiled.text(Compiled.Form.ASSEMBLY));
        page.verbatim("");
    }

    private void field(String indent, String name, String value) {
        if (!value.isEmpty()) {
            page.labelled(label(indent, name, LABEL), value);
        }
    }

    private static String label(String indent, String text, int width) {
        return indent + text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** Many are counted: {@code f32[100] ×3, f32[101] ×3}. */
    static String types(List<TensorType> types) {
        var each = types.stream().map(TensorType::toString).toList();
        return each.isEmpty() ? "()" : each.size() > MOST_LISTED ? Origins.counted(each) : String.join(", ", each);
    }
}
