package tfl.graph;

import tfl.tensor.TensorType;

/** A variable: an input of the graph, or a result of one of its equations. Numbered by who builds the graph. */
public record Var(int id, TensorType type) implements Atom {
    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
