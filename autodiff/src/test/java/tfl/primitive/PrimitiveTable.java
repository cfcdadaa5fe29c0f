package tfl.primitive;

import static tfl.primitive.Case.fixed;
import static tfl.primitive.Case.in;
import static tfl.primitive.Case.of;
import static tfl.primitive.Case.row;
import static tfl.tensor.DType.BOOL;
import static tfl.tensor.DType.C64;
import static tfl.tensor.DType.F32;
import static tfl.tensor.DType.F64;
import static tfl.tensor.DType.I32;
import static tfl.tensor.DType.I64;
import static tfl.tensor.DType.U8;

import java.util.ArrayList;
import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Combine;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Routine.Pass;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Every primitive, one line one case: what it is, what it is given, how exact its derivative is (0: none).
 */
final class PrimitiveTable {
    private PrimitiveTable() {}

    static List<Case> rows() {
        var rows = new ArrayList<Case>();
        unary(rows);
        binary(rows);
        elementwise(rows);
        movement(rows);
        reductions(rows);
        indexing(rows);
        rowsAndWindows(rows);
        matrices(rows);
        ControlRows.add(rows);
        return rows;
    }

    private static void unary(List<Case> rows) {
        for (var op : UnaryOp.values()) {
            rows.add(switch (op) {
                case NEG, EXP, EXPM1, SIN, COS, ATAN, SINH, COSH, TANH, ASINH, ERF, SIGMOID, REAL ->
                    row(new Unary(op), 1e-7, in(-2, 2, 3, 4));
                case SQRT, RSQRT, LOG, LOG2, LOG10, LGAMMA -> row(new Unary(op), 1e-7, in(0.3, 4, 3, 4));
                case DIGAMMA -> row(new Unary(op), 1e-6, in(0.1, 4, 3, 4));
                case LOG1P, TAN, ASIN, ACOS, ATANH -> row(new Unary(op), 1e-6, in(-0.8, 0.8, 3, 4));
                case RECIPROCAL, ABS -> row(new Unary(op), 1e-7, in(-3, -0.5, 3, 4));
                case ACOSH -> row(new Unary(op), 1e-6, in(1.3, 4, 3, 4));
                case CONJ, IMAG -> row(new Unary(op), 1e-2, of(C64, -2, 2, 3, 4));
                case NOT -> row(new Unary(op), 0, of(I32, -9, 9, 3, 4));
                case BIT_COUNT -> row(new Unary(op), 0, of(I64, 0, 999, 3, 4));
                case SIGN, FLOOR, CEIL, TRUNC, ROUND, IS_NAN, IS_INF, IS_FINITE, SIGNBIT ->
                    row(new Unary(op), 0, in(-3, 3, 3, 4));
            });
        }
        for (var op : List.of(UnaryOp.EXP, UnaryOp.SIN, UnaryOp.ABS, UnaryOp.SQRT, UnaryOp.REAL, UnaryOp.NEG,
                UnaryOp.SIGN)) {
            rows.add(row(new Unary(op), 2e-2, of(C64, 0.5, 1.5, 3, 4)).once());
        }
    }

