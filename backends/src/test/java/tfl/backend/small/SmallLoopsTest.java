package tfl.backend.small;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.backend.Backend;
import tfl.backend.BackendContract;
import tfl.backend.Case;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Input;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The contract for what the small loops take on. */
class SmallLoopsTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new Backend() {
            @Override
            public String device() {
                return "small";
            }

            @Override
            public Executable compile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
                var small = SmallLoops.tryCompile(kernel, inputs, outputs);
                return small != null ? small.executable() : new ReferenceBackend().compile(kernel, inputs, outputs);
            }
        };
    }

    @Override
    protected boolean claims(Case row) {
        return SmallLoops.tryCompile(row.kernel(), row.types(), row.outputs()) != null;
    }

    private static SmallLoops.Prepared add(DType dtype, long size) {
        var sum = new Binary(BinaryOp.ADD, new Input(0, dtype), new Input(1, dtype));
        var type = new TensorType(dtype, Shape.of(size));
        return SmallLoops.tryCompile(new Kernel.Loop(List.of(dtype, dtype), List.of(sum)), List.of(type, type),
                List.of(type));
    }

    @Test
    void takesSmallWorkOnly() {
        assertNotNull(add(DType.F32, 16));
        assertNotNull(add(DType.BOOL, 0));
        assertNull(add(DType.F32, 100_000));
        assertNull(add(DType.C64, 16));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 63, 64, 65, 71, 72, 333, 480})
    void sumsEveryElementOnce(int count) {
        for (var dtype : List.of(DType.F32, DType.F64, DType.I64)) {
            var rows = new TensorType(dtype, Shape.of(2, count / 2));
            var sums = new TensorType(dtype, Shape.of(2));
            var x = new Input(0, dtype);
            var kernel = new Kernel.Reduce(List.of(dtype), x, Kernel.Fold.SUM, List.of(1), dtype, dtype);
            var values = IntStream.range(0, count / 2 * 2).mapToDouble(i -> i).toArray();
            var input = Tensor.of(dtype, values, 2, count / 2);
            var result = SmallLoops.tryCompile(kernel, List.of(rows), List.of(sums)).executable()
                    .run(new Tensor[] {input}, 0)[0].toDoubles();
            double n = count / 2;
            assertArrayEquals(new double[] {n * (n - 1) / 2, n * (n - 1) / 2 + n * n}, result);
        }
    }
}
