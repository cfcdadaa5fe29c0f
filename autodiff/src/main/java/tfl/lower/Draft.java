package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tfl.graph.Atom;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The kernel of a group: every value that is computed inside becomes an expression over what comes from outside. */
final class Draft {
    private final Flow flow;
    private final Group group;
    private final boolean rows;
    private final Map<Flow.Source, ScalarExpr> leaves = new LinkedHashMap<>();
    private final Map<Flow.Source, ScalarExpr> values = new HashMap<>();
    private final Map<Node, List<ScalarExpr>> finished = new HashMap<>();
    private final Interning interning = new Interning();
    private final List<Kernel.RowStage> stages = new ArrayList<>();
    private final List<ScalarExpr> bodies = new ArrayList<>();
    private final List<ScalarExpr> totals = new ArrayList<>();
    private final List<Var> whole = new ArrayList<>();
    private final List<Var> perRow = new ArrayList<>();

    /** The kernel, what it reads (views of values), and which variables it gives, those for each row last. */
    record Finished(Kernel kernel, List<Flow.Source> inputs, List<Var> whole, List<Var> perRow) {
        List<ScalarExpr> expressions() {
            return switch (kernel) {
                case Kernel.Loop(var inputs, var bodies) -> bodies;
                case Kernel.Reduce reduce -> List.of(reduce.body());
                case Kernel.Rows(var inputs, var stages, var bodies, var totals) -> {
                    var all = new ArrayList<ScalarExpr>();
                    stages.forEach(stage -> all.add(stage.body()));
                    all.addAll(bodies);
                    all.addAll(totals);
                    yield all;
                }
                default -> List.of();
            };
        }
    }

    private Draft(Flow flow, Group group) {
        this.flow = flow;
        this.group = group;
        this.rows = group.kind == Group.Kind.ELEMENTS && (group.folds() || group.members().stream()
                .anyMatch(node -> !isWhole(node) && node.out().stream().anyMatch(this::isNeeded)));
    }

    static Finished of(Flow flow, Group group) {
        return new Draft(flow, group).finish();
    }

    /** The same, with these as its first inputs, whether it reads them or not. */
    static Finished of(Flow flow, Group group, List<Flow.Source> first) {
        var draft = new Draft(flow, group);
        first.forEach(draft::leaf);
        return draft.finish();
    }

