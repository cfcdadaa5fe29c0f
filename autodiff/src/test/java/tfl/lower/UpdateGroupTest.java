package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;
import static tfl.lower.RandomGraphTest.close;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tfl.backend.KernelCancelled;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.plan.ProgramPlan;
import tfl.primitive.Binary;
import tfl.primitive.Reshape;
import tfl.primitive.Slice;
import tfl.primitive.Sort;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.OperationTimes;

/** Updates of several shapes are one step. */
class UpdateGroupTest {
    private static final List<long[]> SMALL = List.of(new long[] {}, new long[] {7}, new long[] {3, 5});
    private static final List<long[]> MIXED = List.of(new long[] {130, 150}, new long[] {150}, new long[] {150, 40},
            new long[] {1}, new long[] {61, 81});

    private static TensorType type(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    private static Atom minus(GraphBuilder b, Atom parameter, Atom gradient) {
        var half = b.full(gradient.type(), 0.5);
        return b.call(new Binary(BinaryOp.SUB), parameter, b.call(new Binary(BinaryOp.MUL), gradient, half));
    }

    /** A step for parameters of these shapes, which come first; their gradients are further inputs, or made of them. */
    private static Graph descent(boolean made, List<long[]> shapes) {
        var b = new GraphBuilder();
        var parameters = shapes.stream().map(shape -> b.input(type(shape))).toList();
        var results = new ArrayList<Atom>();
        for (var parameter : parameters) {
            Atom given = b.input(parameter.type());
            results.add(minus(b, parameter, made ? b.call(new Sort(false, false), given) : given));
        }
        return b.graph(results);
    }

    private static Tensor[] inputs(Graph graph) {
        return RandomGraphs.inputs(graph, 5).toArray(Tensor[]::new);
    }

    private static List<Integer> kernels(Program program) {
        return program.plan().steps().stream().map(step -> step.parts().size()).toList();
    }

    @Test
    void updatesOfSeveralShapesAreOneKernel() {
        for (var shapes : List.of(SMALL, MIXED)) {
            var graph = descent(false, shapes);
            var program = Lower.of(graph, CPU);
            var kernel = program.report().kernels().getFirst();
            assertEquals(1, program.report().kernels().size());
            assertEquals("loops", kernel.kind());
            assertEquals(shapes.size() + " × loop(x0: f32, x1: f32) -> x0 - (x1 * 0.5)", kernel.text());
            assertEquals(shapes.size(), kernel.outputs().size());
            assertEquals(2 * kernel.bytesWritten(), kernel.bytesRead());
            assertEquals(Lower.unfused(graph, CPU).report().flops(), kernel.flops());
            close(List.of(Lower.unfused(graph, CPU).run(inputs(graph), 0)), program.run(inputs(graph), 0), 0, "");
        }
    }

    @Test
    void theyAreWrittenOverTheirArgumentsIfThatSavesMuch() {
        var graph = descent(false, MIXED);
        var program = Lower.of(graph, CPU);
        assertEquals(List.of(0, 1, 2, 3, 4), program.report().over());
        var expected = program.run(inputs(graph), 0);
        var over = new boolean[10];
        Arrays.fill(over, 0, 5, true);
        over[1] = false;
        var given = inputs(graph);
        var results = program.runOver(given, over);
        close(List.of(expected), results, 0, "over the parameters");
        for (int k = 0; k < results.length; k++) {
            assertEquals(over[k], given[k].storage() == results[k].storage());
        }
        assertNotSame(given[6].storage(), results[1].storage());
        assertEquals(List.of(), Lower.of(descent(false, SMALL), CPU).report().over());
    }

    @Test
    void aGradientGivesItsPlaceAndTakesNoMore() {
        var graph = descent(true, MIXED);
        var program = Lower.of(graph, CPU);
        assertEquals(List.of(1, 1, 1, 1, 1, 5), kernels(program));
        assertEquals(MIXED.stream().mapToLong(shape -> type(shape).bytes()).sum(), program.plannedPeakBytes());
        var expected = Lower.unfused(graph, CPU).run(inputs(graph), 0);
        close(List.of(expected), program.run(inputs(graph), 0), 0, "");
        var over = new boolean[10];
        Arrays.fill(over, true);
        close(List.of(expected), program.runOver(inputs(graph), over), 0, "");
    }

    /** A row of a large value would keep all of it; and two that read one value cannot both write over it. */
    @Test
    void whatWouldKeepMoreMemoryStaysAlone() {
        var b = new GraphBuilder();
        var p = b.input(type(150));
        var q = b.input(type(90));
        var sorted = b.call(new Sort(false, false), b.input(type(300, 150)));
        var row = b.call(new Slice(List.of(3L, 0L), List.of(1L, 150L), List.of(1L, 1L)), sorted);
        var graph = b.graph(List.of(minus(b, p, b.call(new Reshape(Shape.of(150)), row)),
                minus(b, q, b.input(type(90)))));
        assertEquals(List.of(), kernels(Lower.of(graph, CPU)).stream().filter(parts -> parts > 1).toList());

        var c = new GraphBuilder();
        var gradient = c.call(new Sort(false, false), c.input(type(200, 90)));
        var twice = c.graph(List.of(minus(c, c.input(type(200, 90)), gradient), minus(c, c.input(type(90, 200)),
                c.call(new Reshape(Shape.of(90, 200)), gradient)), minus(c, c.input(type(8)), c.input(type(8)))));
        var program = Lower.of(twice, CPU);
        assertEquals(1, kernels(program).stream().filter(parts -> parts == 2).count(), program.report().toString());
        close(List.of(Lower.unfused(twice, CPU).run(inputs(twice), 0)), program.run(inputs(twice), 0), 0, "");
    }

    /** It keeps the threads busy by itself. */
    @Test
    void aLargeOneIsAStepForItself() {
        var shapes = List.of(new long[] {512, 600}, new long[] {600}, new long[] {600, 3});
        var program = Lower.of(descent(false, shapes), CPU);
        assertEquals(List.of(2, 1), kernels(program));
        assertEquals(List.of(0), program.report().over());
    }

    @Test
    void manyAreSeveral() {
        var shapes = LongStream.range(1, 301).mapToObj(size -> new long[] {size}).toList();
        assertEquals(List.of(44, 256), kernels(Lower.of(descent(false, shapes), CPU)));
    }

    @Test
    void aPlanOnDiskHoldsThem() {
        var graph = descent(true, MIXED);
        var read = PlanTest.throughDisk(graph, CPU);
        assertEquals(List.of(1, 1, 1, 1, 1, 5), kernels(read));
        close(List.of(Lower.of(graph, CPU).run(inputs(graph), 0)), read.run(inputs(graph), 0), 0, "");
        assertTrue(read.report().kernels().getLast().compiled().isPresent());
    }

    @Test
    void otherSizesAreTold() {
        var sizes = SizedPlans.ofFunction();
        Optional<ProgramPlan> told = Optional.empty();
        Graph graph = null;
        for (long n : new long[] {140, 160, 190, 220, 175}) {
            graph = descent(true, List.of(new long[] {130, n}, new long[] {n}, new long[] {n, 40}));
            told = sizes.plan(graph);
            sizes.learn(graph, Lower.of(graph, CPU).plan());
        }
        var program = Linker.program(told.orElseThrow(), CPU, Preparation.atOnce(), () -> null);
        assertEquals(List.of(1, 1, 1, 3), kernels(program));
        close(List.of(Lower.of(graph, CPU).run(inputs(graph), 0)), program.run(inputs(graph), 0), 0, "");
    }

    @Test
    void anInterruptBeforeThemLeavesTheParameters() {
        var graph = descent(true, MIXED);
        var program = Lower.of(graph, CPU);
        var given = inputs(graph);
        var over = new boolean[10];
        Arrays.fill(over, true);
        Thread.currentThread().interrupt();
        try {
            assertThrows(KernelCancelled.class, () -> program.runOver(given, over));
        } finally {
            Thread.interrupted();
        }
        close(List.of(inputs(graph)), given, 0, "as they were");
        assertSame(given[0].storage(), program.runOver(given, over)[0].storage());
    }

    @Test
    void aProfileNamesThemOnce() {
        var graph = descent(false, MIXED);
        var program = Lower.of(graph, CPU);
        var times = OperationTimes.start();
        program.run(inputs(graph), 0);
        times.stop();
        assertEquals(1, times.times().get(program.report().kernels().getFirst().title()).calls());
    }
}
