package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;
import static tfl.lower.RandomGraphTest.close;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tfl.backend.Backend;
import tfl.backend.Executable;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.Kernel;
import tfl.kernel.UnaryOp;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** Plans for sizes that follow from those for others. */
class SizedPlansTest {
    private static Graph graph(long seed, int n, int m) {
        return RandomGraphs.make(8000 + seed, DType.F64, false, 25, Shape.of(n, m), Shape.of(m), Shape.of(n, 1),
                Shape.SCALAR);
    }

    private static Optional<Program> told(SizedPlans sizes, Graph graph) {
        return sizes.plan(graph).map(plan -> Linker.program(plan, CPU, Preparation.atOnce(), () -> null));
    }

    private static Program learned(SizedPlans sizes, Graph graph) {
        var program = Lower.of(graph, CPU);
        var question = sizes.learn(graph, program.plan());
        for (int asked = 0; asked < 3 && question.isPresent(); asked++) {
            var other = question.get();
            question = sizes.learn(other, Lower.of(other, CPU).plan());
        }
        return program;
    }

    @Test
    void randomGraphsOfOtherSizesGiveWhatTheirOwnPlansGive() {
        int[][] rows = {{24, 60}, {40, 60}, {57, 60}, {33, 60}, {90, 60}, {64, 60}};
        int[][] both = {{24, 60}, {40, 90}, {57, 33}, {33, 71}, {90, 48}, {64, 128}, {50, 50}, {31, 96}};
        int told = 0;
        for (var table : List.of(rows, both)) {
            for (long seed = 0; seed < 40; seed++) {
                var sizes = SizedPlans.ofFunction();
                for (var size : table) {
                    var graph = graph(seed, size[0], size[1]);
                    var inputs = RandomGraphs.inputs(graph, seed).toArray(Tensor[]::new);
                    var program = told(sizes, graph);
                    var own = learned(sizes, graph);
                    if (program.isPresent()) {
                        told++;
                        close(List.of(own.run(inputs, 0)), program.get().run(inputs, 0), 1e-9,
                                "seed " + seed + " for " + size[0] + " x " + size[1]);
                    }
                }
            }
        }
        assertTrue(told > 200, told + " plans followed from others");
    }

    @Test
    void theThirdSizeIsTold() {
        var sizes = SizedPlans.ofFunction();
        learned(sizes, graph(1, 24, 60));
        assertFalse(sizes.knowsAny());
        learned(sizes, graph(1, 40, 60));
        assertTrue(told(sizes, graph(1, 57, 60)).isPresent());
    }

    @Test
    void whatIsUnlikeTheExamplesIsLoweredForItself() {
        var sizes = SizedPlans.ofFunction();
        for (int n : new int[] {24, 40, 57, 33}) {
            learned(sizes, graph(1, n, 60));
        }
        assertTrue(told(sizes, graph(1, 57 * 4, 60)).isPresent());
        assertFalse(told(sizes, graph(1, 57 * 4 + 1, 60)).isPresent(), "a size far away");
        assertFalse(told(sizes, graph(1, 1, 60)).isPresent(), "a size of one");
        assertFalse(told(sizes, graph(1, 48, 61)).isPresent(), "another axis");
        assertFalse(told(sizes, graph(2, 48, 60)).isPresent(), "another graph");
    }

    /** A backend that refuses matrices of 33 rows: a size that is asked for between 24 and 40. */
    private static Backend without33Rows() {
        return new Backend() {
            @Override
            public String device() {
                return CPU.backend().device();
            }

            @Override
            public Executable compile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
                if (inputs.getFirst().shape().dim(0) == 33) {
                    throw new IllegalStateException("33 rows");
                }
                return CPU.backend().compile(kernel, inputs, outputs);
            }
        };
    }

    @Test
    void aFaultWhileLearningIsToldAndLeavesTheProgramInUse() throws Exception {
        var ops = new EagerOps(without33Rows());
        var sizes = SizedPlans.ofFunction();
        var told = new CompletableFuture<Throwable>();
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> told.complete(problem));
        try {
            for (int n : new int[] {24, 40}) {
                var b = new GraphBuilder();
                var x = b.call(new Unary(UnaryOp.SIN), b.input(new TensorType(DType.F64, Shape.of(n, 60))));
                var graph = b.graph(List.of(b.call(new Unary(UnaryOp.EXP), x)));
                var compiled = new CompiledGraph(graph, ops, Foreseen.unread("wave(x)", ops), sizes);
                compiled.request().get(60, TimeUnit.SECONDS);
                assertTrue(compiled.isFused());
            }
            assertEquals("33 rows", told.get(60, TimeUnit.SECONDS).getMessage());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
    }

    @Test
    void withoutExamplesNothingIsTold() {
        var sizes = SizedPlans.none();
        for (int n : new int[] {24, 40, 57, 33}) {
            learned(sizes, graph(1, n, 60));
        }
        assertEquals(Optional.empty(), told(sizes, graph(1, 48, 60)));
    }
}
