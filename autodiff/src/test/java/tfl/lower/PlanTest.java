package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;
import static tfl.lower.RandomGraphTest.close;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.language.source.Source;
import tfl.plan.PlanCache;
import tfl.primitive.Gather;
import tfl.primitive.IndexedAxes;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** Programs that an earlier process made. */
class PlanTest {
    private static final String FOLDER = "programs-of-tests";
    private static final PlanCache PLANS = new PlanCache(FOLDER, "test " + System.nanoTime());
    private static final Optional<Foreseen> NOTHING = Optional.empty();
    private static final SizedPlans ALONE = SizedPlans.none();
    private static final TensorType VECTOR = new TensorType(DType.F64, Shape.of(7));

    /** The program of a graph, written and read back; the graph's own where it does more than compute. */
    static Program throughDisk(Graph graph, EagerOps ops) {
        var program = Lower.of(graph, ops);
        var key = PLANS.key(graph);
        if (key.isEmpty()) {
            return program;
        }
        PLANS.write(key.get(), program.plan());
        return Linker.program(PLANS.read(key.get()).orElseThrow(), ops, Preparation.onThreads(), program::report);
    }

    private static Graph waves(int count, Source source) {
        var b = new GraphBuilder();
        Atom x = b.input(VECTOR);
        for (int k = 0; k < count; k++) {
            b.at(new Location(source.span(2 * k, 2 * k + 1), null, null));
            x = b.call(new Unary(k % 2 == 0 ? UnaryOp.SIN : UnaryOp.EXP), x);
        }
        return b.graph(List.of(x));
    }

    private static Fused fused(CompiledGraph compiled) throws Exception {
        return compiled.request().get(60, TimeUnit.SECONDS);
    }

    private static CompiledGraph lowered(Graph graph) throws Exception {
        var compiled = new CompiledGraph(graph, CPU, NOTHING, PLANS, ALONE);
        assertEquals(Fused.Origin.MADE, fused(compiled).origin());
        // It is written behind the program's back.
        waitUntil(() -> PLANS.key(graph).flatMap(PLANS::read).isPresent());
        return compiled;
    }

    @Test
    void anEqualGraphTakesThePlanFromDisk() throws Exception {
        var first = lowered(waves(20, Source.of("one.tfl", "x ".repeat(20))));
        var second = new CompiledGraph(waves(20, Source.of("other.tfl", "y ".repeat(20))), CPU, NOTHING, PLANS, ALONE);
        var read = fused(second);
        assertEquals(Fused.Origin.DISK, read.origin());
        var x = Tensor.of(new double[] {0, -1, 2, 0.5, 3, -4, 5}, 7);
        close(List.of(first.run(new Tensor[] {x}, 0)), second.run(new Tensor[] {x}, 0), 0, "from disk");
        assertEquals(fused(first).program().report().toString(), read.program().report().toString());
        assertEquals(20, read.optimised().graph().equations().size());
        for (int count : new int[] {20, 21}) {
            var next = new CompiledGraph(waves(count, Source.of("", "z ".repeat(count))), CPU, NOTHING, PLANS, ALONE);
            assertEquals(count == 20 ? Fused.Origin.DISK : Fused.Origin.MADE, fused(next).origin());
        }
    }

    @Test
    void aFunctionsProgramIsReadWhileItIsTraced() throws Exception {
        var graph = waves(24, Source.of("", "x ".repeat(24)));
        var first = Foreseen.of("f(x)", CPU, PLANS);
        assertEquals(Fused.Origin.MADE, fused(new CompiledGraph(graph, CPU, first, ALONE)).origin());
        waitUntil(() -> PLANS.expected("f(x)").isPresent());
        var second = Foreseen.of("f(x)", CPU, PLANS);
        waitUntil(second::isThere);
        var compiled = new CompiledGraph(waves(24, Source.of("", "y ".repeat(24))), CPU, second, ALONE);
        waitUntil(compiled::isFused);
        assertEquals(Fused.Origin.DISK, fused(compiled).origin());
        assertFalse(second.isThere());
        assertEquals(fused(new CompiledGraph(graph, CPU)).program().report().toString(),
                fused(compiled).program().report().toString());
        var x = Tensor.of(new double[] {0, -1, 2, 0.5, 3, -4, 5}, 7);
        close(List.of(Lower.of(graph, CPU).run(new Tensor[] {x}, 0)), compiled.run(new Tensor[] {x}, 0), 1e-12, "");
    }

