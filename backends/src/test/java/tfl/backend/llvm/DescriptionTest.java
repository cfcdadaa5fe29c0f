package tfl.backend.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static tfl.backend.llvm.InnerStride.DENSE;
import static tfl.backend.llvm.InnerStride.SCALAR;
import static tfl.backend.llvm.InnerStride.STRIDED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

class DescriptionTest {
    private static final DType F32 = DType.F32;
    private static final DType F64 = DType.F64;

    @Test
    void equalKernelsHaveOneDescriptionAndOthersAnother() {
        var first = kernels();
        var again = kernels();
        var seen = new HashMap<String, KernelSource>();
        for (int k = 0; k < first.size(); k++) {
            assertEquals(described(first.get(k)), described(again.get(k)), first.get(k).toString());
            assertNull(seen.put(described(first.get(k)), first.get(k)), first.get(k).toString());
        }
    }

    /** The bytes themselves: they must not depend on what a process did before, or on its hash codes. */
    @Test
    void aDescriptionIsTheSameInEveryProcess() {
        var x = input(0, F32);
        var square = binary(BinaryOp.MUL, x, x);
        var kernel = new LoopKernel(new Kernel.Loop(List.of(F32), List.of(square)), 300, List.of(DENSE), true);
        var input = "0100" + hex(F32);
        var product = "06" + hex(BinaryOp.MUL) + "0000";
        assertEquals("00" + "01" + hex(F32) + "01" + input + product + "0001" + "ff2c01000000000000" + "01" + hex(DENSE)
                + "01", described(kernel));
    }

    @Test
    void sharedPartsAreDescribedOnceAndTellKernelsApart() {
        ScalarExpr shared = input(0, F32);
        for (int k = 0; k < 64; k++) {
            shared = binary(BinaryOp.ADD, shared, shared);
        }
        assertEquals(13 + 64 * 4, Description.of(loop(shared)).length);
        var sine = new ScalarExpr.Unary(UnaryOp.SIN, input(0, F32));
        var other = new ScalarExpr.Unary(UnaryOp.SIN, input(0, F32));
        assertNotEquals(described(loop(binary(BinaryOp.ADD, sine, sine))),
                described(loop(binary(BinaryOp.ADD, sine, other))));
    }

    private static String hex(Enum<?> value) {
        return HexFormat.of().toHexDigits((byte) (1 + value.ordinal()));
    }

    private static String described(KernelSource kernel) {
        return HexFormat.of().formatHex(Description.of(kernel));
    }

    /** Kernels of which each differs from another in one component. */
    private static List<KernelSource> kernels() {
        var all = new ArrayList<KernelSource>();
        expressions().forEach(body -> all.add(loop(body)));
        var x = input(0, F32);
        var loop = new Kernel.Loop(List.of(F32), List.of(x));
        all.add(new LoopKernel(loop, 2, List.of(DENSE), false));
        all.add(new LoopKernel(loop, 1, List.of(DENSE), true));
        all.add(new LoopKernel(loop, 1, List.of(SCALAR), false));
        all.add(new LoopKernel(loop, 1, List.of(STRIDED), false));
        all.add(new LoopKernel(new Kernel.Loop(List.of(F32), List.of(x, x)), 1, List.of(DENSE), false));
        all.add(new LoopKernel(new Kernel.Loop(List.of(F32, F32), List.of(x)), 1, List.of(DENSE, DENSE), false));
        all.add(new LoopKernel(new Kernel.Loop(List.of(F32, F64), List.of(x)), 1, List.of(DENSE, DENSE), false));
        products(loop, all);
        reductions(x, all);
        rows(x, all);
        others(x, all);
        return all;
    }

