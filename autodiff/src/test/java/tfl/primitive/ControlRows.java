package tfl.primitive;

import static tfl.primitive.Case.fixed;
import static tfl.primitive.Case.in;
import static tfl.primitive.Case.row;
import static tfl.tensor.DType.BOOL;
import static tfl.tensor.DType.F64;
import static tfl.tensor.DType.I64;

import java.util.List;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Rows of {@link PrimitiveTable} for what runs regions. */
final class ControlRows {
    private static final TensorType VECTOR = new TensorType(F64, Shape.of(3));
    private static final TensorType COUNT = TensorType.scalar(I64);

    private ControlRows() {}

    static void add(List<Case> rows) {
        var sines = region(List.of(VECTOR, VECTOR), ControlRows::sines);
        var product = region(List.of(VECTOR, VECTOR), ControlRows::product);
        for (double truth : new double[] {0, 1}) {
            rows.add(row(new Cond(sines, product), 1e-6, fixed(BOOL, new double[] {truth}), in(-1, 1, 3),
                    in(-1, 1, 3)));
        }
        var below = region(List.of(VECTOR, COUNT, VECTOR), ControlRows::below);
        var round = region(List.of(VECTOR, COUNT, VECTOR), ControlRows::round);
        for (double start : new double[] {0, 2, 5}) {
            rows.add(row(new While(below, round, 1), 1e-6, in(-1, 1, 3), fixed(I64, new double[] {start}),
                    in(-1, 1, 3)));
        }
        var step = region(List.of(VECTOR, VECTOR, VECTOR), ControlRows::step);
        for (boolean reverse : new boolean[] {false, true}) {
            rows.add(row(new Scan(step, 4, 1, 1, reverse, 0), 1e-6, in(-1, 1, 3), in(-1, 1, 3), in(-1, 1, 4, 3)));
        }
        rows.add(row(new Scan(step, 0, 1, 1, false, 0), 0, in(-1, 1, 3), in(-1, 1, 3), in(-1, 1, 0, 3)));
        rows.add(row(new Call(product), 1e-6, in(-1, 1, 3), in(-1, 1, 3)));
        var own = region(List.of(VECTOR, VECTOR, VECTOR, VECTOR), ControlRows::productBackwards);
        rows.add(row(new Effect("print", values -> { }), 0, in(-1, 1, 3)));
        rows.add(row(new CustomCall(product, own, 2, List.of()), 1e-6, in(-1, 1, 3), in(-1, 1, 3)));
        rows.add(row(new RandomBits(Shape.of(5)), 0, fixed(I64, new double[] {7}), fixed(I64, new double[] {3})));
    }

    private interface Body {
        <V> List<V> apply(Ops<V> ops, List<V> in);
    }

    private static Region region(List<TensorType> types, Body body) {
        return GraphBuilder.build(types, new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return body.apply(ops, inputs);
            }
        });
    }

    private static <V> V add(Ops<V> ops, V x, V y) {
        return ops.call(new Binary(BinaryOp.ADD), x, y);
    }

    private static <V> V times(Ops<V> ops, V x, V y) {
        return ops.call(new Binary(BinaryOp.MUL), x, y);
    }

    private static <V> V sine(Ops<V> ops, V x) {
        return ops.call(new Unary(UnaryOp.SIN), x);
    }

    private static <V> List<V> sines(Ops<V> ops, List<V> in) {
        return List.of(sine(ops, in.getFirst()), in.getLast());
    }

    private static <V> List<V> product(Ops<V> ops, List<V> in) {
        V product = times(ops, in.getFirst(), in.getLast());
        return List.of(product, sine(ops, product));
    }

    /** Cotangents of both results of the product, and its arguments. */
    private static <V> List<V> backwards(Ops<V> ops, V first, V second, V x, V y) {
        V slope = ops.call(new Unary(UnaryOp.COS), times(ops, x, y));
        V arrived = add(ops, first, times(ops, second, slope));
        return List.of(times(ops, arrived, y), times(ops, arrived, x));
    }

    private static <V> List<V> productBackwards(Ops<V> ops, List<V> in) {
        return backwards(ops, in.get(0), in.get(1), in.get(2), in.get(3));
    }

    private static <V> List<V> below(Ops<V> ops, List<V> in) {
        return List.of(ops.call(new Binary(BinaryOp.LT), in.get(1), ops.full(COUNT, 5)));
    }

    /** Constant, count, x: count + 1, sin(x) * constant + x. */
    private static <V> List<V> round(Ops<V> ops, List<V> in) {
        V next = add(ops, times(ops, sine(ops, in.get(2)), in.getFirst()), in.get(2));
        return List.of(add(ops, in.get(1), ops.full(COUNT, 1)), next);
    }

    /** Constant, carried, row: carried * constant + sin(row), and what it was times the row. */
    private static <V> List<V> step(Ops<V> ops, List<V> in) {
        V next = add(ops, times(ops, in.get(1), in.getFirst()), sine(ops, in.get(2)));
        return List.of(next, times(ops, in.get(1), in.get(2)));
    }
}
