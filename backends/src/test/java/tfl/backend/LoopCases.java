package tfl.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.KernelTypes;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Elementwise kernels: each operation on special values, each dtype in each layout, and some longer bodies. */
final class LoopCases {
    private static final long[][] SHAPES = {{}, {0}, {1}, {7}, {16}, {3, 0, 2}, {3, 5}, {2, 3, 4}, {1, 33, 1}, {65,
            129}};
    private static final String[] LAYOUTS = {"dense", "transposed", "backwards", "stepped", "broadcast"};

    private LoopCases() {}

    static Stream<Case> all() {
        return Stream.of(unary(), binary(), layouts(), casts(), bodies()).flatMap(stream -> stream);
    }

    /** A case of one body over inputs of one shape. */
    static Case loop(String name, ScalarExpr body, double ulps, double absolute, Tensor... inputs) {
        var dtypes = Stream.of(inputs).map(Tensor::dtype).toList();
        var type = new TensorType(body.dtype(), inputs[0].shape());
        return new Case(name, new Kernel.Loop(dtypes, List.of(body)), List.of(inputs), List.of(type), ulps, absolute);
    }

    static boolean fits(Kernel kernel, Tensor[] inputs, TensorType output) {
        try {
            KernelTypes.check(kernel, Stream.of(inputs).map(Tensor::type).toList(), List.of(output));
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    private static boolean fits(Case row) {
        return fits(row.kernel(), row.inputs().toArray(Tensor[]::new), row.outputs().getFirst());
    }

    private static Stream<Case> unary() {
        var cases = new ArrayList<Case>();
        for (var op : UnaryOp.values()) {
            for (var dtype : DType.values()) {
                var body = new Unary(op, new Input(0, dtype));
                double ulps = ulps(op, dtype);
                double absolute = ulps == 0 ? 0 : absolute(op, dtype);
                if (!dtype.isComplex()) {
                    cases.add(loop(op + " " + dtype + " special", body, ulps, absolute, Values.special(dtype)));
                }
                cases.add(loop(op + " " + dtype, body, ulps, absolute, Values.random(dtype, 1, 300)));
            }
        }
        return cases.stream().filter(LoopCases::fits);
    }

    /** Zero for what IEEE 754 or C define exactly. */
    private static double ulps(UnaryOp op, DType dtype) {
        if (dtype.isComplex()) {
            return switch (op) {
                case NEG, CONJ, REAL, IMAG, IS_NAN, IS_INF, IS_FINITE -> 0;
                default -> 64;
            };
        }
        return switch (op) {
            case NEG, ABS, SIGN, NOT, SQRT, RECIPROCAL, FLOOR, CEIL, TRUNC, ROUND, IS_NAN, IS_INF, IS_FINITE,
                    SIGNBIT, CONJ,
                    REAL, IMAG, BIT_COUNT -> 0;
            case LGAMMA, DIGAMMA, ERF -> dtype == DType.F64 ? 256 : 16;
            default -> dtype == DType.F64 || dtype == DType.F32 ? 8 : 1;
        };
    }

    /** What cancellation near a root costs at least, and what a flushed subnormal may. */
    private static double absolute(UnaryOp op, DType dtype) {
        boolean roots = op == UnaryOp.LGAMMA || op == UnaryOp.DIGAMMA || dtype.isComplex();
        return dtype == DType.F64 ? roots ? 1e-13 : 1e-307 : roots ? 2e-5 : 1e-37;
    }

    private static Stream<Case> binary() {
        var cases = new ArrayList<Case>();
        for (var op : BinaryOp.values()) {
            for (var dtype : DType.values()) {
                var body = new Binary(op, new Input(0, dtype), new Input(1, dtype));
                double ulps = ulps(op, dtype);
                double absolute = ulps == 0 ? 0 : absolute(op, dtype);
                if (!dtype.isComplex()) {
                    cases.add(loop(op + " " + dtype + " special", body, ulps, absolute, Values.pairs(dtype)));
                }
                cases.add(loop(op + " " + dtype, body, ulps, absolute, Values.random(dtype, 1, 300),
                        Values.random(dtype, 2, 300)));
            }
        }
        return cases.stream().filter(LoopCases::fits);
    }

    /** What cancellation near a root costs at least, and what a flushed subnormal may. */
    private static double absolute(BinaryOp op, DType dtype) {
        if (op == BinaryOp.LOGADDEXP) {
            return dtype == DType.F64 ? 1e-15 : 5e-7;
        }
        return dtype == DType.F64 ? 1e-307 : dtype.isComplex() ? 1e-4 : 1e-37;
    }

    private static double ulps(BinaryOp op, DType dtype) {
        if (dtype.isComplex()) {
            return op == BinaryOp.MUL ? 8 : op == BinaryOp.DIV || op == BinaryOp.POW ? 64 : 0;
        }
        return dtype.isFloat() ? switch (op) {
            case POW, ATAN2, HYPOT, LOGADDEXP -> dtype == DType.F64 ? 16 : dtype == DType.F32 ? 8 : 1;
            default -> 0;
        } : 0;
    }

    private static Stream<Case> layouts() {
        var cases = new ArrayList<Case>();
        for (var dtype : DType.values()) {
            for (var shape : SHAPES) {
                for (var layout : LAYOUTS) {
                    if (layout.equals("broadcast") && shape.length == 0) {
                        continue;
                    }
                    var body = new Binary(BinaryOp.ADD, new Input(0, dtype), new Input(1, dtype));
                    var a = Values.laid("dense", dtype, 1, shape);
                    var b = Values.laid(layout, dtype, 2, shape);
                    cases.add(loop("add " + a.type() + " and " + layout, body, 0, 0, a, b));
                }
            }
        }
        for (var layout : LAYOUTS) {
            var body = new Binary(BinaryOp.MUL, new Input(0, DType.F32), new Input(1, DType.F32));
            cases.add(loop("large, " + layout, body, 0, 0, Values.laid(layout, DType.F32, 1, 300, 70, 11),
                    Values.laid(layout, DType.F32, 2, 300, 70, 11)));
        }
        return cases.stream();
    }

    private static Stream<Case> casts() {
        var cases = new ArrayList<Case>();
        for (var from : DType.values()) {
            for (var to : DType.values()) {
                var body = new Cast(to, new Input(0, from));
                cases.add(loop("cast " + from + " to " + to, body, 0, 0, Values.special(from)));
                cases.add(loop("cast " + from + " to " + to + ", random", body, 0, 0, Values.random(from, 1, 70)));
            }
        }
        return cases.stream();
    }

    private static Stream<Case> bodies() {
        var x = new Input(0, DType.F32);
        var y = new Input(1, DType.F32);
        var half = new Constant(Double.doubleToRawLongBits(0.5), DType.F32);
        var tanh = new Unary(UnaryOp.TANH, new Binary(BinaryOp.ADD, new Binary(BinaryOp.MUL, x, y), half));
        var relu = new Select(new Binary(BinaryOp.GT, x, half), x, y);
        var iota = new Binary(BinaryOp.ADD, new Binary(BinaryOp.MUL, new Index(0), new Constant(10, DType.I64)),
                new Index(1));
        var a = Values.random(DType.F32, 1, 33, 20);
        var b = Values.random(DType.F32, 2, 20, 33).permute(1, 0);
        var two = new Kernel.Loop(List.of(DType.F32, DType.F32), List.of(relu, new Binary(BinaryOp.LT, x, y)));
        var full = new Kernel.Loop(List.of(), List.of(half));
        return Stream.of(
                loop("tanh(x * y + 0.5)", tanh, 8, 1e-7, a, b),
                loop("select", relu, 0, 0, a, b),
                loop("index", new Binary(BinaryOp.ADD, new Cast(DType.F32, iota), x), 0, 0, a),
                Case.exact("two outputs", two, List.of(a, b), a.type(), new TensorType(DType.BOOL, a.shape())),
                Case.exact("no inputs", full, List.of(), new TensorType(DType.F32, Shape.of(3, 4))),
                Case.exact("iota", new Kernel.Loop(List.of(), List.of(iota)), List.of(),
                        new TensorType(DType.I64, Shape.of(4, 5))));
    }
}
