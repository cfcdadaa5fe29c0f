package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Var;
import tfl.primitive.MatMul;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.primitive.Transpose;
import tfl.tensor.Shape;

/**
 * Products that sum over two axes as one, as the gradient of a weight sums over sequences and their steps, in the order
 * in which the larger operand lies: that one need not be copied to bring the other axis to the front.
 */
final class SumOrder {
    private static final List<Integer> SWAPPED = List.of(1, 0, 2);

    private final Map<Var, Equation> makers = new HashMap<>();
    private final List<Equation> equations = new ArrayList<>();
    private int next;

    /** Rows of all matrices of a value, below each other, and whether the value is a transposed one. */
    private record Rows(Atom matrices, boolean swapped) {
        long copied() {
            return swapped ? matrices.type().bytes() : 0;
        }

        long copiedElse() {
            return matrices.type().bytes() - copied();
        }
    }

    private SumOrder(Graph graph) {
        graph.inputs().forEach(this::count);
        for (var equation : graph.equations()) {
            equation.out().forEach(this::count);
            equation.out().forEach(variable -> makers.put(variable, equation));
        }
    }

    private void count(Var variable) {
        next = Math.max(next, variable.id() + 1);
    }

    /** The graph again; inputs, outputs and what its variables stand for stay, but for rounding. */
    static Graph of(Graph graph) {
        if (graph.equations().stream().noneMatch(each -> each.op() instanceof MatMul)) {
            return graph;
        }
        var order = new SumOrder(graph);
        graph.equations().forEach(order::add);
        return order.equations.size() == graph.equations().size() ? graph
                : new Graph(graph.inputs(), order.equations, graph.outputs());
    }

    private void add(Equation equation) {
        if (equation.op() instanceof MatMul && turned(equation.in().get(0)) instanceof Atom tall
                && rows(tall) instanceof Rows left && rows(equation.in().get(1)) instanceof Rows right
                && left.matrices().type().shape().dim(0) == right.matrices().type().shape().dim(0)
                && left.copied() + right.copied() > left.copiedElse() + right.copiedElse()) {
            var other = write(Transpose.matrices(2), swapped(left, equation), equation);
            equations.add(new Equation(equation.out(), equation.op(), List.of(other, swapped(right, equation)),
                    equation.at()));
        } else {
            equations.add(equation);
        }
    }

    private Equation maker(Atom atom) {
        return atom instanceof Var variable ? makers.get(variable) : null;
    }

    /** What a matrix is the transpose of. */
    private Atom turned(Atom atom) {
        return maker(atom) instanceof Equation equation && equation.op() instanceof Transpose(var order)
                && order.equals(List.of(1, 0)) ? equation.in().getFirst() : null;
    }

    private Rows rows(Atom atom) {
        if (!(maker(atom) instanceof Equation equation) || !(equation.op() instanceof Reshape)) {
            return null;
        }
        var matrices = equation.in().getFirst();
        var shape = matrices.type().shape();
        if (shape.rank() != 3 || atom.type().shape().rank() != 2 || shape.dim(2) != atom.type().shape().dim(1)) {
            return null;
        }
        return new Rows(matrices, maker(matrices) instanceof Equation move && move.op() instanceof Transpose(var order)
                && order.equals(SWAPPED));
    }

    /** The rows in the other order. */
    private Atom swapped(Rows rows, Equation near) {
        var matrices = rows.swapped() ? maker(rows.matrices()).in().getFirst()
                : write(new Transpose(SWAPPED), rows.matrices(), near);
        var shape = matrices.type().shape();
        return write(new Reshape(Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2))), matrices, near);
    }

    private Atom write(Primitive op, Atom of, Equation near) {
        var result = new Var(next++, op.shape(List.of(of.type())).getFirst());
        equations.add(new Equation(List.of(result), op, List.of(of), near.at()));
        return result;
    }
}
