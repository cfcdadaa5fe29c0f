package tfl.graph;

import tfl.tensor.TensorType;

/** An operand of an equation. */
public sealed interface Atom permits Var, Literal {
    /** What it stands for. */
    TensorType type();
}
