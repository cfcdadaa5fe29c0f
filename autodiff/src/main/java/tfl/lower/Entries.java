package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.graph.Atom;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.kernel.KernelPrinter;
import tfl.kernel.PanelStep;
import tfl.kernel.Routine;
import tfl.kernel.ScalarExpr;
import tfl.tensor.TensorType;

/** Writes the lines of a {@link Report}. */
final class Entries {
    Report.Entry kernel(List<Node> members, Kernel kernel, List<Flow.Source> inputs, List<TensorType> outputs,
            Executable executable) {
        return new Report.Entry(kind(kernel), () -> KernelPrinter.print(kernel),
                members.stream().map(Entries::origin).toList(), types(inputs), List.copyOf(outputs),
                flops(kernel, types(inputs), outputs), read(inputs), written(outputs), executable::compiled, List.of());
    }

    /** Loops that run at one time: equal ones are told once, with how many there are. */
    static Report.Entry together(List<Report.Entry> parts, List<Executable> kernels) {
        return new Report.Entry("loops", () -> words(parts),
                parts.stream().flatMap(part -> part.origins().stream()).toList(),
                parts.stream().flatMap(part -> part.inputs().stream()).toList(),
                parts.stream().flatMap(part -> part.outputs().stream()).toList(),
                parts.stream().mapToLong(Report.Entry::flops).sum(),
                parts.stream().mapToLong(Report.Entry::bytesRead).sum(),
                parts.stream().mapToLong(Report.Entry::bytesWritten).sum(),
                () -> Compiled.of(kernels.stream().flatMap(kernel -> kernel.compiled().stream()).toList()),
                List.of());
    }

    private static String words(List<Report.Entry> parts) {
        var counts = new LinkedHashMap<String, Integer>();
        parts.forEach(part -> counts.merge(part.text(), 1, Integer::sum));
        return counts.entrySet().stream().map(each -> each.getValue() + " × " + each.getKey())
                .collect(Collectors.joining(" and "));
    }

    Report.Entry single(Node node, List<Flow.Source> inputs, Executable executable, List<Report.Inner> inner) {
        var outputs = node.out().stream().map(variable -> variable.type()).toList();
        var types = types(inputs);
        if (node.isMove()) {
            return new Report.Entry("view", node::toString, List.of(origin(node)), types, outputs, 0, 0, 0,
                    executable::compiled, inner);
        }
        var kernel = Lower.kernel(node.equation.op(), types);
        Supplier<String> words = kernel == null ? node::toString : () -> KernelPrinter.print(kernel);
        long flops = inner.stream().mapToLong(each -> each.rounds() * each.report().flops()).sum();
        long bytes = inner.stream().mapToLong(each -> each.rounds() * each.report().bytes()).sum();
        return new Report.Entry(kernel == null ? "step" : kind(kernel), words, List.of(origin(node)), types, outputs,
                flops(kernel, types, outputs) + flops, read(inputs) + bytes, written(outputs), executable::compiled,
                inner);
    }

    Report.Entry check(Node node, List<Flow.Source> inputs, Executable executable) {
        var read = inputs.subList(inputs.size() - 1, inputs.size());
        return new Report.Entry("check", () -> "check " + node, List.of(origin(node)), types(read), List.of(), 0,
                read(read), 0, executable::compiled, List.of());
    }

    Report.Entry view(Flow.Source from, Flow.Source to, Executable executable) {
        return new Report.Entry("view", () -> "view", List.of(), List.of(Task.type(from)), List.of(Task.type(to)), 0, 0,
                0, executable::compiled, List.of());
    }

    /** Additions and the like to each element that folds need. */
    private static long folds(Kernel.Rows rows) {
        return rows.stages().stream().filter(stage -> !stage.isStep()).count();
    }

    private static Report.Origin origin(Node node) {
        return new Report.Origin(node.toString(), node.equation.at());
    }

    private static List<TensorType> types(List<Flow.Source> sources) {
        return sources.stream().map(Task::type).toList();
    }

    private static String kind(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Reduce reduce -> reduce.fold().name().toLowerCase(Locale.ROOT);
            case Kernel.Product product -> product.accumulates() ? "attention gradient"
                    : product.isAttention() ? "attention" : "product";
            case Kernel.LibraryCall(var routine) -> routine.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            default -> kernel.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /** Bytes below the views, each value once; of slices, as much as the largest shows. */
    private static long read(List<Flow.Source> inputs) {
        var bytes = new HashMap<Atom, Long>();
        for (var source : inputs) {
            boolean literal = !(source.atom() instanceof Var);
            bytes.merge(source.atom(), literal ? source.atom().type().dtype().bytes()
                    : Math.min(source.atom().type().bytes(), Task.type(source).bytes()), Math::max);
        }
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long written(List<TensorType> outputs) {
        return outputs.stream().mapToLong(TensorType::bytes).sum();
    }

    private static long flops(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        return switch (kernel) {
            case null -> 0;
            case Kernel.Contract contract -> {
                var left = inputs.getFirst().shape();
                long each = contract.dtype().isComplex() ? 8 : 2;
                yield each * outputs.getFirst().shape().size() * left.dim(left.rank() - 1);
            }
            case Kernel.Loop(var dtypes, var bodies) -> Price.work(bodies) * outputs.getFirst().shape().size();
            case Kernel.Iterate iterate ->
                Price.work(iterate.bodies()) * iterate.rounds() * outputs.getFirst().shape().size();
            case Kernel.Reduce reduce -> (1 + Price.work(List.of(reduce.body()))) * inputs.getFirst().shape().size();
            case Kernel.Rows rows -> {
                var all = new ArrayList<ScalarExpr>();
                rows.stages().forEach(stage -> all.add(stage.body()));
                all.addAll(rows.bodies());
                all.addAll(rows.totals());
                yield (Price.work(all) + folds(rows)) * (inputs.isEmpty() ? outputs : inputs).getFirst().shape().size();
            }
            case Kernel.Product product -> flops(product, product.values(inputs));
            case Kernel.LibraryCall(Routine.Convolution c) -> convolution(c, inputs, outputs);
            case Kernel.LibraryCall(var routine) -> RoutineWork.flops(routine, inputs);
            default -> 0;
        };
    }

    private static long flops(Kernel.Product product, List<TensorType> values) {
        long flops = 0;
        int next = product.inputs();
        for (var step : product.steps()) {
            var operands = step.operands().stream().map(values::get).toList();
            int end = next + step.results(values).size();
            flops += switch (step) {
                case PanelStep.Apply(var kernel, var reads) -> flops(kernel, operands, values.subList(next, end));
                case PanelStep.Multiply multiply -> 2 * values.get(next).shape().size() * last(operands.getFirst());
                case PanelStep.Accumulate sum -> 2 * operands.getFirst().shape().size() * last(operands.getLast());
            };
            next = end;
        }
        return flops;
    }

    private static long last(TensorType type) {
        return type.shape().dim(type.shape().rank() - 1);
    }

    /** Two operations for each element of the output and of one filter; the three passes do the same work. */
    private static long convolution(Routine.Convolution c, List<TensorType> inputs, List<TensorType> outputs) {
        var filter = (c.pass() == Routine.Pass.WEIGHT ? outputs.getFirst() : inputs.getLast()).shape();
        var output = (c.pass() == Routine.Pass.FORWARD ? outputs.getFirst()
                : c.pass() == Routine.Pass.INPUT ? inputs.getFirst() : inputs.getLast()).shape();
        return 2 * output.size() * (filter.size() / Math.max(1, filter.dim(0)));
    }
}
