package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tfl.backend.KernelCancelled;
import tfl.backend.llvm.SortKernel;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

class KernelStoreTest {
    private static final ScalarExpr X = new ScalarExpr.Input(0, DType.F32);
    private static final ScalarExpr Y = new ScalarExpr.Input(1, DType.F32);

    @Test
    void aKeyNamesTheGeneratorAndTheKernel() {
        var sort = new SortKernel(32);
        assertArrayEquals(KernelCache.key(sort, "a"), KernelCache.key(new SortKernel(32), "a"));
        assertFalse(Arrays.equals(KernelCache.key(sort, "a"), KernelCache.key(sort, "b")));
        assertFalse(Arrays.equals(KernelCache.key(sort, "a"), KernelCache.key(new SortKernel(64), "a")));
        assertArrayEquals(sort.text().getBytes(StandardCharsets.ISO_8859_1), KernelCache.key(sort, ""));
    }

    @Test
    void aDonatedInputIsUsedAgainWhereItLiesTheSame() {
        var kernel = new Kernel.Loop(List.of(DType.F32, DType.F32),
                List.of(new ScalarExpr.Binary(BinaryOp.SUB, X, Y)));
        var x = Tensor.of(new float[] {5, 6, 7, 8}, 4);
        var y = Tensor.of(new float[] {1, 2, 3, 4}, 4);
        var run = new CpuBackend(false).compile(kernel, List.of(x.type(), x.type()), List.of(x.type()));
        var fresh = run.run(new Tensor[] {x, x.reverse(0)}, 1)[0];
        assertArrayEquals(new float[] {-3, -1, 1, 3}, fresh.toFloats());
        assertArrayEquals(new float[] {5, 6, 7, 8}, x.toFloats());
        var reused = run.run(new Tensor[] {x, y}, 1)[0];
        assertSame(x.storage(), reused.storage());
        assertArrayEquals(new float[] {4, 4, 4, 4}, reused.toFloats());
    }

    @Test
    void anInterruptStopsAKernel() throws Exception {
        var kernel = new Kernel.Loop(List.of(DType.F32), List.of(new ScalarExpr.Unary(UnaryOp.LGAMMA, X)));
        var x = Tensor.allocate(DType.F32, 8 << 20);
        var run = new CpuBackend().compile(kernel, List.of(x.type()), List.of(x.type()));
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            while (true) {
                run.run(new Tensor[] {x}, 0)[0].discard();
            }
        });
        thread.setUncaughtExceptionHandler((who, problem) -> thrown.set(problem));
        thread.start();
        Thread.sleep(100);
        thread.interrupt();
        thread.join(5000);
        assertInstanceOf(KernelCancelled.class, thrown.get());
    }
}
