package tfl.lower;

import java.util.List;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Var;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** One equation while kernels are made of it. */
final class Node {
    final int index;
    final Equation equation;
    final Form form;
    /** Whether it is so cheap that every reader computes it again. */
    boolean free;
    /** The kernel it became part of; null for views and for what is free. */
    Group group;

    Node(int index, Equation equation) {
        this.index = index;
        this.equation = equation;
        this.form = Form.of(equation.op(), equation.in().stream().map(Atom::type).toList());
    }

    boolean isMove() {
        return form instanceof Form.Move;
    }

    boolean isOpaque() {
        return form instanceof Form.Opaque;
    }

    /** Whether it is computed where it is read, and has no kernel of its own. */
    boolean isTransparent() {
        return free || isMove();
    }

    List<Var> out() {
        return equation.out();
    }

    List<Atom> in() {
        return equation.in();
    }

    /** The shape over which it works. */
    Shape space() {
        boolean reads = form instanceof Form.Fold || form instanceof Form.Lines;
        TensorType type = reads ? in().getFirst().type() : out().getFirst().type();
        return type.shape();
    }

    @Override
    public String toString() {
        return equation.op().name();
    }
}
