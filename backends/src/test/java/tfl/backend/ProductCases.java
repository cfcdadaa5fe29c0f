package tfl.backend;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Kernel.RowStage;
import tfl.kernel.PanelStep;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Products that go on into another kernel. */
final class ProductCases {
    private ProductCases() {}

    /** Two matrices, or batches of them, by name. */
    private record Pair(String name, Tensor a, Tensor b) {}

    static Stream<Case> all() {
        return Stream.of(DType.F32, DType.F64).flatMap(dtype -> pairs(dtype).flatMap(ProductCases::kernels));
    }

    private static Stream<Pair> pairs(DType dtype) {
        return Stream.of(
                new Pair("one", values(dtype, 1, 1), values(dtype, 1, 1)),
                new Pair("one row", values(dtype, 1, 9), values(dtype, 9, 33)),
                new Pair("one column", values(dtype, 70, 9), values(dtype, 9, 1)),
                new Pair("many panels", values(dtype, 301, 7), values(dtype, 7, 1100)),
                new Pair("long rows", values(dtype, 40, 3), values(dtype, 3, 9001)),
                new Pair("left turned", values(dtype, 12, 260).permute(1, 0), values(dtype, 12, 600)),
                new Pair("right turned", values(dtype, 260, 12), values(dtype, 600, 12).permute(1, 0)),
                new Pair("with gaps", values(dtype, 24, 16).slice(1, 0, 2, 8), values(dtype, 8, 30).slice(1, 0, 3, 10)),
                new Pair("small matrices", values(dtype, 50, 3, 6, 5), values(dtype, 50, 3, 5, 7)),
                new Pair("large matrices", values(dtype, 3, 200, 5), values(dtype, 3, 5, 900)),
                new Pair("one right matrix for all", values(dtype, 3, 150, 5), values(dtype, 5, 900).broadcastTo(
                        Shape.of(3, 5, 900))),
                new Pair("no rows", values(dtype, 0, 4), values(dtype, 4, 3)),
                new Pair("no matrices", values(dtype, 0, 5, 4), values(dtype, 0, 4, 3)),
                new Pair("sums of nothing", values(dtype, 5, 0), values(dtype, 0, 3)));
    }

    private static Stream<Case> kernels(Pair pair) {
        var dtype = pair.a().dtype();
        var dims = pair.a().shape().dims();
        int last = dims.length - 1;
        dims[last] = pair.b().dim(last);
        var whole = Shape.of(dims);
        var rows = Shape.of(IntStream.range(0, last).mapToLong(whole::dim).toArray());
        var bias = values(dtype, dims[last]).broadcastTo(whole);
        var column = values(dtype, dims[last - 1], 1).broadcastTo(whole);
        var given = values(dtype, dims);
        var product = new Input(0, dtype);
        var sum = new Binary(BinaryOp.ADD, product, new Input(1, dtype));
        var both = List.of(dtype, dtype);
        // The product comes second there, and a position counts.
        var far = new Binary(BinaryOp.ADD, new Binary(BinaryOp.MUL, new Input(1, dtype), new Input(0, dtype)),
                new Cast(dtype, new Binary(BinaryOp.ADD, new Index(last), new Index(0))));
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, sum, new Stage(0, dtype)));
        var softmax = new Kernel.Rows(both, List.of(new RowStage(sum, Fold.MAX), new RowStage(power, Fold.SUM)),
                List.of(new Binary(BinaryOp.DIV, power, new Stage(1, dtype))),
                List.of(new Binary(BinaryOp.ADD, new Unary(UnaryOp.LOG, new Stage(1, dtype)), new Stage(0, dtype))));
        var half = dtype == DType.F32 ? DType.F64 : DType.F32;
        return Stream.of(
                row(pair, "bias and relu", new Kernel.Loop(both, List.of(new Binary(BinaryOp.MAX, sum, zero(dtype)))),
                        0, bias, new TensorType(dtype, whole)),
                row(pair, "a given tensor and a position", new Kernel.Loop(both, List.of(far)), 1, given,
                        new TensorType(dtype, whole)),
                row(pair, "another dtype twice", new Kernel.Loop(both, List.of(new Cast(half, sum),
                        new Cast(DType.I32, sum))), 0, column, new TensorType(half, whole),
                        new TensorType(DType.I32, whole)),
                row(pair, "sum", new Kernel.Reduce(both, sum, Fold.SUM, List.of(last), dtype, dtype), 0, bias,
                        new TensorType(dtype, rows)),
                row(pair, "place of the least", new Kernel.Reduce(both, sum, Fold.ARG_MIN,
                        List.of(last), dtype, DType.I64), 0, given, new TensorType(DType.I64, rows)),
                row(pair, "softmax and its sum", softmax, 0, bias, new TensorType(dtype, whole),
                        new TensorType(dtype, rows)));
    }

    private static ScalarExpr zero(DType dtype) {
        return new Constant(0, dtype);
    }

    private static Case row(Pair pair, String name, Kernel after, int place, Tensor other, TensorType... outputs) {
        return new Case("product, " + pair.name() + ": " + name + " " + pair.a().dtype(),
                new Kernel.Product(3, List.of(new PanelStep.Multiply(0, 1),
                        new PanelStep.Apply(after, place == 0 ? List.of(3, 2) : List.of(2, 3))),
                        IntStream.range(4, 4 + outputs.length).boxed().toList()),
                List.of(pair.a(), pair.b(), other), List.of(outputs), 64,
                pair.a().dtype() == DType.F64 ? 1e-12 : 1e-4);
    }

    /** Multiples of a quarter, so that all libraries' products are the same and nothing falls to either side. */
    private static Tensor values(DType dtype, long... dims) {
        var numbers = new double[Math.toIntExact(Shape.of(dims).size())];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = (k * 37L + k * (long) k % 11) % 17 / 4.0 - 2;
        }
        return Tensor.of(dtype, numbers, dims);
    }
}