    private static void binary(List<Case> rows) {
        for (var op : BinaryOp.values()) {
            rows.add(switch (op) {
                case ADD, SUB, MUL, LOGADDEXP -> row(new Binary(op), 1e-7, in(-2, 2, 2, 3), in(-2, 2, 2, 3));
                case DIV, ATAN2, HYPOT -> row(new Binary(op), 1e-6, in(-2, 2, 2, 3), in(0.5, 2, 2, 3));
                case POW -> row(new Binary(op), 1e-6, in(0.2, 2, 2, 3), in(-2, 2, 2, 3));
                case MAX, MIN, COPYSIGN -> row(new Binary(op), 1e-6, in(0.2, 1, 2, 3), in(1.1, 2, 2, 3));
                case MOD -> row(new Binary(op), 1e-6, in(5.1, 5.4, 2, 3), in(1.9, 2.1, 2, 3));
                case COMPLEX -> row(new Binary(op), 1e-2, of(F32, -2, 2, 2, 3), of(F32, -2, 2, 2, 3));
                case NEXTAFTER, FLOOR_DIV -> row(new Binary(op), 0, in(-2, 2, 2, 3), in(1, 2, 2, 3));
                case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                    row(new Binary(op), 0, of(I64, 0, 9, 2, 3), of(I64, 0, 9, 2, 3));
                case EQ, NE, LT, LE, GT, GE -> row(new Binary(op), 0, of(I64, 0, 3, 4, 5), of(I64, 0, 3, 4, 5));
            });
        }
        rows.add(row(new Binary(BinaryOp.MUL), 2e-2, of(C64, -2, 2, 2, 3), of(C64, -2, 2, 2, 3)).once());
        rows.add(row(new Binary(BinaryOp.DIV), 2e-2, of(C64, -2, 2, 2, 3), of(C64, 1, 2, 2, 3)).once());
    }

    private static void elementwise(List<Case> rows) {
        var x = Scalars.input(0, F64);
        var y = Scalars.input(1, F64);
        rows.add(row(new Select(), 1e-7, of(BOOL, 0, 2, 2, 3), in(-2, 2, 2, 3), in(-2, 2, 2, 3)));
        rows.add(row(new Cast(F64), 1e-7, in(-2, 2, 2, 3)));
        rows.add(row(new Cast(U8), 0, in(0, 200, 2, 3)));
        rows.add(row(new Clip(-1, 1), 1e-7, fixed(F64, new double[] {-3, -0.5, 0.2, 0.9, 1.5, 7}, 6)));
        rows.add(row(new WrapIndex(5), 0, of(I64, -5, 4, 7)));
        var twoResults = List.of(Scalars.mul(x, Scalars.unary(UnaryOp.SIN, y)), Scalars.sub(x, y));
        rows.add(row(new Fused("two results", twoResults), 1e-7,
                in(-2, 2, 2, 3), in(-2, 2, 2, 3)));
        var place = Scalars.cast(F64, new ScalarExpr.Index(1));
        var weighted = new Fused("weighted by position", List.of(Scalars.mul(Scalars.square(x), place)));
        rows.add(row(weighted, 1e-7, in(-2, 2, 2, 3)));
        rows.add(row(new Pullback(weighted, List.of(F64), 1, 1), 1e-7, in(-2, 2, 2, 3), in(-2, 2, 2, 3)));
        rows.add(row(new Pullback(new Activation(Activation.Function.GELU), List.of(F64), 1, 1), 1e-7, in(-2, 2, 5),
                in(-2, 2, 5)));
        var both = List.of(true, true);
        rows.add(row(new Pushforward(new Binary(BinaryOp.DIV), List.of(F64, F64), both), 1e-6, in(-2, 2, 5),
                in(1, 2, 5), in(-2, 2, 5), in(-2, 2, 5)));
        for (var function : Activation.Function.values()) {
            rows.add(row(new Activation(function), 1e-6, in(-2, -0.1, 2, 3)));
            rows.add(row(new Activation(function), 1e-6, in(0.1, 2, 2, 3)));
        }
    }

