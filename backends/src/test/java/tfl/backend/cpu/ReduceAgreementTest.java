package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Every fold over every kind of axes in f32, and over the usual ones in every dtype, against the reference.
 */
class ReduceAgreementTest {
    private record Row(String name, List<Integer> axes, Tensor tensor) {}

    private static Stream<Row> rows(DType dtype) {
        return Stream.of(
                new Row("all", List.of(0), sample(dtype, 5000)),
                new Row("all of a matrix", List.of(0, 1), sample(dtype, 70, 33)),
                new Row("rows", List.of(1), sample(dtype, 7, 131)),
                new Row("columns", List.of(0), sample(dtype, 300, 37)),
                new Row("more columns than a unit takes", List.of(0), sample(dtype, 7, 2501)),
                new Row("more columns than are finished together", List.of(0), sample(dtype, 600, 300)),
                new Row("few columns", List.of(0), sample(dtype, 300, 3)),
                new Row("middle", List.of(1), sample(dtype, 3, 40, 21)),
                new Row("outer and inner", List.of(0, 2), sample(dtype, 9, 5, 40)),
                new Row("transposed rows", List.of(1), sample(dtype, 33, 40).permute(1, 0)),
                new Row("transposed columns", List.of(0), sample(dtype, 33, 40).permute(1, 0)),
                new Row("reversed", List.of(0), sample(dtype, 99).reverse(0)),
                new Row("every other", List.of(1), sample(dtype, 20, 64).slice(1, 1, 2, 32)),
                new Row("broadcast", List.of(0), sample(dtype, 1, 50).broadcastTo(Shape.of(30, 50))),
                new Row("one element", List.of(0), sample(dtype, 1)),
                new Row("axes of size one", List.of(0, 2), sample(dtype, 1, 20, 1)),
                new Row("none", List.of(), sample(dtype, 20)),
                new Row("scalar", List.of(), sample(dtype)));
    }

    private static Tensor sample(DType dtype, long... dims) {
        int size = (int) Shape.of(dims).size();
        var values = IntStream.range(0, size).mapToDouble(i -> (i * 37 % 101 - 50) / 16.0).toArray();
        if (size > 60 && dtype.isFloat() && size % 2 == 1) {
            values[47] = Double.NaN;
            values[51] = Double.NaN;
        }
        return Tensor.of(dtype, values, dims);
    }

    @TestFactory
    Stream<DynamicTest> folds() {
        return Stream.of(DType.values()).flatMap(dtype -> Stream.of(Fold.values())
                .filter(fold -> fits(fold, dtype)).flatMap(
                fold -> rows(dtype).limit(dtype == DType.F32 ? 20 : 6)
                        .filter(row -> row.axes().size() == 1 || !fold.name().startsWith("ARG")).map(row ->
                        DynamicTest.dynamicTest(fold + " " + dtype + " " + row.name(), () ->
                                check(fold, dtype, row)))));
    }

    private static boolean fits(Fold fold, DType dtype) {
        return switch (fold) {
            case ANY, ALL -> dtype == DType.BOOL;
            case SUM, PROD -> dtype != DType.BOOL;
            case MAX, MIN, ARG_MAX, ARG_MIN -> !dtype.isComplex();
        };
    }

    private static void check(Fold fold, DType dtype, Row row) {
        boolean argument = fold.name().startsWith("ARG");
        var output = argument ? DType.I64 : dtype;
        check(fold, new ScalarExpr.Input(0, dtype), row, output);
    }

    private static void check(Fold fold, ScalarExpr body, Row row, DType output) {
        var kernel = new Kernel.Reduce(List.of(row.tensor().dtype()), body, fold, row.axes(), body.dtype(), output);
        var kept = IntStream.range(0, row.tensor().rank()).filter(axis -> !row.axes().contains(axis))
                .mapToLong(row.tensor()::dim).toArray();
        // The definition adds in the dtype, one after the other; what is compared loses digits to that.
        Agreement.check(kernel, 2e4, List.of(new TensorType(output, Shape.of(kept))), row.tensor());
    }

    @TestFactory
    Stream<DynamicTest> positionsCount() {
        return rows(DType.F64).flatMap(row -> Stream.of(Fold.SUM, Fold.MAX).map(fold ->
                DynamicTest.dynamicTest(fold + " with positions, " + row.name(), () -> {
                    ScalarExpr body = new ScalarExpr.Input(0, DType.F64);
                    for (int axis = 0; axis < row.tensor().rank(); axis++) {
                        var place = new ScalarExpr.Cast(DType.F64, new ScalarExpr.Index(axis));
                        body = new ScalarExpr.Binary(axis % 2 == 0 ? BinaryOp.ADD : BinaryOp.MUL, body, place);
                    }
                    check(fold, body, row, DType.F64);
                })));
    }

    @Test
    void aLongSumIsAccurate() {
        int n = 3_000_001;
        var values = new float[n];
        double exact = 0;
        for (int i = 0; i < n; i++) {
            values[i] = i % 7 * 0.1f;
            exact += values[i];
        }
        var tensor = Tensor.of(values, n);
        var kernel = new Kernel.Reduce(List.of(DType.F32), new ScalarExpr.Input(0, DType.F32), Fold.SUM,
                List.of(0), DType.F32,
                DType.F32);
        var sum = new CpuBackend(false).compile(kernel, List.of(tensor.type()),
                List.of(new TensorType(DType.F32, Shape.SCALAR)))
                .run(new Tensor[] {tensor}, 0)[0];
        assertEquals(exact, sum.readDouble(0), exact * 2e-7);
    }
}