    private static List<ScalarExpr> expressions() {
        var x = input(0, F32);
        var y = input(1, F32);
        var yes = new ScalarExpr.Constant(1, DType.BOOL);
        return List.of(x, y, input(0, F64), new ScalarExpr.Stage(0, F32), new ScalarExpr.Stage(1, F32),
                new ScalarExpr.Index(0), new ScalarExpr.Index(1), new ScalarExpr.Constant(0, F32),
                new ScalarExpr.Constant(0, F64), new ScalarExpr.Constant(Double.doubleToRawLongBits(-0.0), F32),
                new ScalarExpr.Constant(1L << 32, F32), yes, new ScalarExpr.Unary(UnaryOp.SIN, x),
                new ScalarExpr.Unary(UnaryOp.COS, x), new ScalarExpr.Unary(UnaryOp.SIN, y),
                binary(BinaryOp.SUB, x, y), binary(BinaryOp.SUB, y, x), binary(BinaryOp.ADD, x, y),
                new ScalarExpr.Select(yes, x, y), new ScalarExpr.Select(yes, y, x), new ScalarExpr.Cast(F64, x),
                new ScalarExpr.Cast(F32, x));
    }

    private static void products(Kernel.Loop loop, List<KernelSource> all) {
        var two = new Kernel.Loop(List.of(F32, F32), List.of(input(0, F32)));
        all.add(new GemmKernel(loop, 0, 8, 16, true, false, List.of(DENSE)));
        all.add(new GemmKernel(two, 0, 8, 16, true, false, List.of(DENSE, DENSE)));
        all.add(new GemmKernel(two, 1, 8, 16, true, false, List.of(DENSE, DENSE)));
        all.add(new GemmKernel(loop, 0, 6, 16, true, false, List.of(DENSE)));
        all.add(new GemmKernel(loop, 0, 8, 8, true, false, List.of(DENSE)));
        all.add(new GemmKernel(loop, 0, 8, 16, false, false, List.of(DENSE)));
        all.add(new GemmKernel(loop, 0, 8, 16, true, true, List.of(DENSE)));
        all.add(new GemmKernel(loop, 0, 8, 16, true, false, List.of(STRIDED)));
    }

    private static void reductions(ScalarExpr x, List<KernelSource> all) {
        for (var kernel : List.of(reduce(x, Fold.SUM, List.of(0), F32, F32), reduce(x, Fold.MAX, List.of(0), F32, F32),
                reduce(x, Fold.SUM, List.of(1), F32, F32), reduce(x, Fold.SUM, List.of(0, 1), F32, F32),
                reduce(x, Fold.SUM, List.of(0), F64, F32), reduce(x, Fold.SUM, List.of(0), F32, F64))) {
            all.add(new ReduceKernel(kernel, 1, 1, false, List.of(DENSE), List.of(DENSE)));
        }
        var sum = reduce(x, Fold.SUM, List.of(0), F32, F32);
        all.add(new ReduceKernel(sum, 2, 1, false, List.of(DENSE), List.of(DENSE)));
        all.add(new ReduceKernel(sum, 1, 2, false, List.of(DENSE), List.of(DENSE)));
        all.add(new ReduceKernel(sum, 1, 1, true, List.of(DENSE), List.of(DENSE)));
        all.add(new ReduceKernel(sum, 1, 1, false, List.of(SCALAR), List.of(DENSE)));
        all.add(new ReduceKernel(sum, 1, 1, false, List.of(DENSE), List.of(SCALAR)));
    }

    private static void rows(ScalarExpr x, List<KernelSource> all) {
        var sum = new Kernel.RowStage(x, Fold.SUM);
        for (var kernel : List.of(rows(List.of(sum), List.of(x), List.of()),
                rows(List.of(), List.of(x), List.of()), rows(List.of(), List.of(), List.of(x)),
                rows(List.of(), List.of(x, x), List.of()), rows(List.of(), List.of(x), List.of(x)),
                rows(List.of(new Kernel.RowStage(x, Fold.MAX)), List.of(x), List.of()),
                rows(List.of(new Kernel.RowStage(x, null)), List.of(x), List.of()),
                rows(List.of(sum, sum), List.of(x), List.of()))) {
            all.add(new RowsKernel(kernel, 1, 1, List.of(DENSE)));
        }
        var softmax = rows(List.of(sum), List.of(x), List.of());
        all.add(new RowsKernel(softmax, 2, 1, List.of(DENSE)));
        all.add(new RowsKernel(softmax, 1, 2, List.of(DENSE)));
        all.add(new RowsKernel(softmax, 1, 1, List.of(STRIDED)));
    }

