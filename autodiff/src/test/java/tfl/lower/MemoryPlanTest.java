package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.UnaryOp;
import tfl.primitive.Gather;
import tfl.primitive.IndexedAxes;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.Arena;
import tfl.tensor.DType;
import tfl.tensor.Memory;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Values that end with their program share one block of memory. */
class MemoryPlanTest {
    private static final Shape[] SHAPES = {Shape.of(60, 150), Shape.of(150), Shape.of(60, 1), Shape.SCALAR};

    private static TensorType type(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    /** A product of 600 rows, one of 500, and so on, of which each needs only the one before. */
    private static Graph shrinking() {
        var b = new GraphBuilder();
        Atom value = b.input(type(600, 100));
        var weights = b.input(type(100, 100));
        for (int rows = 600; rows > 100; rows -= 100) {
            value = b.call(new MatMul(), value, weights);
            value = b.call(new Gather(new IndexedAxes(List.of(0), "")), value, b.input(
                    new TensorType(DType.I64, Shape.of(rows - 100))));
        }
        return b.graph(List.of(b.call(new ReduceSum(List.of(0, 1)), value)));
    }

    private static Tensor[] inputs(Graph graph) {
        return graph.inputTypes().stream().map(each -> {
            var tensor = Tensor.allocate(each);
            for (long k = 0; k < each.shape().size(); k++) {
                switch (each.dtype()) {
                    case I64 -> NativeMemory.putLong(tensor.address(k), k);
                    default -> NativeMemory.putFloat(tensor.address(k), 0.01f);
                }
            }
            return tensor;
        }).toArray(Tensor[]::new);
    }

    @Test
    void differentSizesShareTheArena() {
        var graph = shrinking();
        var program = Lower.unfused(graph, CPU);
        // A product of 600 rows and the 500 that are picked of it; all that comes later lies where these were.
        assertEquals(4 * 100 * (600 + 500), program.plannedPeakBytes());
        assertEquals(4 * 100 * (600 + 500), program.report().arenaBytes());
        var inputs = inputs(graph);
        Memory.trim();
        program.run(inputs, 0)[0].discard();
        long kept = Memory.cached();
        assertTrue(kept >= 4 * 100 * 1100 && kept <= 4 * 100 * 1100 * 9 / 8, kept + " bytes are kept");
    }

    @ParameterizedTest
    @MethodSource("tfl.lower.RandomGraphTest#seeds")
    void resultsLieOutside(long seed) {
        var graph = RandomGraphs.make(5000 + seed, DType.F32, false, 25, SHAPES);
        var inputs = RandomGraphs.inputs(graph, seed).toArray(Tensor[]::new);
        for (var program : List.of(Lower.of(graph, CPU), Lower.unfused(graph, CPU))) {
            Arrays.stream(program.run(inputs, 0)).forEach(Tensor::discard);
            long before = Memory.inUse();
            var results = program.run(inputs, 0);
            long most = Arrays.stream(results).mapToLong(result -> result.storage().bytes() * 9 / 8 + 1024).sum();
            assertTrue(Memory.inUse() - before <= most, program.report().toString());
            Arrays.stream(results).forEach(Tensor::discard);
        }
    }

    @Test
    void aProgramThatFailsClosesIt() {
        var graph = shrinking();
        var program = Lower.of(graph, CPU);
        var inputs = inputs(graph);
        NativeMemory.putLong(inputs[4].address(7), 1000);
        assertTrue(program.report().arenaBytes() > 0);
        assertThrows(FailedStep.class, () -> program.run(inputs, 0));
        var arena = Arena.local();
        assertFalse(arena.serves());
        assertTrue(arena.open(1 << 20), "still open");
        arena.close();
    }

    @Test
    void fewValuesNeedNone() {
        var b = new GraphBuilder();
        var x = b.input(type(50, 60));
        var product = b.call(new MatMul(), x, b.call(new Transpose(List.of(1, 0)), x));
        var graph = b.graph(List.of(b.call(new ReduceSum(List.of(0, 1)), b.call(new Unary(UnaryOp.EXP), product))));
        assertEquals(0, Lower.of(graph, CPU).report().arenaBytes());
    }
}
