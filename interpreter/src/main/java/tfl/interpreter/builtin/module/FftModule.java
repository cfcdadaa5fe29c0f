package tfl.interpreter.builtin.module;

import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.UnaryOp;
import tfl.primitive.Fft;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;

/** {@code fft}: the array API standard's discrete Fourier transforms, in c64. */
public final class FftModule extends RowsModule {
    private static final String NORM = "norm=\"backward\"";

    public FftModule() {
        super("fft", "Discrete Fourier transforms, in c64.", FftModule::table);
    }

    private static List<Builtin> table() {
        var rows = new Rows("fft");
        rows.add("fft", "x, n=none, axis=-1, " + NORM, "The transform along an axis, cut or padded to n.",
                call -> transform(call, call.tensor(0), axis(call), size(call, axis(call)), false));
        rows.add("ifft", "x, n=none, axis=-1, " + NORM, "The inverse of fft.",
                call -> transform(call, call.tensor(0), axis(call), size(call, axis(call)), true));
        rows.add("rfft", "x, n=none, axis=-1, " + NORM, "The first half of the transform of real numbers.",
                call -> half(call, call.tensor(0), axis(call), size(call, axis(call))));
        rows.add("irfft", "x, n=none, axis=-1, " + NORM, "The inverse of rfft; n is 2 * (size - 1) for none.",
                call -> {
            int axis = axis(call);
            long n = call.isNone(1) ? 2 * (call.tensor(0).type().shape().dim(axis) - 1) : call.integer(1, 1);
            return whole(call, call.tensor(0), axis, n);
        });
        several(rows, "fftn", "ifftn", "none", "all axes, or those given");
        several(rows, "fft2", "ifft2", "?", "the last two axes, or those given");
        rows.add("rfftn", "x, s=none, axes=none, " + NORM,
                "The transform of real numbers over axes; half of the last.",
                call -> {
                    int[] axes = axes(call);
                    int last = axes[axes.length - 1];
                    var result = half(call, call.tensor(0), last, size(call, axes, axes.length - 1));
                    for (int i = 0; i < axes.length - 1; i++) {
                        result = transform(call, result, axes[i], size(call, axes, i), false);
                    }
                    return result;
                });
        rows.add("irfftn", "x, s=none, axes=none, " + NORM, "The inverse of rfftn.", call -> {
            int[] axes = axes(call);
            var result = call.tensor(0);
            for (int i = 0; i < axes.length - 1; i++) {
                result = transform(call, result, axes[i], size(call, axes, i), true);
            }
            int last = axes[axes.length - 1];
            return whole(call, result, last, call.isNone(1) ? 2 * (result.type().shape().dim(last) - 1)
                    : size(call, axes, axes.length - 1));
        });
        frequencies(rows);
        return rows.list();
    }

    private static void several(Rows rows, String forward, String inverse, String axes, String which) {
        for (boolean back : new boolean[] {false, true}) {
            rows.add(back ? inverse : forward, "x, s=none, axes=" + axes + ", " + NORM,
                    (back ? "The inverse of " + forward : "The transform") + " over " + which + ".", call -> {
                        int[] over = axes(call);
                        var result = call.tensor(0);
                        for (int i = 0; i < over.length; i++) {
                            result = transform(call, result, over[i], size(call, over, i), back);
                        }
                        return result;
                    });
        }
    }

    private static void frequencies(Rows rows) {
        rows.add("fftfreq", "n, d=1.0", "The frequencies of the elements of fft, for samples d apart.",
                call -> {
            long n = call.integer(0, 1);
            var ops = call.ops();
            var low = ops.iota(DType.F32, Shape.of((n + 1) / 2), 0, 0, 1);
            var high = ops.iota(DType.F32, Shape.of(n / 2), 0, -(n / 2), 1);
            return ops.divide(ops.concat(0, List.of(low, high)), duration(call, n));
        });
        rows.add("rfftfreq", "n, d=1.0", "The frequencies of the elements of rfft, for samples d apart.",
                call -> {
            long n = call.integer(0, 1);
            return call.ops().divide(call.ops().iota(DType.F32, Shape.of(n / 2 + 1), 0, 0, 1), duration(call, n));
        });
        rows.add("fftshift", "x, axes=none", "The zero frequency moved to the middle.",
                call -> shifted(call, false));
        rows.add("ifftshift", "x, axes=none", "The inverse of fftshift.", call -> shifted(call, true));
    }