    private static void movement(List<Case> rows) {
        var type = new TensorType(F64, Shape.of(2, 3));
        rows.add(row(Full.of(type, 2.5), 0));
        rows.add(row(new Iota(type, 1, 0.5, 2), 0));
        rows.add(row(new PhiloxBits(7, 3, Shape.of(9)), 0));
        rows.add(row(new BroadcastTo(Shape.of(4, 2, 3)), 1e-7, in(-1, 1, 2, 1)));
        rows.add(row(new BroadcastTo(Shape.of(0, 3)), 0, in(-1, 1, 1, 3)));
        rows.add(row(new Reshape(Shape.of(3, 1, 4)), 1e-7, in(-1, 1, 2, 6)));
        rows.add(row(new Transpose(List.of(2, 0, 1)), 1e-7, in(-1, 1, 2, 3, 4)));
        rows.add(row(new Slice(List.of(2L, 0L), List.of(2L, 2L), List.of(-2L, 2L)), 1e-7, in(-1, 1, 4, 3)));
        rows.add(row(new StopGradient(), 0, in(-1, 1, 2)));
        rows.add(row(new Pad(List.of(1L, 0L), List.of(0L, 2L), List.of(1L, 0L), 9), 1e-7, in(-1, 1, 2, 3)));
        rows.add(row(new Concat(1), 1e-7, in(-1, 1, 2, 3), in(-1, 1, 2, 1), in(-1, 1, 2, 0)));
        rows.add(row(new Insert(List.of(3L, 0L), List.of(-2L, 1L)), 1e-7, in(-1, 1, 4, 3), in(-1, 1, 2, 2)));
    }

    private static void reductions(List<Case> rows) {
        for (var axes : List.of(List.<Integer>of(), List.of(0), List.of(0, 2), List.of(0, 1, 2))) {
            rows.add(row(new ReduceSum(axes), 1e-7, in(-1, 1, 2, 3, 4)));
            rows.add(row(new ReduceProd(axes), 1e-6, in(-2, 2, 2, 3, 4)));
            rows.add(row(new ReduceExtreme(true, axes), 1e-6, in(-1, 1, 2, 3, 4)));
            rows.add(row(new ReduceExtreme(false, axes), 1e-6, in(-1, 1, 2, 3, 4)));
            rows.add(row(new ReduceLogical(true, axes), 0, of(BOOL, 0, 3, 2, 3, 4)));
            rows.add(row(new ReduceLogical(false, axes), 0, of(I32, 0, 2, 2, 3, 4)));
        }
        rows.add(row(new ReduceSum(List.of(1)), 1e-7, in(-1, 1, 3, 0)));
        rows.add(row(new ReduceProd(List.of(0)), 1e-6, fixed(F64, new double[] {0, 2, 3, 0, 5, 6}, 3, 2)));
        rows.add(row(new ArgExtreme(true, 1), 0, in(-1, 1, 3, 5)));
        rows.add(row(new ArgExtreme(false, -1), 0, in(-1, 1, 3, 5)));
        for (boolean reverse : new boolean[] {false, true}) {
            for (boolean exclusive : new boolean[] {false, true}) {
                rows.add(row(new Cumulative(Fold.SUM, 1, reverse, exclusive), 1e-7, in(-1, 1, 2, 5)));
                rows.add(row(new Cumulative(Fold.PROD, 0, reverse, exclusive), 1e-6, in(0.5, 2, 4, 3)));
                rows.add(row(new Cumulative(Fold.PROD, 0, reverse, exclusive), 1e-6,
                        fixed(F64, new double[] {2, 0, 3, 0, 5}, 5)).once());
            }
            rows.add(row(new Cumulative(Fold.MAX, 1, reverse, false), 1e-6, in(-1, 1, 2, 6)));
            rows.add(row(new Cumulative(Fold.MIN, 0, reverse, false), 1e-6, in(-1, 1, 6, 2)));
        }
    }

    private static void indexing(List<Case> rows) {
        var first = fixed(I64, new double[] {2, 0, 2, 1}, 2, 2);
        var second = fixed(I64, new double[] {1, 1, 1, 0}, 2, 2);
        rows.add(row(new Gather(1), 1e-7, in(-1, 1, 3, 2), first));
        rows.add(row(new Gather(2), 1e-7, in(-1, 1, 3, 2, 2), first, second));
        for (var combine : Combine.values()) {
            rows.add(row(new Scatter(2, combine), 1e-6, in(0.5, 1, 3, 2), in(1.1, 2, 2, 2), first, second));
        }
        rows.add(row(new Sort(false), 1e-6, in(-1, 1, 3, 7)));
        rows.add(row(new Sort(true), 1e-6, in(-1, 1, 7)));
        rows.add(row(new Sort(true, false), 1e-6, in(-1, 1, 2, 7)));
        rows.add(row(new TopK(3, true), 1e-6, in(-1, 1, 3, 7)));
        rows.add(row(new TopK(2, false), 1e-6, in(-1, 1, 7)));
    }

