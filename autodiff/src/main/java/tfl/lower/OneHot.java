package tfl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Fused;
import tfl.primitive.Gather;
import tfl.primitive.Iota;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Scatter;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Taking one element of each row, and putting one into a row of zeros, as in the loss of a classifier, written as
 * comparisons with the position along the row: so the rows need not be in memory. Indices are still checked, by the
 * equation that was there, which stays for that alone.
 */
final class OneHot {
    private final Graph graph;
    private final Flow flow;
    private final List<Equation> equations = new ArrayList<>();
    private final Set<Equation> checks = new HashSet<>();
    private int next;

    /** A graph, and those of its equations that only check their operands and have no result. */
    record Rewritten(Graph graph, Set<Equation> checks) {}

    private OneHot(Graph graph) {
        this.graph = graph;
        this.flow = new Flow(graph, Set.of());
        graph.inputs().forEach(this::count);
        graph.equations().forEach(equation -> equation.out().forEach(this::count));
    }

    private void count(Var variable) {
        next = Math.max(next, variable.id() + 1);
    }

    static Rewritten of(Graph graph) {
        boolean any = graph.equations().stream().anyMatch(each -> each.op() instanceof Scatter
                || each.op() instanceof Gather);
        return any ? new OneHot(graph).rewritten() : new Rewritten(graph, Set.of());
    }

    private Rewritten rewritten() {
        for (var equation : graph.equations()) {
            switch (equation.op()) {
                case Scatter scatter when puts(equation, scatter) -> put(equation);
                case Gather gather when takes(equation, gather) -> take(equation);
                default -> equations.add(equation);
            }
        }
        return checks.isEmpty() ? new Rewritten(graph, checks)
                : new Rewritten(new Graph(graph.inputs(), equations, graph.outputs()), checks);
    }

    /** Whether an element is put into each row of zeros. */
    private boolean puts(Equation equation, Scatter scatter) {
        boolean sets = scatter.combine() == Kernel.Combine.SET || scatter.combine() == Kernel.Combine.ADD;
        return sets && flow.source(equation.in().getFirst(), Chain.NONE).atom() instanceof Literal zero
                && zero.bits() == 0 && isRowWise(equation.in().getFirst().type(),
                        equation.in().subList(2, equation.in().size()));
    }

    /** Whether an element is taken from each row, of rows that are computed and that nothing else wants in memory. */
    private boolean takes(Equation equation, Gather gather) {
        var dtype = equation.in().getFirst().type().dtype();
        var source = equation.in().getFirst();
        return (dtype == DType.F32 || dtype == DType.F64)
                && isRowWise(source.type(), equation.in().subList(1, equation.in().size()))
                && Fusion.areManyRows(source.type().shape()) && source instanceof Var rows && !flow.isResult(rows)
                && flow.maker(rows) instanceof Node maker && !maker.isMove() && !maker.isOpaque()
                && flow.readers(rows).stream().allMatch(reader -> reader.equation == equation || !reader.isOpaque());
    }

    /** Whether indices name each row in turn, and one place in it. */
    private boolean isRowWise(TensorType whole, List<Atom> indices) {
        int last = whole.shape().rank() - 1;
        var index = indices.getFirst().type().shape();
        if (indices.size() != last + 1 || index.rank() != last + 1 || index.dim(last) != 1
                || whole.shape().size() == 0 || whole.dtype().isComplex()) {
            return false;
        }
        for (int axis = 0; axis < last; axis++) {
            if (index.dim(axis) != whole.shape().dim(axis) || !isPosition(indices.get(axis), index, axis)) {
                return false;
            }
        }
        return true;
    }

    private boolean isPosition(Atom atom, Shape index, int axis) {
        var source = flow.source(atom, Chain.NONE);
        return switch (source.atom()) {
            case Literal literal -> literal.bits() == 0 && index.dim(axis) == 1;
            case Var variable -> flow.maker(variable) instanceof Node maker
                    && maker.equation.op() instanceof Iota(var type, int along, double start, double step)
                    && start == 0 && (index.dim(axis) == 1 || step == 1 && source.chain().index(type.shape(), along)
                            .equals(new ScalarExpr.Index(axis)));
        };
    }

    private void put(Equation equation) {
        var type = equation.out().getFirst().type();
        check(equation);
        var part = spread(equation, equation.in().get(1), type.shape());
        var place = spread(equation, equation.in().getLast(), type.shape());
        ScalarExpr element = new ScalarExpr.Input(1, type.dtype());
        var zero = new ScalarExpr.Constant(0, type.dtype());
        if (((Scatter) equation.op()).combine() == Kernel.Combine.ADD && type.dtype() != DType.BOOL) {
            element = new ScalarExpr.Binary(BinaryOp.ADD, zero, element);
        }
        equations.add(new Equation(equation.out(), chosen(equation, type, element, zero), List.of(place, part),
                equation.at()));
    }

    /** The sum of zeros everywhere but at the place: the element there, whatever it is (but for the sign of a zero). */
    private void take(Equation equation) {
        var type = equation.in().getFirst().type();
        var shape = type.shape();
        check(equation);
        var place = spread(equation, equation.in().getLast(), shape);
        var rows = add(equation, chosen(equation, type, new ScalarExpr.Input(1, type.dtype()),
                new ScalarExpr.Constant(0, type.dtype())), type,
                List.of(place, equation.in().getFirst()));
        int last = shape.rank() - 1;
        var dims = shape.dims();
        var total = add(equation, new ReduceSum(List.of(last)), new TensorType(type.dtype(),
                Shape.of(Arrays.copyOf(dims, last))), List.of(rows));
        var result = equation.out().getFirst();
        equations.add(new Equation(equation.out(), new Reshape(result.type().shape()), List.of(total), equation.at()));
    }

    private static Primitive chosen(Equation equation, TensorType type, ScalarExpr there, ScalarExpr elsewhere) {
        // As wide as floats, so that vectors hold equally many.
        int last = type.shape().rank() - 1;
        var narrow = type.shape().dim(last) <= Integer.MAX_VALUE ? DType.I32 : DType.I64;
        var here = new ScalarExpr.Binary(BinaryOp.EQ, new ScalarExpr.Cast(narrow, new ScalarExpr.Index(last)),
                new ScalarExpr.Cast(narrow, new ScalarExpr.Input(0, DType.I64)));
        return new Fused(equation.op().name(), List.of(new ScalarExpr.Select(here, there, elsewhere)));
    }

    private Atom spread(Equation equation, Atom atom, Shape to) {
        var type = new TensorType(atom.type().dtype(), to);
        return add(equation, new BroadcastTo(to), type, List.of(atom));
    }

    private Var add(Equation equation, Primitive op, TensorType type, List<Atom> in) {
        var variable = new Var(next++, type);
        equations.add(new Equation(List.of(variable), op, in, equation.at()));
        return variable;
    }

    /** The equation again, for its check: of its operands only the place in the row is still read. */
    private void check(Equation equation) {
        var operands = new ArrayList<Atom>();
        for (var atom : equation.in()) {
            operands.add(Literal.of(atom.type(), 0));
        }
        operands.set(operands.size() - 1, equation.in().getLast());
        var check = new Equation(List.of(), equation.op(), operands, equation.at());
        checks.add(check);
        equations.add(check);
    }
}