    /** Whether something outside the group reads a variable. */
    static boolean isNeeded(Flow flow, Group group, Var variable) {
        for (var use : flow.uses(variable)) {
            if (use.reader() == null || use.reader().group != group) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeeded(Var variable) {
        return isNeeded(flow, group, variable);
    }

    private boolean isWhole(Node node) {
        return !(node.form instanceof Form.Fold) && group.places(node).contains(Chain.NONE);
    }

    private Finished finish() {
        if (group.kind == Group.Kind.REDUCTION) {
            return reduction();
        }
        for (var node : group.members()) {
            for (var variable : node.out()) {
                if (isNeeded(variable)) {
                    give(node, variable);
                }
            }
        }
        return new Finished(rows ? rows() : new Kernel.Loop(dtypes(), List.copyOf(bodies)), inputs(), whole, perRow);
    }

    private void give(Node node, Var variable) {
        if (isWhole(node)) {
            whole.add(variable);
            bodies.add(at(variable, Chain.NONE));
        } else {
            perRow.add(variable);
            totals.add(at(variable, group.places(node).stream().filter(chain -> isRow(variable, chain)).findFirst()
                    .orElseThrow()));
        }
    }

    private Kernel rows() {
        if (bodies.isEmpty() && totals.size() == 1 && stages.size() == 1
                && flow.maker(perRow.getFirst()).form instanceof Form.Fold(var reduce)) {
            return like(reduce, stages.getFirst().body());
        }
        somethingToRead();
        return new Kernel.Rows(dtypes(), List.copyOf(stages), List.copyOf(bodies), List.copyOf(totals));
    }

    private Finished reduction() {
        var node = group.members().getLast();
        var reduce = ((Form.Fold) node.form).kernel();
        var body = inside(reduce.body(), operand -> at(node.in().get(operand), Chain.NONE));
        return new Finished(like(reduce, body), inputs(), node.out(), List.of());
    }

    private Kernel like(Kernel.Reduce reduce, ScalarExpr body) {
        somethingToRead();
        return new Kernel.Reduce(dtypes(), body, reduce.fold(), reduce.axes(), reduce.accumulator(),
                reduce.output());
    }

    /** Kernels that fold learn their shape from an input. */
    private void somethingToRead() {
        if (leaves.isEmpty()) {
            leaf(new Flow.Source(Literal.of(new TensorType(DType.BOOL, group.space), 0), Chain.NONE));
        }
    }

    private List<DType> dtypes() {
        return leaves.values().stream().map(ScalarExpr::dtype).toList();
    }

    private List<Flow.Source> inputs() {
        return List.copyOf(leaves.keySet());
    }

    /** The expression of a value seen through views from the group's shape. */
    private ScalarExpr at(Atom atom, Chain chain) {
        var source = flow.source(atom, chain);
        return switch (source.atom()) {
            case Literal literal -> values.computeIfAbsent(
                    new Flow.Source(new Literal(TensorType.scalar(literal.type().dtype()), literal.bits()), Chain.NONE),
                    same -> interning.one(constant(literal)));
            case Var variable -> {
                var node = flow.maker(variable);
                boolean own = node != null && (node.free || node.group == group);
                yield own ? computed(node, variable, source.chain()) : leaf(source);
            }
        };
    }

    private ScalarExpr leaf(Flow.Source source) {
        var known = leaves.get(source);
        if (known == null) {
            known = interning.one(new ScalarExpr.Input(leaves.size(), source.atom().type().dtype()));
            leaves.put(source, known);
        }
        return known;
    }

    /** The number, rounded to its dtype as a tensor would be. */
    static ScalarExpr constant(Literal literal) {
        var dtype = literal.type().dtype();
        if (!dtype.isFloat()) {
            return new ScalarExpr.Constant(literal.bits(), dtype);
        }
        var one = Tensor.scalar(dtype, literal.value());
        double rounded = one.readDouble(0);
        one.discard();
        return new ScalarExpr.Constant(Double.doubleToRawLongBits(rounded), dtype);
    }

    private ScalarExpr computed(Node node, Var variable, Chain chain) {
        int position = node.out().indexOf(variable);
        return switch (node.form) {
            case Form.Fold fold -> finished(node, () -> List.of(fold(node, fold.kernel()))).get(position);
            case Form.Lines lines -> finished(node, () -> lines(node, lines.kernel())).get(position);
            case Form.Points points -> point(node, points.bodies().get(position), variable, chain);
            default -> throw new IllegalStateException(node + " is part of no kernel");
        };
    }

    private List<ScalarExpr> finished(Node node, Supplier<List<ScalarExpr>> make) {
        var known = finished.get(node);
        if (known == null) {
            known = make.get();
            finished.put(node, known);
        }
        return known;
    }

    private ScalarExpr point(Node node, ScalarExpr body, Var variable, Chain chain) {
        boolean perRow = rows && !chain.isEmpty() && isRow(variable, chain);
        var key = new Flow.Source(variable, perRow ? Chain.ofRow(group.space) : chain);
        var known = values.get(key);
        if (known == null) {
            known = new Inside(interning, operand -> at(node.in().get(operand), chain), null,
                    axis -> own(chain.index(variable.type().shape(), axis))).of(body);
            known = perRow && !known.parts().isEmpty() ? stage(known, null) : known;
            values.put(key, known);
        }
        return known;
    }

    private boolean isRow(Var variable, Chain chain) {
        var strided = chain.over(variable.type().shape());
        return strided != null && strided.isRow();
    }

    private ScalarExpr stage(ScalarExpr body, Kernel.Fold fold) {
        var stage = new Kernel.RowStage(body, fold);
        int position = interning.stage(stage, stages.size());
        if (position == stages.size()) {
            stages.add(stage);
        }
        return interning.one(new ScalarExpr.Stage(position, body.dtype()));
    }

    private ScalarExpr fold(Node node, Kernel.Reduce reduce) {
        var body = inside(reduce.body(), operand -> at(node.in().get(operand), Chain.NONE));
        var total = stage(body, reduce.fold());
        return total.dtype() == reduce.output() ? total
                : interning.one(new ScalarExpr.Cast(reduce.output(), total));
    }

    private List<ScalarExpr> lines(Node node, Kernel.Rows kernel) {
        var own = new ArrayList<ScalarExpr>();
        var inside = new Inside(interning, operand -> at(node.in().get(operand), Chain.NONE), own::get,
                ScalarExpr.Index::new);
        for (var stage : kernel.stages()) {
            own.add(stage(inside.of(stage.body()), stage.isStep() ? null : stage.fold()));
        }
        return kernel.bodies().stream().map(inside::of).toList();
    }

    private ScalarExpr inside(ScalarExpr body, IntFunction<ScalarExpr> operands) {
        return new Inside(interning, operands, null, ScalarExpr.Index::new).of(body);
    }

    /** An expression without inputs, interned from its leaves up. */
    private ScalarExpr own(ScalarExpr expr) {
        return new Inside(interning, null, null, ScalarExpr.Index::new).of(expr);
    }

    /** Puts an expression into the place of another's leaves; what is shared stays shared. */
    private record Inside(Interning interning, IntFunction<ScalarExpr> operands,
            IntFunction<ScalarExpr> stages, IntFunction<ScalarExpr> indices, Map<ScalarExpr, ScalarExpr> done) {
        Inside(Interning interning, IntFunction<ScalarExpr> operands, IntFunction<ScalarExpr> stages,
                IntFunction<ScalarExpr> indices) {
            this(interning, operands, stages, indices, new IdentityHashMap<>());
        }

        ScalarExpr of(ScalarExpr expr) {
            var known = done.get(expr);
            if (known == null) {
                known = interning.one(replaced(expr, this::of));
                done.put(expr, known);
            }
            return known;
        }

        private ScalarExpr replaced(ScalarExpr expr, Function<ScalarExpr, ScalarExpr> of) {
            return switch (expr) {
                case ScalarExpr.Input(int index, var dtype) -> operands.apply(index);
                case ScalarExpr.Stage(int index, var dtype) -> stages.apply(index);
                case ScalarExpr.Index(int axis) -> indices.apply(axis);
                case ScalarExpr.Constant constant -> constant;
                case ScalarExpr.Unary(var op, var x) -> new ScalarExpr.Unary(op, of.apply(x));
                case ScalarExpr.Binary(var op, var x, var y) ->
                    new ScalarExpr.Binary(op, of.apply(x), of.apply(y));
                case ScalarExpr.Select(var condition, var yes, var no) ->
                    new ScalarExpr.Select(of.apply(condition), of.apply(yes), of.apply(no));
                case ScalarExpr.Cast(var dtype, var x) -> new ScalarExpr.Cast(dtype, of.apply(x));
            };
        }
    }
}
