package tfl.backend.cpu;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Times single kernels on the CPU backend: run it as a program, with names of rows or none for all. */
public final class KernelBenchmark {
    private static final CpuBackend CPU = new CpuBackend(false);
    private static final Map<String, Supplier<Runnable>> ROWS = new LinkedHashMap<>();

    private KernelBenchmark() {}

    public static void main(String[] names) {
        rows();
        for (var row : ROWS.entrySet()) {
            if (names.length == 0 || Arrays.asList(names).contains(row.getKey())) {
                time(row.getKey(), row.getValue().get());
            }
        }
    }

    private static void time(String name, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double first = (System.nanoTime() - start) / 1e6;
        for (long until = System.nanoTime() + 500_000_000L; System.nanoTime() < until;) {
            work.run();
        }
        var times = IntStream.range(0, 60).mapToDouble(i -> {
            long before = System.nanoTime();
            work.run();
            return (System.nanoTime() - before) / 1e6;
        }).sorted().toArray();
        System.out.printf("%-20s median %8.4f ms   min %8.4f   first %7.2f%n", name, times[30], times[0],
                first);
    }

    private static Tensor floats(long... dims) {
        int size = (int) Shape.of(dims).size();
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) Math.sin(i * 12.9898) * 3;
        }
        return Tensor.of(values, dims);
    }

    private static ScalarExpr in(int index) {
        return new ScalarExpr.Input(index, DType.F32);
    }

    private static ScalarExpr op(UnaryOp op, ScalarExpr x) {
        return new ScalarExpr.Unary(op, x);
    }

    private static ScalarExpr op(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    private static Runnable run(Kernel kernel, Shape output, Tensor... inputs) {
        var types = Stream.of(inputs).map(Tensor::type).toList();
        var executable = CPU.compile(kernel, types, List.of(new TensorType(DType.F32, output)));
        return () -> executable.run(inputs, 0)[0].discard();
    }

    private static Runnable loop(ScalarExpr body, Tensor... inputs) {
        var kernel = new Kernel.Loop(Stream.of(inputs).map(Tensor::dtype).toList(), List.of(body));
        return run(kernel, inputs[0].shape(), inputs);
    }

    private static Runnable sum(List<Integer> axes, Shape output) {
        return run(new Kernel.Reduce(List.of(DType.F32), in(0), Fold.SUM, axes, DType.F32, DType.F32), output,
                floats(4096, 1024));
    }

    private static void rows() {
        int n = 4 << 20;
        var triad = op(BinaryOp.ADD, op(BinaryOp.MUL, in(0), in(1)), in(2));
        ROWS.put("triad", () -> loop(triad, floats(n), floats(n), floats(n)));
        ROWS.put("triad_16", () -> loop(triad, floats(16), floats(16), floats(16)));
        ROWS.put("triad_16k", () -> loop(triad, floats(16384), floats(16384), floats(16384)));
        for (var function : List.of(UnaryOp.TANH, UnaryOp.EXP, UnaryOp.LOG, UnaryOp.SIGMOID, UnaryOp.SIN,
                UnaryOp.ERF)) {
            ROWS.put(function.name().toLowerCase(Locale.ROOT), () -> loop(op(function, in(0)), floats(n)));
        }
        var chain = op(BinaryOp.ADD, op(BinaryOp.MUL, op(UnaryOp.TANH, triad),
                op(UnaryOp.EXP, op(BinaryOp.MUL, op(UnaryOp.NEG, in(0)), in(0)))),
                        op(UnaryOp.SIGMOID, in(1)));
        ROWS.put("chain", () -> loop(chain, floats(n), floats(n), floats(n)));
        ROWS.put("add_row", () -> loop(op(BinaryOp.ADD, in(0), in(1)), floats(4096, 1024),
                floats(1, 1024).broadcastTo(Shape.of(4096, 1024))));
        ROWS.put("add_transposed", () -> loop(op(BinaryOp.ADD, in(0), in(1)), floats(2048, 2048),
                floats(2048, 2048).permute(1, 0)));
        ROWS.put("sum_all", () -> sum(List.of(0, 1), Shape.SCALAR));
        ROWS.put("sum_axis0", () -> sum(List.of(0), Shape.of(1024)));
        ROWS.put("sum_axis1", () -> sum(List.of(1), Shape.of(4096)));
        ROWS.put("softmax", () -> run(softmax(), Shape.of(4096, 1024), floats(4096, 1024)));
        ROWS.put("layernorm", () -> run(layerNorm(), Shape.of(4096, 1024), floats(4096, 1024),
                floats(1, 1024).broadcastTo(Shape.of(4096, 1024)), floats(1, 1024)
                        .broadcastTo(Shape.of(4096, 1024))));
        ROWS.put("cumsum", () -> run(new Kernel.Scan(DType.F32, Fold.SUM, 0, false, false, DType.F32),
                Shape.of(1_000_000),
                floats(1_000_000)));
        ROWS.put("cumsum_axis0", () -> run(new Kernel.Scan(DType.F32, Fold.SUM, 0, false, false, DType.F32),
                Shape.of(1000, 1000), floats(1000, 1000)));
        ROWS.put("transpose_copy", () -> run(new Kernel.Copy(DType.F32), Shape.of(2048, 2048),
                floats(2048, 2048).permute(1, 0)));
        ROWS.put("gather_rows", () -> run(new Kernel.Gather(DType.F32, 1), Shape.of(65536, 128),
                floats(50000, 128),
                Tensor.of(IntStream.range(0, 65536).mapToLong(i -> i * 48271L % 50000).toArray(), 65536)));
    }

    private static Kernel softmax() {
        var max = new ScalarExpr.Stage(0, DType.F32);
        var power = op(UnaryOp.EXP, op(BinaryOp.SUB, in(0), max));
        return new Kernel.Rows(List.of(DType.F32), List.of(new Kernel.RowStage(in(0), Fold.MAX),
                new Kernel.RowStage(power, Fold.SUM)), List.of(op(BinaryOp.DIV, power,
                        new ScalarExpr.Stage(1, DType.F32))));
    }

    private static ScalarExpr constant(double value) {
        return new ScalarExpr.Constant(Double.doubleToRawLongBits(value), DType.F32);
    }

    private static Kernel layerNorm() {
        var mean = op(BinaryOp.MUL, new ScalarExpr.Stage(0, DType.F32), constant(1.0 / 1024));
        var centred = op(BinaryOp.SUB, in(0), mean);
        var variance = op(BinaryOp.MUL, new ScalarExpr.Stage(1, DType.F32), constant(1.0 / 1024));
        var scale = op(UnaryOp.RSQRT, op(BinaryOp.ADD, variance, constant(1e-5)));
        var body = op(BinaryOp.ADD, op(BinaryOp.MUL, op(BinaryOp.MUL, centred, scale), in(1)), in(2));
        return new Kernel.Rows(List.of(DType.F32, DType.F32, DType.F32),
                List.of(new Kernel.RowStage(in(0), Fold.SUM),
                new Kernel.RowStage(op(BinaryOp.MUL, centred, centred), Fold.SUM)), List.of(body));
    }
}
