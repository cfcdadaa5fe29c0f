package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Copies, transposes, gathers and scans of every element size, against the reference. */
class MoveAgreementTest {
    private static Tensor count(DType dtype, long... dims) {
        return Tensor.of(dtype, LongStream.range(0, Shape.of(dims).size()).map(i -> i % 113).toArray(), dims);
    }

    @TestFactory
    Stream<DynamicTest> copies() {
        return Stream.of(DType.BOOL, DType.I16, DType.F32, DType.C64).flatMap(dtype -> Stream.of(
                copy("turned, with edges", count(dtype, 77, 141).permute(1, 0)),
                copy("turned, narrow", count(dtype, 3, 141).permute(1, 0)),
                copy("turned matrices", count(dtype, 5, 70, 9).permute(0, 2, 1)),
                copy("first axis last", count(dtype, 12, 10, 67).permute(1, 2, 0)),
                copy("reversed", count(dtype, 30, 50).reverse(1)),
                copy("every third", count(dtype, 30, 50).slice(1, 1, 3, 16)),
                copy("broadcast", count(dtype, 1, 50).broadcastTo(Shape.of(40, 50)))));
    }

    private static DynamicTest copy(String name, Tensor source) {
        return DynamicTest.dynamicTest(source.dtype() + " " + name,
                () -> Agreement.check(new Kernel.Copy(source.dtype()), 0, List.of(source.type()), source));
    }

    @Test
    void aTransposedInputIsStraightenedFirst() {
        var x = count(DType.F32, 160, 130);
        var y = count(DType.F32, 130, 160).permute(1, 0);
        var kernel = new Kernel.Loop(List.of(DType.F32, DType.F32), List.of(new ScalarExpr.Binary(BinaryOp.SUB,
                new ScalarExpr.Input(0, DType.F32), new ScalarExpr.Input(1, DType.F32))));
        Agreement.check(kernel, 0, List.of(x.type()), x, y);
    }

    @Test
    void anIndexOutsideIsRefusedAndNothingElseHappens() {
        var table = count(DType.F32, 10, 3);
        for (long wrong : new long[] {-1, 10, Long.MIN_VALUE, Long.MAX_VALUE}) {
            var index = Tensor.of(new long[] {0, wrong, 9}, 3);
            var gather = new Kernel.Gather(DType.F32, 1);
            var output = new TensorType(DType.F32, Shape.of(3, 3));
            var run = new CpuBackend(false).compile(gather, List.of(table.type(), index.type()), List.of(output));
            assertThrows(IndexOutOfBoundsException.class, () -> run.run(new Tensor[] {table, index}, 0));
        }
    }

    @Test
    void aLongScanGoesOverManyChunks() {
        int n = 300_000;
        var x = Tensor.of(LongStream.range(0, n).map(i -> i % 7 - 3).toArray(), n);
        var kernel = new Kernel.Scan(DType.I64, Kernel.Fold.SUM, 0, true, false, DType.I64);
        var result = new CpuBackend(false).compile(kernel, List.of(x.type()), List.of(x.type()))
                .run(new Tensor[] {x}, 0)[0].toLongs();
        var expected = x.toLongs();
        for (int i = n - 2; i >= 0; i--) {
            expected[i] += expected[i + 1];
        }
        assertArrayEquals(expected, result);
    }
}
