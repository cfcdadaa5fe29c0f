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
import tfl.tensor.Tensor;

/** Loops whose elements go round on their own. */
final class IterateCases {
    private static final String[] LAYOUTS = {"dense", "transposed", "backwards", "stepped", "broadcast"};
    private static final long[][] SHAPES = {{}, {0}, {1}, {3}, {63}, {64}, {65}, {7, 0, 2}, {5, 3}, {130, 3}, {40, 517}};
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
        cases.add(of("positions", 6, List.of(binary(BinaryOp.ADD, state(0, DType.I64), binary(BinaryOp.MUL, new Index(0),
                new Index(1)))), Values.random(DType.I64, 13, 20, 9)));
        cases.add(of("escape", 30, escape(), Values.random(DType.F32, 14, 90), Values.random(DType.BOOL, 15, 90)));
        cases.add(of("special", 2, List.of(new Unary(UnaryOp.SQRT, state(0, DType.F32))), Values.special(DType.F32)));
        return cases.stream();
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
        var kernel = new Kernel.Iterate(Arrays.stream(inputs).map(Tensor::dtype).toList(), bodies, rounds);
        var types = Arrays.stream(inputs).limit(bodies.size()).map(Tensor::type).toList();
        return new Case("iterate " + rounds + ", " + name + " " + inputs[0].dtype() + "[" + inputs[0].shape() + "]", kernel,
                List.of(inputs), types, 0, 0);
    }
}
