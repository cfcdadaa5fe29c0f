package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.Backend;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.Graph;
import tfl.tensor.DType;
import tfl.tensor.Memory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** Random graphs give what their equations give one by one. */
class RandomGraphTest {
    static final EagerOps CPU = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
    static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());
    private static final Shape[] SMALL = {Shape.of(3, 5), Shape.of(5), Shape.of(3, 1), Shape.SCALAR};
    private static final Shape[] LARGE = {Shape.of(40, 200), Shape.of(200), Shape.of(40, 1), Shape.SCALAR};
    private static final Shape[] CUBES = {Shape.of(4, 20, 100), Shape.of(20, 1), Shape.of(100), Shape.of(4, 1, 1)};

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("tfl.seeds", 40));
    }

    static List<Tensor> apply(Graph graph, EagerOps ops, List<Tensor> inputs) {
        return graph.apply(ops, List.<TensorValue>copyOf(inputs)).stream().map(Tensor.class::cast).toList();
    }

    static void close(List<Tensor> expected, Tensor[] actual, double tolerance, String what) {
        assertEquals(expected.size(), actual.length);
        for (int k = 0; k < actual.length; k++) {
            assertEquals(expected.get(k).type(), actual[k].type(), what);
            var wanted = expected.get(k).toDoubles();
            var found = actual[k].toDoubles();
            for (int i = 0; i < wanted.length; i++) {
                double scale = Math.max(1, Math.abs(wanted[i]));
                if (!(Math.abs(wanted[i] - found[i]) <= tolerance * scale)
                        && Double.compare(wanted[i], found[i]) != 0) {
                    assertEquals(wanted[i], found[i], tolerance * scale, what + ", result " + k + " at " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void referenceAgrees(long seed) {
        var graph = RandomGraphs.make(seed, DType.F64, false, 30, SMALL);
        var inputs = RandomGraphs.inputs(graph, seed);
        var expected = apply(graph, REFERENCE, inputs);
        var fused = Lower.of(graph, REFERENCE);
        close(expected, fused.run(inputs.toArray(Tensor[]::new), 0), 1e-9, fused.report().toString());
        close(expected, Lower.unfused(graph, REFERENCE).run(inputs.toArray(Tensor[]::new), 0), 0, "unfused");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void compiledAgrees(long seed) {
        var graph = RandomGraphs.make(1000 + seed, DType.F64, false, 30, seed % 2 == 0 ? LARGE : CUBES);
        var inputs = RandomGraphs.inputs(graph, seed);
        var expected = apply(graph, CPU, inputs);
        var fused = Lower.of(graph, CPU);
        close(expected, fused.run(inputs.toArray(Tensor[]::new), 0), 1e-8, fused.report().toString());
        close(List.of(fused.run(inputs.toArray(Tensor[]::new), 0)),
                PlanTest.throughDisk(graph, CPU).run(inputs.toArray(Tensor[]::new), 0), 0, "from disk");
        close(expected, Lower.unfused(graph, CPU).run(inputs.toArray(Tensor[]::new), 0), 0, "unfused");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void arithmeticIsExact(long seed) {
        for (var dtype : List.of(DType.F32, DType.I32)) {
            var graph = RandomGraphs.make(2000 + seed, dtype, true, 30, seed % 3 == 0 ? SMALL : seed % 3 == 1 ? LARGE
                    : CUBES);
            var inputs = RandomGraphs.inputs(graph, seed);
            var expected = apply(graph, CPU, inputs);
            var fused = Lower.of(graph, CPU);
            close(expected, fused.run(inputs.toArray(Tensor[]::new), 0), 0, fused.report().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void donatedInputsServeResults(long seed) {
        var graph = RandomGraphs.make(3000 + seed, DType.F32, false, 25, seed % 2 == 0 ? SMALL : LARGE);
        var given = RandomGraphs.inputs(graph, seed);
        for (var program : List.of(Lower.of(graph, CPU), Lower.unfused(graph, CPU))) {
            var expected = program.run(given.toArray(Tensor[]::new), 0);
            var inputs = RandomGraphs.inputs(graph, seed);
            var actual = program.run(inputs.toArray(Tensor[]::new), -1);
            inputs.forEach(Tensor::discard);
            close(List.of(expected), actual, 0, program.report().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLeft(long seed) {
        var graph = RandomGraphs.make(4000 + seed, DType.F32, false, 25, LARGE);
        for (var program : List.of(Lower.of(graph, CPU), Lower.unfused(graph, CPU))) {
            var inputs = RandomGraphs.inputs(graph, seed).toArray(Tensor[]::new);
            discard(program.run(inputs, 0));
            long before = Memory.inUse();
            for (int k = 0; k < 5; k++) {
                discard(program.run(inputs, 0));
            }
            // The collector may free what other tests left.
            assertTrue(Memory.inUse() <= before, program.report().toString());
            for (var input : inputs) {
                assertTrue(input.isTemporary(), "a view of an input was left");
            }
        }
    }

    private static void discard(Tensor[] tensors) {
        for (var tensor : tensors) {
            tensor.discard();
        }
    }

    @Test
    void threadsShareAProgram() throws Exception {
        var graph = RandomGraphs.make(77, DType.F32, false, 40, LARGE);
        var program = Lower.of(graph, CPU);
        var inputs = RandomGraphs.inputs(graph, 1).toArray(Tensor[]::new);
        var expected = List.of(program.run(inputs, 0));
        var jobs = new ArrayList<Callable<Void>>();
        for (int k = 0; k < 200; k++) {
            jobs.add(() -> {
                var results = program.run(inputs, 0);
                close(expected, results, 0, "several threads");
                discard(results);
                return null;
            });
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (var done : pool.invokeAll(jobs)) {
                done.get();
            }
        }
    }
}
