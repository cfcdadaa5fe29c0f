package tfl.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Kernel.RowStage;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Two products with softmax between them. */
final class AttentionCases {
    private AttentionCases() {}

    static Stream<Case> all() {
        var f32 = DType.F32;
        var f64 = DType.F64;
        var plain = new Input(0, f32);
        return Stream.of(
                of("plain", 0, plain, matrix(f32, 1, 2, 3, 20, 8), matrix(f32, 2, 2, 3, 8, 12),
                        matrix(f32, 3, 2, 3, 12, 5)),
                of("f64, keys turned", 0, new Input(0, f64), matrix(f64, 1, 4, 20, 8),
                        matrix(f64, 2, 4, 30, 8).permute(0, 2, 1), matrix(f64, 3, 4, 30, 6)),
                of("many blocks", 0, plain, matrix(f32, 1, 131, 4), matrix(f32, 2, 4, 1500), matrix(f32, 3, 1500, 3)),
                of("one row, one column", 0, plain, matrix(f32, 1, 1, 4), matrix(f32, 2, 4, 1), matrix(f32, 3, 1, 1)),
                of("a row for each matrix", 0, plain, matrix(f32, 1, 7, 1, 9), matrix(f32, 2, 7, 9, 33),
                        matrix(f32, 3, 7, 33, 9)),
                of("no rows", 0, plain, matrix(f32, 1, 0, 4), matrix(f32, 2, 4, 3), matrix(f32, 3, 3, 2)),
                of("no matrices", 0, plain, matrix(f32, 1, 0, 5, 4), matrix(f32, 2, 0, 4, 3), matrix(f32, 3, 0, 3, 2)),
                of("sums of nothing", 0, plain, matrix(f32, 1, 5, 0), matrix(f32, 2, 0, 3), matrix(f32, 3, 3, 2)),
                of("values strided", 0, plain, matrix(f32, 1, 20, 8), matrix(f32, 2, 8, 12),
                        matrix(f32, 3, 12, 10).slice(1, 0, 2, 5)),
                of("shared keys", 0, plain, matrix(f32, 1, 3, 20, 8), matrix(f32, 2, 8, 12).broadcastTo(
                        matrix(f32, 2, 3, 8, 12).shape()), matrix(f32, 3, 3, 12, 5)),
                of("a bias that is given", 1, new Binary(BinaryOp.ADD, new Input(0, f32), new Input(1, f32)),
                        matrix(f32, 1, 2, 90, 8), matrix(f32, 2, 2, 8, 1000), matrix(f32, 3, 2, 1000, 5),
                        matrix(f32, 4, 1, 90, 1).broadcastTo(matrix(f32, 4, 2, 90, 1000).shape())),
                of("what comes later is hidden", 0, new Select(new Binary(BinaryOp.GE, new Index(1), new Index(2)),
                        plain,
                        new ScalarExpr.Constant(Double.doubleToRawLongBits(-1e9), f32)), matrix(f32, 1, 2, 400, 8),
                        matrix(f32, 2, 2, 8, 400), matrix(f32, 3, 2, 400, 5)));
    }

    private static Tensor matrix(DType dtype, int seed, long... dims) {
        return Values.random(dtype, seed, dims);
    }

    private static Case of(String name, int product, ScalarExpr score, Tensor... inputs) {
        var dtype = inputs[0].dtype();
        var most = new Stage(0, dtype);
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, score, most));
        var dtypes = new ArrayList<>(List.of(dtype));
        Arrays.stream(inputs).skip(3).forEach(each -> dtypes.add(each.dtype()));
        var rows = new Kernel.Rows(List.copyOf(dtypes), List.of(new RowStage(score, Fold.MAX),
                new RowStage(power, Fold.SUM)), List.of(new Binary(BinaryOp.DIV, power, new Stage(1, dtype))));
        var dims = inputs[0].shape().dims();
        dims[dims.length - 1] = inputs[2].dim(dims.length - 1);
        return new Case("attention, " + name, new Kernel.Product(rows, product, true), List.of(inputs),
                List.of(new TensorType(dtype, Shape.of(dims))), 64, dtype == DType.F64 ? 1e-12 : 1e-4);
    }
}
