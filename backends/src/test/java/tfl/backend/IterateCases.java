package tfl.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Loops whose elements go round on their own. */
final class IterateCases {
    private static final String[] LAYOUTS = {"dense", "transposed", "backwards", "stepped", "broadcast"};
    private static final long[][] SHAPES = {{}, {0}, {1}, {3}, {63}, {64}, {65}, {7, 0, 2}, {5, 3}, {130, 3},
        {40, 517}};
    private static final long[] ROUNDS = {0, 1, 2, 100};

    private IterateCases() {}

    static Stream<Case> all() {
        var cases = new ArrayList<Case>();
        for (var dtype : DType.values()) {
            var body = dtype == DType.BOOL ? binary(BinaryOp.XOR, state(0, dtype), state(1, dtype))
                    : binary(BinaryOp.ADD, state(0, dtype), state(1, dtype));
            cases.add(of("sum", 3, List.of(body), Values.random(dtype, 1, 9, 13), Values.random(dtype, 2, 9, 13)));
        }
        for (var layout : LAYOUTS) {
            cases.add(of(layout, 5, List.of(damped(DType.F64)), Values.laid(layout, DType.F64, 3, 6, 7),
                    Values.laid("transposed", DType.F64, 4, 6, 7)));
            cases.add(of("beside " + layout, 5, List.of(damped(DType.F32)), Values.random(DType.F32, 5, 6, 7),
                    Values.laid(layout, DType.F32, 6, 6, 7)));
        }
        for (var shape : SHAPES) {
            cases.add(of("shape", 4, List.of(damped(DType.F32)), Values.random(DType.F32, 7, shape),
                    Values.random(DType.F32, 8, shape)));
        }
        for (long rounds : ROUNDS) {
            cases.add(of("rounds", rounds, List.of(damped(DType.F32)), Values.random(DType.F32, 9, 70),
                    Values.random(DType.F32, 10, 70)));
        }
        cases.add(of("states that change places", 5, List.of(state(1, DType.I32), binary(BinaryOp.ADD,
                state(0, DType.I32), state(1, DType.I32))), Values.random(DType.I32, 11, 77),
                Values.random(DType.I32, 12, 77)));
        cases.add(of("positions", 6, List.of(binary(BinaryOp.ADD, state(0, DType.I64),
                binary(BinaryOp.MUL, new Index(0),
                new Index(1)))), Values.random(DType.I64, 13, 20, 9)));
        cases.add(of("escape", 30, escape(), Values.random(DType.F32, 14, 90), Values.random(DType.BOOL, 15, 90)));
        for (boolean reverse : new boolean[] {false, true}) {
            cases.add(rows("rows", reverse, Values.random(DType.F32, 16, 7, 600)));
            cases.add(rows("one number a round", reverse, Values.random(DType.F32, 17, 7, 1)
                    .broadcastTo(Shape.of(7, 600))));
            cases.add(rows("rows turned", reverse, Values.random(DType.F32, 18, 600, 7).permute(1, 0)));
            cases.add(rows("rows backwards", reverse, Values.random(DType.F32, 19, 7, 600).reverse(0)));
            cases.add(rows("one row", reverse, Values.random(DType.F32, 20, 1, 70)));
            cases.add(rows("rows of numbers", reverse, Values.random(DType.F32, 21, 9)));
            cases.add(rows("rows of nothing", reverse, Values.random(DType.F32, 22, 5, 0)));
            cases.add(rows("matrices", reverse, Values.random(DType.F32, 23, 4, 3, 50).permute(0, 2, 1)));
            cases.add(rows("no rows", reverse, Values.random(DType.F32, 24, 0, 20)));
        }
        cases.add(of("special", 2, List.of(new Unary(UnaryOp.SQRT, state(0, DType.F32))), Values.special(DType.F32)));
        return cases.stream();
    }

    /** Each round gives the state before it and, as bools, whether it is positive. */
    private static Case rows(String name, boolean reverse, Tensor rows) {
        var shape = Shape.of(Arrays.copyOfRange(rows.shape().dims(), 1, rows.rank()));
        var before = state(0, DType.F32);
        var positive = binary(BinaryOp.GT, before, new ScalarExpr.Constant(0, DType.F32));
        var first = Values.random(DType.F32, 25, shape.dims());
        var other = Values.random(DType.F32, 26, shape.dims());
        var next = binary(BinaryOp.ADD, binary(BinaryOp.MUL, before, state(2, DType.F32)), state(1, DType.F32));
        return of(name + (reverse ? " back" : ""), 1, 1, rows.dim(0), reverse, List.of(next, before, positive), first,
                rows, other);
    }

    private static ScalarExpr state(int index, DType dtype) {
        return new Input(index, dtype);
    }

    private static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new Binary(op, x, y);
    }

    private static ScalarExpr damped(DType dtype) {
        var half = new ScalarExpr.Constant(Double.doubleToRawLongBits(0.5), dtype);
        return binary(BinaryOp.ADD, binary(BinaryOp.MUL, state(0, dtype), half), state(1, dtype));
    }

    /** Squares what has not escaped; of two dtypes. */
    private static List<ScalarExpr> escape() {
        var x = state(0, DType.F32);
        var limit = new ScalarExpr.Constant(Double.doubleToRawLongBits(100), DType.F32);
        var inside = binary(BinaryOp.LT, x, limit);
        return List.of(new Select(inside, binary(BinaryOp.MUL, x, x), x),
                binary(BinaryOp.OR, state(1, DType.BOOL), new Cast(DType.BOOL, binary(BinaryOp.GE, x, limit))));
    }

    private static Case of(String name, long rounds, List<ScalarExpr> bodies, Tensor... inputs) {
        return of(name, bodies.size(), 0, rounds, false, bodies, inputs);
    }

    private static Case of(String name, int states, int sequences, long rounds, boolean reverse,
            List<ScalarExpr> bodies, Tensor... inputs) {
        var dtypes = Arrays.stream(inputs).map(Tensor::dtype).toList();
        var kernel = new Kernel.Iterate(dtypes, states, sequences, bodies, rounds, reverse);
        var types = new ArrayList<TensorType>();
        for (int k = 0; k < bodies.size(); k++) {
            var row = new TensorType(bodies.get(k).dtype(), inputs[0].shape());
            types.add(k < states ? row : kernel.rows(row));
        }
        return new Case("iterate " + rounds + ", " + name + " " + inputs[0].dtype() + "[" + inputs[0].shape() + "]",
                kernel, List.of(inputs), types, 0, 0);
    }
}
