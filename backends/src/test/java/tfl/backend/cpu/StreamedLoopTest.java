package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.LoopKernel;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Loops whose results go past the caches give the same bits, at every end of a block and of a range. */
class StreamedLoopTest {
    private static final long[] SIZES = {1, 511, 512, 513, 64 * 1024 + 77};

    @ParameterizedTest
    @EnumSource(DType.class)
    void givesTheSame(DType dtype) {
        var x = new ScalarExpr.Input(0, dtype);
        var y = new ScalarExpr.Input(1, dtype);
        var both = new ScalarExpr.Binary(dtype == DType.BOOL ? BinaryOp.XOR : BinaryOp.MUL, x, y);
        var loop = new Kernel.Loop(List.of(dtype, dtype), List.of(both, new ScalarExpr.Cast(DType.F64, x)));
        for (long size : SIZES) {
            var inputs = new Tensor[] {count(dtype, size, 113), count(dtype, size, 7)};
            var plain = run(loop, inputs, false);
            var streamed = run(loop, inputs, true);
            for (int k = 0; k < plain.length; k++) {
                assertArrayEquals(plain[k].toBytes(), streamed[k].toBytes(), dtype + " " + size);
            }
        }
    }

    private static Tensor count(DType dtype, long size, long period) {
        return Tensor.of(dtype, LongStream.range(0, size).map(i -> i % period).toArray(), size);
    }

    private static Tensor[] run(Kernel.Loop loop, Tensor[] inputs, boolean streams) {
        long size = inputs[0].size();
        var kernel = new LoopKernel(loop, 1, Collections.nCopies(inputs.length, InnerStride.DENSE), streams);
        var code = KernelStore.get(kernel).get("kernel");
        var outputs = loop.bodies().stream().map(body -> Tensor.allocate(body.dtype(), size)).toArray(Tensor[]::new);
        var arguments = KernelArguments.start().addresses(outputs).addresses(inputs).add(size).add(1).add(1);
        long middle = Math.min(size, 1024);
        code.run(arguments.address(), 0, middle);
        code.run(arguments.address(), middle, size);
        return outputs;
    }
}
