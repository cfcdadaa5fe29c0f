package tfl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.plan.Work;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** Turns graphs into programs. */
public final class Lower {
    private final Graph graph;
    private final EagerOps ops;
    private final boolean fused;
    private final List<Task> tasks = new ArrayList<>();
    private final Set<Flow.Source> seen = new LinkedHashSet<>();
    private final Entries entries;
    private Linker linker;

    private Lower(Graph graph, EagerOps ops, boolean fused) {
        this.graph = graph;
        this.ops = ops;
        this.fused = fused;
        this.entries = new Entries();
    }

    /** The graph in few kernels, each over as much of it as pays, and compiled: that takes milliseconds for each. */
    public static Program of(Graph graph, EagerOps ops) {
        return new Lower(graph, ops, true).fused(true);
    }

    /** The graph with one step for each equation, which is ready at once. */
    public static Program unfused(Graph graph, EagerOps ops) {
        return new Lower(graph, ops, false).plain();
    }

    private Program of(Graph region) {
        return fused ? new Lower(region, ops, true).fused(false) : unfused(region, ops);
    }

    private Program plain() {
        linker = new Linker(ops, null);
        var flow = new Flow(graph, Set.of());
        for (var node : flow.nodes()) {
            single(node, node.in().stream().map(atom -> new Flow.Source(atom, Chain.NONE)).toList());
        }
        return Schedule.of(graph, Updates.none(graph, tasks),
                graph.outputs().stream().map(atom -> new Flow.Source(atom, Chain.NONE)).toList(), linker);
    }

    private Program fused(boolean outermost) {
        try (var threads = Preparation.onThreads()) {
            linker = new Linker(ops, threads);
            var results = kernels(outermost);
            var program = Schedule.of(graph, outermost ? Updates.last(graph, tasks) : Updates.none(graph, tasks),
                    results, linker);
            threads.await();
            return program;
        }
    }

    /** Makes the tasks of the graph in few kernels; gives its results. */
    private List<Flow.Source> kernels(boolean outermost) {
        var rewritten = OneHot.of(SumOrder.of(LoopProducts.of(graph)));
        var flow = new Flow(rewritten.graph(), rewritten.checks());
        var groups = Fusion.of(flow);
        var products = Products.of(flow, groups, ops.backend(), outermost);
        for (var group : Order.of(flow, groups, products)) {
            if (products.isPart(group)) {
                continue;
            }
            if (products.endedBy(group) instanceof Products.Found found) {
                kernel(group.space, found.draft(), found.members());
            } else if (group.kind == Group.Kind.SINGLE) {
                var node = group.members().getFirst();
                var rounds = Rounds.of(flow, node);
                if (rounds != null) {
                    var draft = new Draft.Finished(rounds.kernel(), rounds.inputs(), node.out(), List.of());
                    kernel(group.space, draft, List.of(node));
                    continue;
                }
                var inputs = node.in().stream().map(atom -> seen(flow.source(atom, Chain.NONE))).toList();
                if (rewritten.checks().contains(node.equation)) {
                    check(node, inputs);
                } else {
                    single(node, inputs);
                }
            } else {
                kernel(group.space, group.draft(flow), group.members());
            }
        }
        return graph.outputs().stream().map(atom -> seen(flow.source(atom, Chain.NONE))).toList();
    }

    private void single(Node node, List<Flow.Source> inputs) {
        var op = node.equation.op();
        var out = node.out().stream().map(variable -> new Flow.Source(variable, Chain.NONE)).toList();
        var types = inputs.stream().map(Task::type).toList();
        if (op.lower(types) instanceof Lowering.Control) {
            var regions = RegionPrograms.of(op, ops, this::of);
            var work = new Work.Control(op, types, regions.plans(op));
            var executable = linker.executable(work, regions);
            tasks.add(new Task(work, executable, inputs, out, false,
                    () -> entries.single(node, inputs, executable, regions.reports(op))));
            return;
        }
        var work = new Work.Single(op, types);
        var executable = linker.executable(work);
        tasks.add(new Task(work, executable, inputs, out, reuses(kernel(op, types)),
                () -> entries.single(node, inputs, executable, List.of())));
    }