    @Test
    void aFunctionWithAnotherGraphThanLastTimeIsCompiledAnew() throws Exception {
        var first = Foreseen.of("g(x)", CPU, PLANS);
        fused(new CompiledGraph(waves(25, Source.of("", "x ".repeat(25))), CPU, first, ALONE));
        waitUntil(() -> PLANS.expected("g(x)").isPresent());
        var before = PLANS.expected("g(x)").get();
        var second = Foreseen.of("g(x)", CPU, PLANS);
        waitUntil(second::isThere);
        var other = new CompiledGraph(waves(26, Source.of("", "x ".repeat(26))), CPU, second, ALONE);
        assertEquals(Fused.Origin.MADE, fused(other).origin());
        waitUntil(() -> !Arrays.equals(before, PLANS.expected("g(x)").get()));
    }

    private static void waitUntil(BooleanSupplier holds) throws InterruptedException {
        for (int k = 0; k < 1000 && !holds.getAsBoolean(); k++) {
            Thread.sleep(10);
        }
        assertTrue(holds.getAsBoolean());
    }

    @Test
    void aSmallGraphHasNoPlanOnDisk() throws Exception {
        var graph = waves(3, Source.of("", "x x x "));
        fused(new CompiledGraph(graph, CPU, NOTHING, PLANS, ALONE));
        assertEquals(Fused.Origin.MADE, fused(new CompiledGraph(graph, CPU, NOTHING, PLANS, ALONE)).origin());
    }

    @Test
    void aStepThatFailsSaysWhereItStandsInThisProcess() throws Exception {
        lowered(picking(Source.of("one.tfl", "x ".repeat(20))));
        var source = Source.of("other.tfl", "y ".repeat(20));
        var compiled = new CompiledGraph(picking(source), CPU, NOTHING, PLANS, ALONE);
        assertEquals(Fused.Origin.DISK, fused(compiled).origin());
        var x = Tensor.of(new double[] {0, -1, 2, 0.5, 3, -4, 5}, 7);
        var failed = assertThrows(FailedStep.class, () ->
                compiled.run(new Tensor[] {x, Tensor.of(new long[] {2, 9}, 2)}, 0));
        assertEquals(source, failed.at().span().source());
        assertEquals(38, failed.at().span().start());
    }

    private static Graph picking(Source source) {
        var waves = waves(19, source);
        var b = new GraphBuilder();
        var x = b.input(VECTOR);
        var index = b.input(new TensorType(DType.I64, Shape.of(2)));
        var values = waves.apply(b, List.<Atom>of(x));
        b.at(new Location(source.span(38, 39), null, null));
        return b.graph(List.of(b.call(new Gather(new IndexedAxes(List.of(0), "")), values.getFirst(), index)));
    }

    /** Whoever asks for the report of a large graph may have a small stack; fusing it needs a large one. */
    @Test
    void aReportNeedsNoDeepStack() throws Exception {
        int count = 4000;
        var source = Source.of("", "x ".repeat(count));
        lowered(waves(count, source));
        var read = fused(new CompiledGraph(waves(count, source), CPU, NOTHING, PLANS, ALONE));
        assertEquals(Fused.Origin.DISK, read.origin());
        var report = new CompletableFuture<Report>();
        new Thread(null, () -> {
            try {
                report.complete(read.program().report());
            } catch (RuntimeException | StackOverflowError problem) {
                report.completeExceptionally(problem);
            }
        }, "small", 128 << 10).start();
        assertEquals(read.program().plan().steps().size(), report.get(60, TimeUnit.SECONDS).steps().size());
    }

    @Test
    void plansOfOtherBuildsArePassedOver() throws Exception {
        var graph = waves(18, Source.of("", "x ".repeat(18)));
        lowered(graph);
        var otherBuild = new PlanCache(FOLDER, "another build");
        assertTrue(otherBuild.read(otherBuild.key(graph).orElseThrow()).isEmpty());
        assertTrue(new PlanCache(FOLDER, "").key(graph).isEmpty());
    }
}