    private static void rowsAndWindows(List<Case> rows) {
        rows.add(row(new Softmax(), 1e-6, in(-2, 2, 3, 5)));
        rows.add(row(new LogSoftmax(), 1e-6, in(-2, 2, 3, 5)));
        rows.add(row(new Standardize(1e-5), 1e-5, in(-2, 2, 3, 5)));
        rows.add(row(new Standardize(1e-5), 1e-5, in(-2, 2, 3, 5), in(-1, 1, 3, 5), in(-1, 1, 3, 5)));
        for (var of : RowPullback.Of.values()) {
            rows.add(row(new RowPullback(of, 1e-5), 1e-5, in(-2, 2, 3, 5), in(-2, 2, 3, 5)));
        }
        var one = List.of(1L, 1L);
        var two = List.of(2L, 2L);
        rows.add(row(new Convolution(Pass.FORWARD, two, one, List.of(1L, 0L), one, 2, List.of()), 1e-6,
                in(-1, 1, 2, 4, 5, 6), in(-1, 1, 6, 2, 3, 2)));
        rows.add(row(new Convolution(Pass.INPUT, one, one, one, one, 1, List.of(5L, 5L)), 1e-6,
                in(-1, 1, 2, 3, 5, 5), in(-1, 1, 3, 2, 3, 3)));
        rows.add(row(new Convolution(Pass.WEIGHT, one, one, one, one, 1, List.of(3L, 3L)), 1e-6,
                in(-1, 1, 2, 2, 5, 5), in(-1, 1, 2, 3, 5, 5)));
        rows.add(row(new Convolution(Pass.FORWARD, List.of(1L), List.of(0L), List.of(2L), List.of(2L), 1, List.of()),
                1e-6, in(-1, 1, 2, 3, 7), in(-1, 1, 4, 3, 3)));
        rows.add(row(new Convolution(Pass.INPUT, two, one, List.of(1L, 0L), one, 2, List.of(5L, 6L)), 1e-6,
                in(-1, 1, 2, 6, 3, 3), in(-1, 1, 6, 2, 3, 2)));
        rows.add(row(new Convolution(Pass.WEIGHT, two, one, List.of(1L, 0L), one, 2, List.of(3L, 2L)), 1e-6,
                in(-1, 1, 2, 4, 5, 6), in(-1, 1, 2, 6, 3, 3)));
        for (boolean max : new boolean[] {true, false}) {
            var pool = new Pool(max, two, one, one, List.of(0L, 1L));
            rows.add(row(pool, 1e-6, in(-1, 1, 2, 2, 4, 5)));
        }
        rows.add(row(new PoolPullback(new Pool(false, two, two, List.of(0L, 0L), List.of(0L, 0L))), 1e-6,
                in(-1, 1, 1, 4, 4), in(-1, 1, 1, 2, 2)));
        rows.add(row(new PoolPullback(new Pool(true, two, List.of(2L, 1L), List.of(0L, 1L), List.of(0L, 0L))), 1e-6,
                peaked(2, 4, 4), in(2, 2, 2, 2, 4), in(-1, 1, 2, 2, 4)));
    }

    /** Every second element of every second row is 2, the others are less. */
    private static Case.Argument peaked(long planes, int rows, int columns) {
        var plain = in(-1, 1, planes, rows, columns);
        return new Case.Argument(plain.type(), -1, 1, data -> {
            var out = data.clone();
            for (int k = 0; k < out.length; k++) {
                out[k] = k / columns % 2 == 0 && k % columns % 2 == 0 ? 2 : out[k];
            }
            return out;
        }, null);
    }