    private void check(Node node, List<Flow.Source> inputs) {
        var work = new Work.Check(node.equation.op());
        var executable = linker.executable(work);
        tasks.add(new Task(work, executable, inputs, List.of(), false,
                () -> entries.check(node, inputs, executable)));
    }

    /**
     * A kernel of some equations.
     *
     * @param space the shape of which it gives rows
     */
    private void kernel(Shape space, Draft.Finished draft, List<Node> members) {
        var inputs = draft.inputs().stream().map(this::seen).toList();
        var types = inputs.stream().map(Task::type).toList();
        var outputs = new ArrayList<TensorType>();
        var out = new ArrayList<Flow.Source>();
        draft.whole().forEach(variable -> {
            outputs.add(variable.type());
            out.add(new Flow.Source(variable, Chain.NONE));
        });
        var turned = new ArrayList<Var>();
        for (var variable : draft.perRow()) {
            var type = new TensorType(variable.type().dtype(), withoutLast(space));
            outputs.add(type);
            boolean same = type.equals(variable.type());
            out.add(same ? new Flow.Source(variable, Chain.NONE) : raw(variable, type));
            if (!same) {
                turned.add(variable);
            }
        }
        var work = new Work.Launch(draft.kernel(), types, List.copyOf(outputs),
                inputs.stream().map(Lower::strides).toList());
        var executable = linker.executable(work);
        tasks.add(new Task(work, executable, inputs, out, reuses(draft.kernel()),
                () -> entries.kernel(members, draft.kernel(), inputs, outputs, executable)));
        for (var variable : turned) {
            var raw = out.stream().filter(source -> source.atom() instanceof Var var && var.id() == ~variable.id())
                    .findFirst().orElseThrow();
            view(raw, new Flow.Source(variable, Chain.NONE), new Reshape(variable.type().shape()));
        }
    }

    /** Whether a kernel's results may take the storage of its inputs. */
    private static boolean reuses(Kernel kernel) {
        return switch (kernel) {
            case null -> false;
            case Kernel.Loop loop -> true;
            case Kernel.Rows rows -> true;
            case Kernel.Product product -> !product.isAttention();
            case Kernel.Assemble assemble -> true;
            case Kernel.Scatter scatter -> true;
            default -> false;
        };
    }

    /** How a value lies when seen so, if what is below its views lies densely. */
    private static List<Long> strides(Flow.Source source) {
        var shape = Task.type(source).shape();
        if (source.atom() instanceof Literal) {
            return Collections.nCopies(shape.rank(), 0L);
        }
        var strided = source.chain().over(source.atom().type().shape());
        return Arrays.stream(strided == null ? shape.strides() : strided.strides()).boxed().toList();
    }

    private static Shape withoutLast(Shape space) {
        var dims = space.dims();
        return Shape.of(Arrays.copyOf(dims, dims.length - 1));
    }

    /** What a kernel gives for each row, before it is looked at in its variable's own shape. */
    private static Flow.Source raw(Var variable, TensorType type) {
        return new Flow.Source(new Var(~variable.id(), type), Chain.NONE);
    }

    private void view(Flow.Source from, Flow.Source to, Primitive move) {
        view(from, to, new Work.View(Task.type(from), List.of(move)));
    }

    private void view(Flow.Source from, Flow.Source to, Work.View work) {
        var executable = linker.executable(work);
        tasks.add(new Task(work, executable, List.of(from), List.of(to), false,
                () -> entries.view(from, to, executable)));
    }

    /** Makes sure that a view of a value is there. */
    private Flow.Source seen(Flow.Source source) {
        if (!source.chain().isEmpty() && seen.add(source)) {
            var base = new Flow.Source(source.atom(), Chain.NONE);
            view(base, source, new Work.View(base.atom().type(), source.chain().moves()));
        }
        return source;
    }

    /** The kernel of a primitive, for those who describe it; null where it is a view. */
    static Kernel kernel(Primitive primitive, List<TensorType> types) {
        return primitive.lower(types) instanceof Lowering.Launch(var kernel) ? kernel : null;
    }
}
