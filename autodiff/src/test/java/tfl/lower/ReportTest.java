package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;

import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.backend.Compiled;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.Routine;
import tfl.kernel.UnaryOp;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.MatMul;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** What a program tells of itself. */
class ReportTest {
    /** {@code tanh(x @ w + b)} over f32[128, 64]. */
    private static Graph dense() {
        var b = new GraphBuilder();
        var product = b.call(new MatMul(), b.input(type(128, 32)), b.input(type(32, 64)));
        var bias = b.call(new BroadcastTo(Shape.of(128, 64)), b.input(type(64)));
        return b.graph(List.of(b.call(new Unary(UnaryOp.TANH), b.call(new Binary(BinaryOp.ADD), product, bias))));
    }

    private static TensorType type(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    @Test
    void kernelsSayWhatTheyWereMadeOf() {
        var kernels = Lower.of(dense(), CPU).report().kernels();
        assertEquals(List.of("product"), kernels.stream().map(Report.Entry::kind).toList());
        assertEquals(List.of("@", "add", "tanh"),
                kernels.getLast().origins().stream().map(Report.Origin::name).toList());
        assertEquals(List.of(type(128, 64)), kernels.getLast().outputs());
    }

    @Test
    void workIsCounted() {
        var kernels = Lower.of(dense(), CPU).report().kernels();
        assertEquals(2L * 128 * 64 * 32 + 15 * 128 * 64, kernels.getFirst().flops());
        assertEquals(4L * (128 * 32 + 32 * 64 + 64), kernels.getFirst().bytesRead());
        assertEquals(4L * 128 * 64, kernels.getFirst().bytesWritten());
    }

    @Test
    void workOfRoutinesIsThatOfTheTextbook() {
        assertEquals(9_000, flops(new Routine.Cholesky(DType.F32), type(30, 30)));
        assertEquals(2 * 9_000, flops(new Routine.Cholesky(DType.F64), type(2, 30, 30)));
        assertEquals(4 * 9_000, flops(new Routine.Cholesky(DType.C64), type(30, 30)));
        assertEquals(18_000 + 2 * 30 * 30 * 5, flops(new Routine.Solve(DType.F32), type(30, 30), type(30, 5)));
        assertEquals(30 * 30 * 5,
                flops(new Routine.TriangularSolve(DType.F32, true, false, false), type(30, 30), type(30, 5)));
        assertEquals(18_000, flops(new Routine.Lu(DType.F32), type(30, 30)));
        assertEquals(4 * 30 * 30 * 50, flops(new Routine.Qr(DType.F32, false), type(60, 30)));
        assertEquals(8 * 5 * 1024 * 10, flops(new Routine.Fft(false), type(8, 1024)));
        assertEquals(0, flops(new Routine.Sort(DType.F32, false), type(1024)));
        assertEquals(0, flops(new Routine.Cholesky(DType.F32), type(0, 30, 30)));
    }

    private static long flops(Routine routine, TensorType... inputs) {
        return RoutineWork.flops(routine, List.of(inputs));
    }

    @Test
    void theProductsMemoryServesTheResult() {
        assertEquals(4L * 128 * 64, Lower.of(dense(), CPU).plannedPeakBytes());
        assertEquals(4L * 128 * 64, Lower.unfused(dense(), CPU).plannedPeakBytes());
    }

    @Test
    void compiledKernelsShowTheirCode() {
        var loop = Lower.of(dense(), CPU).report().kernels().getLast().compiled().orElseThrow();
        assertTrue(loop.text(Compiled.Form.WRITTEN).contains("define void @kernel"));
        assertTrue(loop.text(Compiled.Form.OPTIMISED).contains(" x float>"));
        assertTrue(loop.text(Compiled.Form.ASSEMBLY).contains("kernel:"));
        assertTrue(loop.nanos() > 0);
    }
}
