package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.BackgroundCompiler;
import tfl.backend.Executable;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Java loops give way to compiled code, and nobody sees it. */
class TieredExecutableTest {
    private static final long[] SIZES = {TieredExecutable.FEWEST, 1777, 4096};

    private static Stream<ScalarExpr> bodies() {
        return Stream.of(DType.F32, DType.F64, DType.I32, DType.I64, DType.U8).flatMap(dtype -> {
            var x = new Input(0, dtype);
            var y = new Input(1, dtype);
            var triad = new Binary(BinaryOp.ADD, new Binary(BinaryOp.MUL, x, y), x);
            var less = new Binary(BinaryOp.LT, x, y);
            var difference = new Binary(BinaryOp.SUB, x, y);
            var thousandfold = new Binary(BinaryOp.MUL, x, new Constant(Double.doubleToRawLongBits(1000), dtype));
            var all = Stream.of(triad, new Binary(BinaryOp.MAX, x, y), less, new Select(less, y, difference),
                    new Unary(UnaryOp.NEG, triad), new Cast(DType.F64, triad));
            return dtype.isFloat() ? Stream.concat(all, Stream.of(new Binary(BinaryOp.DIV, x, y),
                    new Unary(UnaryOp.SQRT, x), new Cast(DType.I32, thousandfold))) : all;
        });
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bothTiersGiveTheSameBits(ScalarExpr body) {
        for (long size : SIZES) {
            var x = sample(body, 1, size);
            var y = sample(body, 2, size);
            var tiered = compile(body, x);
            assertFalse(tiered.compiled().isPresent(), "loops come first");
            var first = tiered.run(new Tensor[] {x, y}, 0)[0];
            tiered.prepare(Strides.all(new Tensor[] {x, y}));
            assertTrue(tiered.compiled().isPresent(), "compiled code comes then");
            var second = tiered.run(new Tensor[] {x, y}, 0)[0];
            assertArrayEquals(first.toDoubles(), second.toDoubles());
        }
    }

    @Test
    @Timeout(60)
    void manyRunsEndInCompiledCode() throws InterruptedException {
        var body = new Binary(BinaryOp.ADD, new Input(0, DType.F64), new Input(1, DType.F64));
        var x = sample(body, 1, 2000);
        var y = sample(body, 2, 2000);
        var tiered = compile(body, x);
        var first = tiered.run(new Tensor[] {x, y}, 0)[0].toDoubles();
        for (int i = 0; i < 5_000 || tiered.compiled().isEmpty(); i++) {
            tiered.run(new Tensor[] {x, y}, 0)[0].discard();
            if (i > 5_000) {
                Thread.sleep(1);
            }
        }
        assertArrayEquals(first, tiered.run(new Tensor[] {x, y}, 0)[0].toDoubles());
    }

    @Test
    @Timeout(60)
    void whatCannotBeCompiledGoesOnInJava() throws InterruptedException {
        var tried = new CountDownLatch(1);
        Executable loops = (inputs, donated) -> inputs;
        Executable broken = new Executable() {
            @Override
            public Tensor[] run(Tensor[] inputs, int donated) {
                throw new AssertionError("it was never ready");
            }

            @Override
            public void prepare(long[][] strides) {
                tried.countDown();
                throw new LinkageError("no code");
            }
        };
        var tiered = new TieredExecutable(loops, broken);
        var x = Tensor.of(new double[] {1, 2}, 2);
        var printed = new ByteArrayOutputStream();
        var errors = System.err;
        System.setErr(new PrintStream(printed, true));
        try {
            for (int i = 0; i < 6_000; i++) {
                tiered.run(new Tensor[] {x}, 0);
            }
            tried.await();
            var behind = new CountDownLatch(1);
            BackgroundCompiler.submit(behind::countDown);
            behind.await();
        } finally {
            System.setErr(errors);
        }
        assertEquals("", printed.toString());
        assertSame(x, tiered.run(new Tensor[] {x}, 0)[0]);
        assertFalse(tiered.compiled().isPresent());
        // A graph that gets it ready is told.
        assertThrows(LinkageError.class, () -> tiered.prepare(Strides.all(new Tensor[] {x})));
    }

    private static TieredExecutable compile(ScalarExpr body, Tensor like) {
        var kernel = new Kernel.Loop(List.of(like.dtype(), like.dtype()), List.of(body));
        return (TieredExecutable) new CpuBackend().compile(kernel, List.of(like.type(), like.type()),
                List.of(new TensorType(body.dtype(), like.shape())));
    }

    private static Tensor sample(ScalarExpr body, int seed, long size) {
        return Samples.tensor(input(body).dtype(), seed, Shape.of(size));
    }

    private static Input input(ScalarExpr body) {
        return body instanceof Input input ? input : input(body.parts().getFirst());
    }
}
