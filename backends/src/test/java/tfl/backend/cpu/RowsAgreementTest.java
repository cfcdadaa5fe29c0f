package tfl.backend.cpu;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Kernel.RowStage;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Row kernels on inputs that lie in different ways, against the reference. */
class RowsAgreementTest {
    private static ScalarExpr in(int index, DType dtype) {
        return new ScalarExpr.Input(index, dtype);
    }

    private static ScalarExpr op(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    private static Kernel.Rows softmax(DType dtype) {
        var power = new ScalarExpr.Unary(UnaryOp.EXP, op(BinaryOp.SUB, in(0, dtype),
                new ScalarExpr.Stage(0, dtype)));
        return new Kernel.Rows(List.of(dtype), List.of(new RowStage(in(0, dtype), Fold.MAX),
                new RowStage(power, Fold.SUM)),
                List.of(op(BinaryOp.DIV, power, new ScalarExpr.Stage(1, dtype))));
    }

    /**
     * Each element over the row's product plus the row's number and the column's, and a step without an
     * input.
     */
    private static Kernel.Rows positions() {
        var dtype = DType.F64;
        var total = new RowStage(op(BinaryOp.ADD, in(0, dtype), new ScalarExpr.Cast(dtype,
                new ScalarExpr.Index(1))), Fold.SUM);
        var half = new RowStage(op(BinaryOp.MUL, new ScalarExpr.Stage(0, dtype),
                new ScalarExpr.Constant(Double.doubleToRawLongBits(0.5), dtype)), null);
        var place = op(BinaryOp.ADD, new ScalarExpr.Index(0), new ScalarExpr.Index(1));
        return new Kernel.Rows(List.of(dtype, dtype), List.of(total, half), List.of(
                op(BinaryOp.ADD, op(BinaryOp.MUL, in(1, dtype), new ScalarExpr.Stage(1, dtype)),
                        new ScalarExpr.Cast(dtype, place)), op(BinaryOp.LT, in(0, dtype),
                                new ScalarExpr.Stage(1, dtype))));
    }

    private static Tensor sample(DType dtype, long... dims) {
        int size = (int) Shape.of(dims).size();
        return Tensor.of(dtype, IntStream.range(0, size).mapToDouble(i -> (i * 37 % 101 - 50) / 16.0)
                .toArray(), dims);
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return Stream.of(
                row("softmax", softmax(DType.F32), sample(DType.F32, 7, 133)),
                row("softmax of one row", softmax(DType.F32), sample(DType.F32, 50)),
                row("softmax of long rows", softmax(DType.F32), sample(DType.F32, 2, 9000)),
                row("softmax of columns", softmax(DType.F32), sample(DType.F32, 40, 30).permute(1, 0)),
                row("softmax of f64", softmax(DType.F64), sample(DType.F64, 2, 3, 20)),
                row("softmax of f16", softmax(DType.F16), sample(DType.F16, 4, 20)),
                row("two inputs, two outputs", positions(), sample(DType.F64, 5, 17),
                        sample(DType.F64, 1, 17).broadcastTo(Shape.of(5, 17))),
                row("positions along one row", new Kernel.Rows(List.of(DType.F64), List.of(new RowStage(
                        op(BinaryOp.MUL, in(0, DType.F64), new ScalarExpr.Cast(DType.F64, new ScalarExpr.Index(0))),
                        Fold.SUM)), List.of(op(BinaryOp.ADD, new ScalarExpr.Stage(0, DType.F64),
                                new ScalarExpr.Cast(DType.F64, new ScalarExpr.Index(0))))), sample(DType.F64, 77)),
                row("one column", softmax(DType.F32), sample(DType.F32, 5, 1)));
    }

    private static DynamicTest row(String name, Kernel.Rows kernel, Tensor... inputs) {
        var shape = inputs[0].shape();
        var outputs = kernel.bodies().stream().map(body -> new TensorType(body.dtype(), shape)).toList();
        return DynamicTest.dynamicTest(name, () -> Agreement.check(kernel, 100, outputs, inputs));
    }
}
