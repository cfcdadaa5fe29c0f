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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tfl.backend.KernelCancelled;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.primitive.Binary;
import tfl.primitive.Gather;
import tfl.primitive.IndexedAxes;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Transpose;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Results that are written over inputs which the caller gives up. */
class UpdatesTest {
    private static final boolean[] ALL = {true, true, true, true};

    private static TensorType type(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    private static Tensor filled(double value, long... dims) {
        var data = new float[Math.toIntExact(Shape.of(dims).size())];
        Arrays.fill(data, (float) value);
        return Tensor.of(data, dims);
    }

    /** {@code w - x.T @ (x @ w)}, and the sum of {@code x @ w}. */
    private static Graph step() {
        var b = new GraphBuilder();
        var w = b.input(type(200, 100));
        var x = b.input(type(16, 200));
        var y = b.call(new MatMul(), x, w);
        var gradient = b.call(new MatMul(), b.call(new Transpose(List.of(1, 0)), x), y);
        return b.graph(List.of(b.call(new Binary(BinaryOp.SUB), w, gradient),
                b.call(new ReduceSum(List.of(0, 1)), y)));
    }

    @Test
    void aParameterGivesItsStorageToTheNext() {
        var program = Lower.of(step(), CPU);
        var w = filled(0.5, 200, 100);
        var x = filled(0.01, 16, 200);
        var expected = program.run(new Tensor[] {w, x}, 0);
        assertNotSame(w.storage(), expected[0].storage());
        assertEquals(List.of(0), program.report().over());
        var results = program.runOver(new Tensor[] {w, x}, new boolean[] {true, true});
        assertSame(w.storage(), results[0].storage());
        close(List.of(expected), results, 0, "over w");
        assertEquals(0.01f, x.readDouble(5));
        w.discard();
        assertTrue(results[0].isTemporary(), "the old parameter's view was left");
    }

    @Test
    void whatTheCallerKeepsIsNotTouched() {
        var program = Lower.of(step(), CPU);
        var w = filled(0.5, 200, 100);
        var row = w.slice(0, 3, 1, 1);
        var x = filled(0.01, 16, 200);
        for (var over : List.of(new boolean[] {false, true}, new boolean[] {true, true})) {
            // In the second run the caller errs: another view of the storage is there.
            assertNotSame(w.storage(), program.runOver(new Tensor[] {w, x}, over)[0].storage());
            assertEquals(0.5, row.readDouble(7));
        }
    }

    @Test
    void whatFailsLeavesTheInputsAsTheyWere() {
        var b = new GraphBuilder();
        var w = b.input(type(200, 100));
        var row = b.input(TensorType.scalar(DType.I64));
        var moved = b.call(new Binary(BinaryOp.ADD), w, w);
        var picked = b.call(new Gather(new IndexedAxes(List.of(0), "")), w, row);
        var program = Lower.of(b.graph(List.of(moved, picked)), CPU);
        var value = filled(2, 200, 100);
        for (long wrong : new long[] {200, 1L << 40, -201}) {
            var inputs = new Tensor[] {value, Tensor.scalar(DType.I64, wrong)};
            assertThrows(FailedStep.class, () -> program.runOver(inputs, ALL));
            assertEquals(2, value.readDouble(12_345));
        }
        var results = program.runOver(new Tensor[] {value, Tensor.scalar(DType.I64, 7)}, ALL);
        assertSame(value.storage(), results[0].storage());
        assertEquals(4, results[0].readDouble(700));
        assertEquals(2, results[1].readDouble(0));
    }

    /** Of parameters of several shapes, all are of one step or all of the next, whenever somebody interrupts. */
    @Test
    void anInterruptedStepIsDoneWholeOrNotAtAll() throws Exception {
        var b = new GraphBuilder();
        var large = b.input(type(1 << 21));
        var small = b.input(type(300, 400));
        var results = List.of(b.call(new Binary(BinaryOp.ADD), large, b.full(type(1 << 21), 1)),
                b.call(new Binary(BinaryOp.ADD), small, b.full(type(300, 400), 1)));
        var program = Lower.of(b.graph(results), CPU);
        var values = new Tensor[] {filled(0, 1 << 21), filled(0, 300, 400)};
        var worker = Thread.currentThread();
        var ended = new AtomicBoolean();
        var random = new Random(3);
        var interrupter = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                LockSupport.parkNanos(random.nextInt(1_500_000));
                worker.interrupt();
            }
        });
        int steps = 0;
        int stopped = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        try {
            while (System.nanoTime() < end) {
                try {
                    var next = program.runOver(values, ALL);
                    for (var value : values) {
                        value.discard();
                    }
                    values = next;
                    steps++;
                } catch (KernelCancelled interrupted) {
                    stopped++;
                }
                Thread.interrupted();
                for (var value : values) {
                    for (long at = 0; at < value.size(); at += 9_973) {
                        assertEquals(steps, value.readDouble(at));
                    }
                }
            }
        } finally {
            ended.set(true);
            // It may interrupt once more, which would end a join.
            while (interrupter.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        assertTrue(steps > 100 && stopped > 10, steps + " steps, " + stopped + " stopped");
    }

    @Test
    void randomGraphsGiveTheSameOverTheirInputs() {
        var shapes = new Shape[] {Shape.of(130, 160), Shape.of(130, 160), Shape.of(160), Shape.of(130, 160)};
        int overwritten = 0;
        for (long seed = 0; seed < 60; seed++) {
            var graph = RandomGraphs.make(6000 + seed, DType.F32, false, 12, shapes);
            var program = Lower.of(graph, CPU);
            var random = new Random(seed);
            var over = new boolean[shapes.length];
            for (int k = 0; k < over.length; k++) {
                over[k] = random.nextInt(4) > 0;
            }
            var kept = RandomGraphs.inputs(graph, seed);
            var expected = List.of(program.run(kept.toArray(Tensor[]::new), 0));
            var inputs = RandomGraphs.inputs(graph, seed);
            var actual = program.runOver(inputs.toArray(Tensor[]::new), over);
            close(expected, actual, 0, program.report().toString());
            var storages = new ArrayList<>(Arrays.stream(actual).map(Tensor::storage).toList());
            for (int k = 0; k < over.length; k++) {
                if (over[k]) {
                    overwritten += storages.contains(inputs.get(k).storage()) ? 1 : 0;
                } else {
                    close(List.of(kept.get(k)), new Tensor[] {inputs.get(k)}, 0, "input " + k + " is the caller's");
                }
            }
        }
        assertTrue(overwritten > 20, overwritten + " inputs served results");
    }
}
