package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.backend.Backend;
import tfl.backend.Grouped;
import tfl.backend.KernelCancelled;
import tfl.backend.Launch;
import tfl.backend.Places;
import tfl.backend.Uncancelled;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Loops over spaces of their own, run at one time. */
class GroupedLoopsTest {
    private static final DType F32 = DType.F32;
    private static final long[] SIZES = {3, 0, 100, 5_000, 1, 4_096, 163, 200_000, 64, 70_001};

    /** {@code x / sqrt(y)} and {@code x - y}. */
    private static final Kernel.Loop ARITHMETIC = loop(
            new Binary(BinaryOp.DIV, new Input(0, F32), new Unary(UnaryOp.SQRT, new Input(1, F32))),
            new Binary(BinaryOp.SUB, new Input(0, F32), new Input(1, F32)));
    /** The same with a function, of which there are several roundings. */
    private static final Kernel.Loop FUNCTION = loop(
            new Unary(UnaryOp.EXP, new Input(0, F32)), new Binary(BinaryOp.SUB, new Input(0, F32), new Input(1, F32)));

    private static Kernel.Loop loop(ScalarExpr... bodies) {
        return new Kernel.Loop(List.of(F32, F32), List.of(bodies));
    }

    private static Launch launch(Kernel.Loop loop, long size) {
        var type = new TensorType(F32, Shape.of(size));
        return new Launch(loop, List.of(type, type), List.of(type, type));
    }

    private static Tensor numbers(int start, long... dims) {
        return Tensor.of(F32, IntStream.range(0, (int) Shape.of(dims).size())
                .mapToDouble(k -> 0.25 + (start + k) % 1_013 / 64.0).toArray(), dims);
    }

    private static Tensor[] inputs(long size) {
        return new Tensor[] {numbers(7, size), numbers(300, size)};
    }

    private static Grouped.Call call(Tensor[] inputs, int donated) {
        return new Grouped.Call(inputs, donated, Places.ANYWHERE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void giveTheBitsThatEachGivesAlone(boolean small) {
        var backend = new CpuBackend(small);
        var launches = new ArrayList<Launch>();
        for (var loop : List.of(ARITHMETIC, FUNCTION)) {
            for (long size : SIZES) {
                launches.add(launch(loop, size));
            }
        }
        var group = backend.group(launches).orElseThrow();
        var calls = launches.stream().map(each -> call(inputs(each.outputs().getFirst().shape().size()), 0))
                .toArray(Grouped.Call[]::new);
        var results = group.run(calls);
        for (int k = 0; k < results.length; k++) {
            var launch = launches.get(k);
            same(calls[k].run(backend.compile(launch.kernel(), launch.inputs(), launch.outputs())), results[k]);
        }
    }

    private static void same(Tensor[] expected, Tensor[] actual) {
        assertEquals(expected.length, actual.length);
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k].type(), actual[k].type());
            assertArrayEquals(expected[k].toDoubles(), actual[k].toDoubles());
        }
    }

    @Test
    void mayWriteOverWhatIsDonatedAndIntoPlaces() {
        var backend = new CpuBackend();
        var group = backend.group(LongStream.of(SIZES).mapToObj(size -> launch(ARITHMETIC, size)).toList())
                .orElseThrow();
        var calls = new Grouped.Call[SIZES.length];
        var expected = new ArrayList<Tensor[]>();
        for (int k = 0; k < SIZES.length; k++) {
            long size = SIZES[k];
            var inputs = inputs(size);
            expected.add(call(inputs, 0).run(new CpuBackend(false).compile(ARITHMETIC,
                    launch(ARITHMETIC, size).inputs(), launch(ARITHMETIC, size).outputs())));
            var places = new Tensor[] {null, Tensor.allocate(F32, size)};
            calls[k] = new Grouped.Call(inputs, 1, places);
        }
        var results = group.run(calls);
        for (int k = 0; k < results.length; k++) {
            same(expected.get(k), results[k]);
            assertSame(calls[k].inputs()[0].storage(), results[k][0].storage());
            assertSame(calls[k].places()[1].storage(), results[k][1].storage());
        }
    }

    /** 600 loops have more arguments than there are slots at first, and inputs of other strides are copied before. */
    @Test
    void mayBeMany() {
        var type = new TensorType(F32, Shape.of(40, 60));
        var launches = IntStream.range(0, 600).mapToObj(k -> new Launch(ARITHMETIC, List.of(type, type),
                List.of(type, type))).toList();
        var x = numbers(1, 60, 40).transposeMatrices();
        var y = numbers(9, 40, 60);
        var calls = launches.stream().map(each -> call(new Tensor[] {x, y}, 0)).toArray(Grouped.Call[]::new);
        Backend backend = new CpuBackend();
        var expected = calls[0].run(backend.compile(ARITHMETIC, List.of(type, type), List.of(type, type)));
        for (var each : backend.group(launches).orElseThrow().run(calls)) {
            same(expected, each);
        }
    }

    @Test
    void anInterruptEndsThemBetweenTwoChunks() {
        var group = new CpuBackend().group(LongStream.of(SIZES).mapToObj(size -> launch(ARITHMETIC, size)).toList())
                .orElseThrow();
        var calls = LongStream.of(SIZES).mapToObj(size -> call(inputs(size), 0))
                .toArray(Grouped.Call[]::new);
        Thread.currentThread().interrupt();
        try {
            assertThrows(KernelCancelled.class, () -> group.run(calls));
            Uncancelled.run(() -> group.run(calls));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void chunksHoldAllUnitsOnceAndTakeAboutAsLong() {
        long[][] sizes = {{}, {0, 0}, {5}, {1 << 20}, SIZES, {10, 1 << 22, 10}, LongStream.range(100, 164).toArray()};
        for (var each : sizes) {
            for (int threads : new int[] {1, 2, 7, 64}) {
                for (long grain : new long[] {16, 1_024, 20_480}) {
                    var grains = new long[each.length];
                    Arrays.fill(grains, grain);
                    var chunks = Chunk.of(each, grains, threads);
                    var next = new long[each.length];
                    long longest = 0;
                    for (var chunk : chunks) {
                        long length = 0;
                        for (var range : chunk.ranges()) {
                            assertEquals(next[range.kernel()], range.begin());
                            assertTrue(range.begin() < range.end() && range.begin() % Split.ALIGNMENT == 0);
                            next[range.kernel()] = range.end();
                            length += range.end() - range.begin();
                        }
                        longest = Math.max(longest, length);
                    }
                    assertArrayEquals(each, next);
                    long all = LongStream.of(each).sum();
                    assertEquals(all == 0 ? 0 : 1, all <= 2 * grain ? chunks.size() : 1);
                    assertTrue(all <= 2 * grain || longest <= Split.LONGEST * grain + Split.ALIGNMENT, "too long");
                    assertTrue(all <= 2 * grain || chunks.size() >= Math.min(threads, all / (2 * grain)), "too few");
                }
            }
        }
    }
}