    private static void others(ScalarExpr x, List<KernelSource> all) {
        for (var kernel : List.of(iterate(x, 1, 0, 3, false), iterate(x, 1, 1, 3, false), iterate(x, 1, 0, 4, false),
                iterate(x, 1, 0, 3, true), iterate(x, 2, 0, 3, false))) {
            all.add(new IterateKernel(kernel, 1, List.of(DENSE)));
        }
        all.add(new IterateKernel(iterate(x, 1, 0, 3, false), 2, List.of(DENSE)));
        all.add(new IterateKernel(iterate(x, 1, 0, 3, false), 1, List.of(SCALAR)));
        for (var kernel : List.of(new Kernel.Scan(F32, Fold.SUM, 0, false, false, F32),
                new Kernel.Scan(F64, Fold.SUM, 0, false, false, F32),
                new Kernel.Scan(F32, Fold.MAX, 0, false, false, F32),
                new Kernel.Scan(F32, Fold.SUM, 1, false, false, F32),
                new Kernel.Scan(F32, Fold.SUM, 0, true, false, F32),
                new Kernel.Scan(F32, Fold.SUM, 0, false, true, F32),
                new Kernel.Scan(F32, Fold.SUM, 0, false, false, F64))) {
            all.add(new ScanKernel(kernel, false));
            all.add(new ScanKernel(kernel, true));
        }
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 0, false, null));
        all.add(new GatherKernel(F64, 1, 1, List.of(DENSE), false, 0, 0, false, null));
        all.add(new GatherKernel(F32, 2, 1, List.of(DENSE), false, 0, 0, false, null));
        all.add(new GatherKernel(F32, 1, 2, List.of(DENSE), false, 0, 0, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(SCALAR), false, 0, 0, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), true, 0, 0, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 1, 0, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, -1, 0, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 1, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 2, false, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 0, true, null));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 0, false, Kernel.Combine.SET));
        all.add(new GatherKernel(F32, 1, 1, List.of(DENSE), false, 0, 0, false, Kernel.Combine.ADD));
        all.addAll(List.of(new CopyKernel(4, 1, List.of(DENSE)), new CopyKernel(8, 1, List.of(DENSE)),
                new CopyKernel(4, 2, List.of(DENSE)), new CopyKernel(4, 1, List.of(STRIDED)),
                new TransposeKernel(4, 1, 8, false),
                new TransposeKernel(8, 1, 8, false), new TransposeKernel(4, 2, 8, false),
                new TransposeKernel(4, 1, 16, false), new TransposeKernel(4, 1, 16, true), new SortKernel(32),
                new SortKernel(64), new WinogradKernel(8), new WinogradKernel(16), new FourierKernel()));
    }

    private static LoopKernel loop(ScalarExpr body) {
        return new LoopKernel(new Kernel.Loop(List.of(F32), List.of(body)), 1, List.of(DENSE), false);
    }

    private static Kernel.Reduce reduce(ScalarExpr x, Fold fold, List<Integer> axes, DType accumulator, DType output) {
        return new Kernel.Reduce(List.of(F32), x, fold, axes, accumulator, output);
    }

    private static Kernel.Rows rows(List<Kernel.RowStage> stages, List<ScalarExpr> bodies, List<ScalarExpr> totals) {
        return new Kernel.Rows(List.of(F32), stages, bodies, totals);
    }

    private static Kernel.Iterate iterate(ScalarExpr x, int states, int sequences, long rounds, boolean reverse) {
        return new Kernel.Iterate(List.of(F32), states, sequences, List.of(x), rounds, reverse);
    }

    private static ScalarExpr input(int index, DType dtype) {
        return new ScalarExpr.Input(index, dtype);
    }

    private static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }
}
