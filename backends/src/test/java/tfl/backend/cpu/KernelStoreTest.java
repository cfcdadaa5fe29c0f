package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tfl.backend.CacheDirectory;
import tfl.backend.KernelCancelled;
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
    void anObjectComesBackFromDiskUnlessItIsDamaged() throws Exception {
        var name = KernelCache.name("no module " + System.nanoTime());
        var object = new byte[] {1, 2, 3, 4, 5};
        KernelCache.write(name, object);
        assertArrayEquals(object, KernelCache.read(name).orElseThrow());
        var file = CacheDirectory.root().resolve("kernels").resolve(name + ".o");
        var whole = Files.readAllBytes(file);
        var flipped = whole.clone();
        flipped[0] ^= 1;
        for (var damaged : List.of(new byte[0], Arrays.copyOf(whole, 4),
                Arrays.copyOf(whole, whole.length - 1), flipped)) {
            Files.write(file, damaged);
            assertTrue(KernelCache.read(name).isEmpty(), damaged.length + " bytes");
        }
        KernelCache.remove(name);
        assertTrue(KernelCache.read(name).isEmpty());
    }

    @Test
    void otherModulesHaveOtherNames() {
        assertNotEquals(KernelCache.name("a"), KernelCache.name("b"));
        assertEquals(KernelCache.name("a"), KernelCache.name("a"));
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