    /** How long n samples take. */
    private static TensorValue duration(Call call, long n) {
        return call.ops().cast(call.ops().multiply(call.element(1, DType.F64), (double) n), DType.F32);
    }

    private static int axis(Call call) {
        return call.axis(2, call.tensor(0).type().shape().rank());
    }

    private static long size(Call call, int axis) {
        return call.isNone(1) ? call.tensor(0).type().shape().dim(axis) : call.integer(1, 1);
    }

    private static long size(Call call, int[] axes, int index) {
        return call.isNone(1) ? call.tensor(0).type().shape().dim(axes[index])
                : call.integers(1, axes.length)[index];
    }

    private static int[] axes(Call call) {
        int rank = call.tensor(0).type().shape().rank();
        if (call.value(2) == null) {
            return new int[] {Axes.normal(-2, rank, "x"), Axes.normal(-1, rank, "x")};
        }
        if (!call.isNone(2)) {
            return Arrays.stream(call.integers(2)).mapToInt(axis -> Axes.normal(axis, rank, "x")).toArray();
        }
        int count = call.isNone(1) ? rank : call.integers(1).length;
        return Arrays.copyOfRange(Axes.all(rank), rank - count, rank);
    }

    private static TensorValue transform(Call call, TensorValue x, int axis, long n, boolean inverse) {
        var ops = call.ops();
        int last = x.type().shape().rank() - 1;
        var rows = ops.moveAxis(fitted(ops, ops.cast(x, DType.C64), axis, n), axis, last);
        double scale = switch (call.text(3)) {
            case "backward" -> inverse ? 1.0 / n : 1;
            case "forward" -> inverse ? 1 : 1.0 / n;
            case "ortho" -> 1 / Math.sqrt(n);
            default -> throw call.wrong(3, "\"backward\", \"forward\" or \"ortho\"");
        };
        var result = ops.run(new Fft(inverse), rows);
        return ops.moveAxis(scale == 1 ? result : ops.multiply(result, scale), last, axis);
    }

    /** Cut or padded with zeros to a size. */
    private static TensorValue fitted(Tensors ops, TensorValue x, int axis, long n) {
        long size = x.type().shape().dim(axis);
        return size == n ? x : size > n ? ops.slice(x, axis, 0, 1, n) : ops.pad(x, axis, 0, n - size, 0);
    }

    private static TensorValue half(Call call, TensorValue x, int axis, long n) {
        if (x.type().dtype().isComplex()) {
            throw call.wrong(0, "real numbers");
        }
        return call.ops().slice(transform(call, x, axis, n, false), axis, 0, 1, n / 2 + 1);
    }

    /** Real numbers from the first half of their transform, whose other half mirrors it. */
    private static TensorValue whole(Call call, TensorValue x, int axis, long n) {
        var ops = call.ops();
        var first = fitted(ops, ops.cast(x, DType.C64), axis, n / 2 + 1);
        long mirrored = (n - 1) / 2;
        var parts = mirrored == 0 ? first : ops.concat(axis, List.of(first, ops.unary(UnaryOp.CONJ,
                ops.slice(first, axis, mirrored, -1, mirrored))));
        return ops.unary(UnaryOp.REAL, transform(call, parts, axis, n, true));
    }

    private static Object shifted(Call call, boolean back) {
        var ops = call.ops();
        var result = call.tensor(0);
        for (int axis : call.axes(1, result.type().shape().rank())) {
            long size = result.type().shape().dim(axis);
            long shift = back ? (size + 1) / 2 : size / 2;
            if (size > 0 && shift % size != 0) {
                result = ops.concat(axis, List.of(ops.slice(result, axis, size - shift, 1, shift),
                        ops.slice(result, axis, 0, 1, size - shift)));
            }
        }
        return result;
    }
}
