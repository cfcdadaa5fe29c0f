package tfl.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Kernel.RowStage;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Reductions, rows and scans. */
final class FoldCases {
    private static final int[][] AXES = {{}, {0}, {1}, {2}, {0, 1}, {1, 2}, {0, 2}, {0, 1, 2}};
    private static final String[] LAYOUTS = {"dense", "transposed", "backwards", "stepped", "broadcast"};

    private FoldCases() {}

    static Stream<Case> all() {
        return Stream.of(axes(), dtypes(), special(), shapes(), rows(), scans()).flatMap(stream -> stream);
    }

    private static Case reduce(String name, Fold fold, Tensor input, int... axes) {
        return reduce(name, fold, new Input(0, input.dtype()), input.dtype(), input, axes);
    }

    private static Case reduce(String name, Fold fold, ScalarExpr body, DType output, Tensor input, int... axes) {
        boolean where = fold == Fold.ARG_MAX || fold == Fold.ARG_MIN;
        var kept = IntStream.range(0, input.rank()).filter(axis -> IntStream.of(axes).noneMatch(a -> a == axis))
                .mapToLong(input::dim).toArray();
        var type = new TensorType(where ? DType.I64 : output, Shape.of(kept));
        var kernel = new Kernel.Reduce(List.of(input.dtype()), body, fold, IntStream.of(axes).boxed().toList(),
                body.dtype(), type.dtype());
        long count = type.shape().size() == 0 ? 1 : input.size() / type.shape().size();
        boolean rounded = fold == Fold.SUM || fold == Fold.PROD;
        double step = type.dtype() == DType.F64 ? 1e-16 : 1e-7;
        return new Case(name + " " + fold + " " + input.type() + " over " + kernel.axes(), kernel, List.of(input),
                List.of(type), rounded && fold == Fold.PROD ? 4.0 * count + 4 : rounded ? 4 : 0,
                rounded && fold == Fold.SUM && !type.dtype().isInteger() ? 128 * step * Math.sqrt(count) : 0);
    }

    private static Stream<Case> axes() {
        var cases = new ArrayList<Case>();
        for (var axes : AXES) {
            for (var layout : LAYOUTS) {
                cases.add(reduce(layout, Fold.SUM, Values.laid(layout, DType.F32, 3, 5, 6, 7), axes));
                cases.add(reduce(layout, Fold.MAX, Values.laid(layout, DType.I32, 3, 5, 6, 7), axes));
            }
            if (axes.length == 1 || axes.length == 3) {
                cases.add(reduce("where", Fold.ARG_MAX, Values.laid("transposed", DType.F32, 3, 5, 6, 7), axes));
                cases.add(reduce("where", Fold.ARG_MIN, Values.laid("backwards", DType.I64, 3, 5, 6, 7), axes));
            }
        }
        return cases.stream();
    }

    private static Stream<Case> dtypes() {
        var cases = new ArrayList<Case>();
        for (var dtype : DType.values()) {
            var input = Values.random(dtype, 4, 12, 9);
            for (var fold : Fold.values()) {
                boolean fits = switch (fold) {
                    case ANY, ALL -> dtype == DType.BOOL;
                    case SUM, PROD -> dtype.isInteger() || dtype == DType.F32 || dtype == DType.F64
                            || dtype.isComplex();
                    case MAX, MIN, ARG_MAX, ARG_MIN -> !dtype.isComplex();
                };
                if (fits && !(fold == Fold.PROD && dtype.isComplex())) {
                    cases.add(reduce("", fold, input, 0));
                    cases.add(reduce("", fold, input, 1));
                }
            }
        }
        var half = Values.random(DType.F16, 5, 40, 30);
        cases.add(reduce("f16 in f32", Fold.SUM, new Cast(DType.F32, new Input(0, DType.F16)), DType.F32, half, 0));
        cases.add(reduce("bool counted", Fold.SUM, new Cast(DType.I64, new Input(0, DType.BOOL)), DType.I64,
                Values.random(DType.BOOL, 5, 40, 30), 0, 1));
        var square = new Binary(BinaryOp.MUL, new Input(0, DType.F32), new Input(0, DType.F32));
        cases.add(reduce("squares", Fold.SUM, square, DType.F32, Values.random(DType.F32, 5, 40, 30), 1));
        return cases.stream();
    }

    /** NaN wins, the first of equals is found, infinities add up. */
    private static Stream<Case> special() {
        var cases = new ArrayList<Case>();
        for (var dtype : List.of(DType.F16, DType.F32, DType.F64)) {
            var pairs = Values.pairs(dtype);
            for (var fold : List.of(Fold.MAX, Fold.MIN, Fold.ARG_MAX, Fold.ARG_MIN)) {
                cases.add(reduce("special", fold, pairs[0], 0));
                cases.add(reduce("special", fold, pairs[1], 0));
            }
        }
        var ties = Tensor.of(new float[] {1, 3, 3, 1, 3, 1}, 2, 3);
        var nan = Tensor.of(new float[] {1, Float.NaN, 3, Float.NaN, 0, Float.NaN}, 2, 3);
        for (var fold : List.of(Fold.ARG_MAX, Fold.ARG_MIN, Fold.SUM, Fold.MAX)) {
            cases.add(reduce("ties", fold, ties, 1));
            cases.add(reduce("NaN", fold, nan, 1));
        }
        return cases.stream();
    }

