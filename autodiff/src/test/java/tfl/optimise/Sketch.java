package tfl.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Binary;
import tfl.primitive.Primitive;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** A graph written down on one line: values are numbered as they come, the last one is the output. */
final class Sketch {
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Atom> values = new ArrayList<>();

    Sketch(TensorType first) {
        values.add(builder.input(first));
    }

    /** One more input; inputs come first. */
    Sketch and(DType dtype, long... dims) {
        return add(builder.input(new TensorType(dtype, Shape.of(dims))));
    }

    /** A literal. */
    Sketch number(DType dtype, double value, long... dims) {
        return add(Literal.of(new TensorType(dtype, Shape.of(dims)), value));
    }

    Sketch apply(Primitive op, int... operands) {
        return add(builder.apply(op, Arrays.stream(operands).mapToObj(values::get).toList()).getFirst());
    }

    Sketch binary(BinaryOp op, int x, int y) {
        return apply(new Binary(op), x, y);
    }

    /** An operation on the latest value. */
    Sketch then(Primitive op) {
        return apply(op, values.size() - 1);
    }

    Sketch unary(UnaryOp op) {
        return then(new Unary(op));
    }

    /** {@code latest op number}. */
    Sketch with(BinaryOp op, double number) {
        return add(builder.call(new Binary(op), values.getLast(), Literal.of(values.getLast().type(), number)));
    }

    /** {@code number op latest}. */
    Sketch from(BinaryOp op, double number) {
        return add(builder.call(new Binary(op), Literal.of(values.getLast().type(), number), values.getLast()));
    }

    private Sketch add(Atom value) {
        values.add(value);
        return this;
    }

    Graph graph() {
        return builder.graph(List.of(values.getLast()));
    }
}