    private static void matrices(List<Case> rows) {
        var square = in(-1, 1, 2, 4, 4);
        var regular = square.plusDiagonal(3);
        rows.add(row(new MatMul(), 1e-7, in(-1, 1, 3, 4), in(-1, 1, 4, 2)));
        rows.add(row(new MatMul(), 1e-7, in(-1, 1, 3, 4), in(-1, 1, 4, 1)));
        rows.add(row(new MatMul(), 1e-7, in(-1, 1, 2, 2, 3, 4), in(-1, 1, 2, 2, 4, 1)));
        rows.add(row(new MatMul(), 0, in(-1, 1, 3, 0), in(-1, 1, 0, 2)));
        rows.add(row(new MatMul(), 2e-2, of(C64, -1, 1, 3, 4), of(C64, -1, 1, 4, 2)).once());
        rows.add(row(new Solve(), 1e-6, regular, in(-1, 1, 2, 4, 3)));
        for (boolean lower : new boolean[] {true, false}) {
            for (boolean transposed : new boolean[] {true, false}) {
                rows.add(row(new TriangularSolve(lower, transposed, transposed), 1e-5, regular, in(-1, 1, 2, 4, 3)));
            }
        }
        rows.add(row(new Cholesky(), 1e-6, regular.symmetric().plusDiagonal(4)));
        rows.add(row(new Lu(), 1e-6, regular));
        rows.add(row(new Qr(false), 1e-6, in(-1, 1, 5, 3)));
        rows.add(row(new Qr(true), 1e-6, regular));
        rows.add(row(new Qr(false), 1e-6, in(-1, 1, 3, 5).plusDiagonal(2)));
        rows.add(row(new Qr(true), 1e-6, in(-1, 1, 2, 2, 4).plusDiagonal(2)));
        rows.add(row(new Svd(false), 1e-5, in(-1, 1, 5, 3)));
        rows.add(row(new Svd(false), 1e-5, in(-1, 1, 3, 5)));
        rows.add(row(new Svd(true), 1e-5, square));
        rows.add(row(new Eigh(), 1e-5, square.symmetric()));
        rows.add(row(new Eig(), 5e-2, in(-1, 1, 3, 3).symmetric()).once());
        complexMatrices(rows);
        rows.add(row(new Fft(false), 2e-2, of(C64, -1, 1, 2, 6)).once());
        rows.add(row(new Fft(true), 2e-2, of(C64, -1, 1, 2, 5)).once());
    }

    /** Those whose results are unique; {@link ComplexFactorTest} has the others. */
    private static void complexMatrices(List<Case> rows) {
        var regular = of(C64, -1, 1, 2, 4, 4).plusDiagonal(4);
        var sides = of(C64, -1, 1, 2, 4, 3);
        rows.add(row(new Solve(), 2e-2, regular, sides).once());
        for (boolean lower : new boolean[] {true, false}) {
            for (boolean transposed : new boolean[] {true, false}) {
                rows.add(row(new TriangularSolve(lower, transposed, false), 2e-2, regular, sides).once());
            }
        }
        rows.add(row(new TriangularSolve(true, true, true), 2e-2, of(C64, -0.5, 0.5, 3, 3),
                of(C64, -1, 1, 3, 2)).once());
        rows.add(row(new Cholesky(), 2e-2, of(C64, -1, 1, 2, 4, 4).hermitian().plusDiagonal(6)).once());
        rows.add(row(new Lu(), 2e-2, regular).once());
        rows.add(row(new Qr(false), 2e-2, of(C64, -1, 1, 5, 3).plusDiagonal(2)).once());
        rows.add(row(new Qr(true), 2e-2, regular).once());
        rows.add(row(new Qr(false), 2e-2, of(C64, -1, 1, 3, 5).plusDiagonal(2)).once());
    }
}