    private static Stream<Case> shapes() {
        return Stream.of(
                reduce("scalar", Fold.SUM, Values.random(DType.F32, 6)),
                reduce("one", Fold.SUM, Values.random(DType.F32, 6, 1), 0),
                reduce("none", Fold.SUM, Values.random(DType.F32, 6, 0), 0),
                reduce("none kept", Fold.MAX, Values.random(DType.F32, 6, 0, 3), 1),
                reduce("none folded", Fold.PROD, Values.random(DType.I32, 6, 0, 3), 0),
                reduce("none folded", Fold.ALL, Values.random(DType.BOOL, 6, 2, 0), 1),
                reduce("long", Fold.SUM, Values.random(DType.F32, 6, 300_007), 0),
                reduce("long", Fold.ARG_MAX, Values.random(DType.F64, 6, 200_003), 0),
                reduce("tall", Fold.SUM, Values.random(DType.F32, 6, 20_000, 7), 0),
                reduce("wide", Fold.SUM, Values.random(DType.F32, 6, 7, 20_000), 1),
                reduce("large", Fold.MAX, Values.random(DType.F32, 6, 64, 64, 33), 0, 2));
    }

    private static Stream<Case> rows() {
        var x = new Input(0, DType.F32);
        var maximum = new RowStage(x, Fold.MAX);
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, x, new Stage(0, DType.F32)));
        var softmax = new Kernel.Rows(List.of(DType.F32), List.of(maximum, new RowStage(power, Fold.SUM)),
                List.of(new Binary(BinaryOp.DIV, power, new Stage(1, DType.F32))));
        var logarithm = new Kernel.Rows(List.of(DType.F32), List.of(maximum, new RowStage(power, Fold.SUM),
                new RowStage(new Unary(UnaryOp.LOG, new Stage(1, DType.F32)), null)),
                List.of(new Binary(BinaryOp.SUB, new Binary(BinaryOp.SUB, x, new Stage(0, DType.F32)),
                        new Stage(2, DType.F32)), power));
        var spread = new Kernel.Rows(List.of(DType.F32, DType.F32), List.of(maximum,
                new RowStage(new Binary(BinaryOp.MUL, new Input(1, DType.F32), new Stage(0, DType.F32)), null),
                new RowStage(new Binary(BinaryOp.SUB, x, new Stage(1, DType.F32)), Fold.SUM)),
                List.of(new Binary(BinaryOp.ADD, x, new Stage(2, DType.F32))),
                List.of(new Unary(UnaryOp.NEG, new Stage(2, DType.F32)), new Input(1, DType.F32)));
        var cases = new ArrayList<Case>();
        for (var shape : new long[][] {{1}, {10}, {3, 33}, {2, 3, 100}, {4, 5000}, {700, 65}}) {
            var type = new TensorType(DType.F32, Shape.of(shape));
            var rows = new TensorType(DType.F32, Shape.of(Arrays.copyOf(shape, shape.length - 1)));
            cases.add(new Case("totals " + type, spread, List.of(Values.random(DType.F32, 8, shape),
                    Values.random(DType.F32, 9, shape)), List.of(type, rows, rows), 64, 1e-4));
        }
        for (var shape : new long[][] {{1}, {10}, {0}, {5, 0}, {3, 33}, {2, 3, 100}, {4, 5000}, {700, 65}}) {
            for (var layout : LAYOUTS) {
                var input = Values.laid(layout, DType.F32, 7, shape);
                cases.add(new Case("softmax " + layout + " " + input.type(), softmax, List.of(input),
                        List.of(input.type()), 64, 1e-6));
            }
            var input = Values.random(DType.F32, 7, shape);
            cases.add(new Case("log softmax " + input.type(), logarithm, List.of(input),
                    List.of(input.type(), input.type()), 64, 1e-5));
        }
        return cases.stream();
    }

    private static Stream<Case> scans() {
        var cases = new ArrayList<Case>();
        for (var dtype : List.of(DType.I32, DType.I64, DType.F32, DType.F64, DType.U8)) {
            for (var fold : List.of(Fold.SUM, Fold.PROD, Fold.MAX, Fold.MIN)) {
                for (int axis = 0; axis < 2; axis++) {
                    for (int mode = 0; mode < 4; mode++) {
                        cases.add(scan(dtype, dtype, fold, axis, mode, Values.laid("transposed", dtype, 8, 6, 9)));
                    }
                }
            }
        }
        cases.add(scan(DType.BOOL, DType.I64, Fold.SUM, 0, 0, Values.random(DType.BOOL, 8, 1000)));
        cases.add(scan(DType.F32, DType.F32, Fold.SUM, 0, 0, Values.random(DType.F32, 8, 0)));
        cases.add(scan(DType.F32, DType.F32, Fold.SUM, 1, 0, Values.random(DType.F32, 8, 3, 30_000)));
        cases.add(scan(DType.F32, DType.F32, Fold.MAX, 0, 0, Values.special(DType.F32)));
        return cases.stream();
    }

    private static Case scan(DType from, DType to, Fold fold, int axis, int mode, Tensor input) {
        var kernel = new Kernel.Scan(from, fold, axis, (mode & 1) != 0, (mode & 2) != 0, to);
        boolean rounded = to.isFloat() && (fold == Fold.SUM || fold == Fold.PROD);
        return new Case("scan " + kernel + " " + input.type(), kernel, List.of(input),
                List.of(new TensorType(to, input.shape())), rounded ? 64 : 0, rounded ? to == DType.F64 ? 1e-12
                        : 2e-3 : 0);
    }
}
