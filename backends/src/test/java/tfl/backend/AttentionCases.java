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
import tfl.kernel.PanelStep;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

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
                        matrix(f32, 2, 2, 8, 400), matrix(f32, 3, 2, 400, 5)),
                gradient("plain", matrix(f32, 1, 2, 3, 20, 8), matrix(f32, 2, 2, 3, 8, 12), matrix(f32, 3, 2, 3, 20, 5),
                        matrix(f32, 4, 2, 3, 5, 12), matrix(f32, 5, 2, 3, 12, 8)),
                gradient("f64, one matrix", matrix(f64, 1, 1, 700, 4), matrix(f64, 2, 1, 4, 900), matrix(f64, 3, 1, 700,
                        3), matrix(f64, 4, 1, 3, 900), matrix(f64, 5, 1, 900, 4)),
                gradient("many panels, all turned", matrix(f32, 1, 3, 4, 500).permute(0, 2, 1), matrix(f32, 2, 3, 1100,
                        4).permute(0, 2, 1), matrix(f32, 3, 3, 6, 500).permute(0, 2, 1), matrix(f32, 4, 3, 1100, 6)
                                .permute(0, 2, 1), matrix(f32, 5, 3, 4, 1100).permute(0, 2, 1)),
                gradient("heads of one tensor", matrix(f32, 1, 2, 300, 3, 4).permute(0, 2, 1, 3), matrix(f32, 2, 2, 700,
                        3, 4).permute(0, 2, 3, 1), matrix(f32, 3, 2, 300, 3, 4).permute(0, 2, 1, 3), matrix(f32, 4, 2,
                                700, 3, 4).permute(0, 2, 3, 1), matrix(f32, 5, 2, 700, 3, 4).permute(0, 2, 1, 3)),
                gradient("with gaps, keys for all", matrix(f32, 1, 2, 300, 8).slice(2, 0, 2, 4), matrix(f32, 2, 4, 800)
                        .broadcastTo(matrix(f32, 2, 2, 4, 800).shape()), matrix(f32, 3, 2, 300, 1),
                        matrix(f32, 4, 2, 1, 800), matrix(f32, 5, 2, 800, 2)),
                gradient("one row, one column", matrix(f32, 1, 1, 4), matrix(f32, 2, 4, 1), matrix(f32, 3, 1, 2),
                        matrix(f32, 4, 2, 1), matrix(f32, 5, 1, 4)),
                gradient("no rows", matrix(f32, 1, 0, 4), matrix(f32, 2, 4, 3), matrix(f32, 3, 0, 2),
                        matrix(f32, 4, 2, 3), matrix(f32, 5, 3, 4)),
                atOnce("plain", matrix(f32, 1, 2, 3, 20, 8), matrix(f32, 2, 2, 3, 8, 12), matrix(f32, 3, 2, 3, 20, 5),
                        matrix(f32, 4, 2, 3, 5, 12), matrix(f32, 5, 2, 3, 12, 8)),
                atOnce("f64, many panels", matrix(f64, 1, 1, 700, 4), matrix(f64, 2, 1, 4, 900), matrix(f64, 3, 1, 700,
                        3), matrix(f64, 4, 1, 3, 900), matrix(f64, 5, 1, 900, 4)),
                atOnce("one cotangent for all", matrix(f32, 1, 3, 500, 4), matrix(f32, 2, 3, 4, 1100),
                        matrix(f32, 3, 1, 1, 1).broadcastTo(matrix(f32, 3, 3, 500, 6).shape()),
                        matrix(f32, 4, 3, 6, 1100), matrix(f32, 5, 3, 1100, 4)));
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
        int next = inputs.length;
        var reads = new ArrayList<>(IntStream.range(3, next).boxed().toList());
        reads.add(product, next);
        var kernel = new Kernel.Product(next, List.of(new PanelStep.Multiply(0, 1), new PanelStep.Apply(rows, reads),
                new PanelStep.Multiply(next + 1, 2)), List.of(next + 2));
        return new Case("attention, " + name, kernel, List.of(inputs), kernel.values(Arrays.stream(inputs)
                .map(Tensor::type).toList()).subList(next + 2, next + 3), 64, dtype == DType.F64 ? 1e-12 : 1e-4);
    }

    /** The gradients of queries, keys and values, whose weights are computed anew. */
    private static Case gradient(String name, Tensor q, Tensor keys, Tensor g, Tensor values, Tensor turned) {
        var dtype = q.dtype();
        var scores = new Input(0, dtype);
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, scores, new Stage(0, dtype)));
        var softmax = new Kernel.Rows(List.of(dtype), List.of(new RowStage(scores, Fold.MAX),
                new RowStage(power, Fold.SUM)), List.of(new Binary(BinaryOp.DIV, power, new Stage(1, dtype))));
        var weight = new Input(0, dtype);
        var back = new Input(1, dtype);
        var scored = new Binary(BinaryOp.MUL, weight, new Binary(BinaryOp.SUB, back, new Stage(0, dtype)));
        var pullback = new Kernel.Rows(List.of(dtype, dtype), List.of(new RowStage(new Binary(BinaryOp.MUL, weight,
                back), Fold.SUM)), List.of(scored));
        var inputs = List.of(q, keys, g, values, turned);
        var kernel = new Kernel.Product(5, List.of(new PanelStep.Multiply(0, 1), new PanelStep.Apply(softmax,
                List.of(5)), new PanelStep.Accumulate(6, 2), new PanelStep.Multiply(2, 3),
                new PanelStep.Apply(pullback, List.of(6, 8)), new PanelStep.Multiply(9, 4),
                new PanelStep.Accumulate(0, 9)), List.of(10, 11, 7));
        var types = kernel.values(inputs.stream().map(Tensor::type).toList());
        return new Case("attention's gradient, " + name, kernel, inputs, kernel.results().stream().map(types::get)
                .toList(), 64, dtype == DType.F64 ? 1e-11 : 1e-3);
    }

    /** The same where weights and the gradient of the scores come from one kernel of two products. */
    private static Case atOnce(String name, Tensor q, Tensor keys, Tensor g, Tensor values, Tensor turned) {
        var dtype = q.dtype();
        var scores = new Input(0, dtype);
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, scores, new Stage(0, dtype)));
        var weight = new Binary(BinaryOp.DIV, power, new Stage(1, dtype));
        var back = new Input(1, dtype);
        var both = new Kernel.Rows(List.of(dtype, dtype), List.of(new RowStage(scores, Fold.MAX),
                new RowStage(power, Fold.SUM), new RowStage(new Binary(BinaryOp.MUL, weight, back), Fold.SUM)),
                List.of(weight, new Binary(BinaryOp.MUL, weight, new Binary(BinaryOp.SUB, back,
                        new Stage(2, dtype)))));
        var inputs = List.of(q, keys, g, values, turned);
        var kernel = new Kernel.Product(5, List.of(new PanelStep.Multiply(0, 1), new PanelStep.Multiply(2, 3),
                new PanelStep.Apply(both, List.of(5, 6)), new PanelStep.Accumulate(7, 2),
                new PanelStep.Multiply(8, 4), new PanelStep.Accumulate(0, 8)), List.of(10, 11, 9));
        var types = kernel.values(inputs.stream().map(Tensor::type).toList());
        return new Case("attention's gradient at once, " + name, kernel, inputs, kernel.results().stream()
                .map(types::get).toList(), 64, dtype == DType.F64 ? 1e-11 : 1e-3);
    }
}
