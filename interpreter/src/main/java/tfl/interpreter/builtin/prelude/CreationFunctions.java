package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Tensors made from nothing, from numbers, or like another tensor. */
final class CreationFunctions {
    private CreationFunctions() {}

    static List<Builtin> rows() {
        return new Rows("prelude")
                .add("asarray", "x, dtype=none, copy=none",
                        "A tensor of numbers, of nested tuples or of a range; of lists and buffers of Java too. "
                                + "copy=true lays the elements side by side in memory of their own, "
                                + "copy=false uses a buffer's memory itself, which nobody may write to any more.",
                        CreationFunctions::asArray)
                .add("frombuffer", "buffer, dtype=none, copy=true",
                        "The bytes of a buffer or memory segment of Java, or of a u8 tensor, as elements of a dtype. "
                                + "copy=false uses Java's memory itself, which nobody may write to any more.",
                        CreationFunctions::fromBuffer)
                .add("arange", "start, stop=none, step=1, dtype=none",
                        "Evenly spaced numbers from start to below stop.",
                        CreationFunctions::arange)
                .add("linspace", "start, stop, num, dtype=none, endpoint=true",
                        "num evenly spaced numbers from start to stop.", CreationFunctions::linspace)
                .add("zeros", "shape, dtype=none", "A tensor of zeros.",
                        call -> filled(call, call.shape(0), call.dtype(1), 0))
                .add("ones", "shape, dtype=none", "A tensor of ones.",
                        call -> filled(call, call.shape(0), call.dtype(1), 1))
                .add("empty", "shape, dtype=none", "A tensor whose content nobody relies on; it holds zeros.",
                        call -> filled(call, call.shape(0), call.dtype(1), 0))
                .add("full", "shape, value, dtype=none", "A tensor filled with one value.",
                        call -> full(call, call.shape(0), call.dtype(2), Tensors.dtype(call.operand(1))))
                .add("zeros_like", "x, dtype=none", "Zeros in the shape and dtype of x.",
                        call -> filledLike(call, call.dtype(1), 0))
                .add("ones_like", "x, dtype=none", "Ones in the shape and dtype of x.",
                        call -> filledLike(call, call.dtype(1), 1))
                .add("empty_like", "x, dtype=none", "A tensor in the shape and dtype of x; it holds zeros.",
                        call -> filledLike(call, call.dtype(1), 0))
                .add("full_like", "x, value, dtype=none", "One value in the shape and dtype of x.", call -> {
                    var type = call.tensor(0).type();
                    return full(call, type.shape(), call.dtype(2), type.dtype());
                })
                .add("eye", "n, m=none, k=0, dtype=none", "Ones on the k-th diagonal, zeros elsewhere.",
                        CreationFunctions::eye)
                .add("tril", "x, k=0",
                        "The lower triangle of matrices, up to the k-th diagonal; zeros above.",
                        call -> triangle(call, BinaryOp.GE))
                .add("triu", "x, k=0",
                        "The upper triangle of matrices, from the k-th diagonal on; zeros below.",
                        call -> triangle(call, BinaryOp.LE))
                .add("meshgrid", "*xs, indexing=\"xy\"", "Coordinate tensors from coordinate vectors.",
                        CreationFunctions::meshgrid)
                .list();
    }

    private static Object asArray(Call call) {
        Object value = call.value(0);
        if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return call.ops().constant(value, call.dtype(1, Promotion.ofScalar(value)), Shape.SCALAR);
        }
        if (Lifted.isWeak(value)) {
            return call.ops().cast(call.tensor(0), call.dtype(1, Tensors.dtype(value)));
        }
        var memory = Incoming.memory(value);
        if (memory != null) {
            var vector = call.ops().own(Boolean.FALSE.equals(call.value(2)) ? memory.shared() : memory.copied());
            return call.ops().cast(vector, call.dtype(1, vector.dtype()));
        }
        var exact = value instanceof TupleValue tuple && call.dtype(1) == DType.F64
                ? Conversion.tuple(call.ops(), tuple, DType.F64) : null;
        var tensor = exact == null ? call.tensor(0) : exact;
        var cast = call.ops().cast(tensor, call.dtype(1, tensor.type().dtype()));
        // Only a plain tensor lies somewhere; what stands for one is a value and no more.
        return Boolean.TRUE.equals(call.value(2)) && cast instanceof Tensor known ? Execution.ops().copy(known) : cast;
    }

    private static Object fromBuffer(Call call) {
        var memory = Incoming.memory(call.value(0));
        var bytes = call.value(0) instanceof TensorValue tensor && tensor.type().dtype() == DType.U8 ? tensor : null;
        var dtype = call.dtype(1);
        if (memory == null && bytes == null) {
            throw call.wrong(0, "a buffer or memory segment of Java, or a u8 tensor");
        }
        if (dtype == DType.BOOL) {
            throw call.fail("bytes are no bools", "compare them: frombuffer(b, u8) != 0");
        }
        if (bytes != null) {
            return reinterpreted(call, Concrete.of(bytes), dtype == null ? DType.U8 : dtype);
        }
        if (call.flag(2)) {
            return dtype == null ? memory.copied() : memory.copied(dtype);
        }
        return dtype == null ? memory.shared() : memory.shared(dtype);
    }

    private static Tensor reinterpreted(Call call, Tensor bytes, DType dtype) {
        if (bytes.size() % dtype.bytes() != 0) {
            throw call.fail(bytes.size() + " bytes are no whole number of " + dtype + ", of " + dtype.bytes()
                    + " bytes each", null);
        }
        return Tensor.ofBytes(dtype, bytes.toBytes(), bytes.size() / dtype.bytes());
    }

    private static Object arange(Call call) {
        boolean single = call.isNone(1);
        double start = single ? 0 : call.threshold(0);
        double stop = call.threshold(single ? 0 : 1);
        double step = call.threshold(2);
        if (step == 0) {
            throw call.fail("the step is zero", null);
        }
        boolean whole = Conversion.integer(call.value(0)) != null
                && (single || Conversion.integer(call.value(1)) != null)
                && Conversion.integer(call.value(2)) != null;
        double size = Math.ceil((stop - start) / step);
        if (!(size < Integer.MAX_VALUE * 4096.0)) {
            throw call.fail("it would have " + ValueText.inline(size < Long.MAX_VALUE ? (Object) (long) size : size)
                    + " elements", null);
        }
        long count = Math.max(0, (long) size);
        var dtype = call.dtype(3, whole ? DType.I64 : DType.F32);
        if (!whole && (!single && call.isLifted(0) || call.isLifted(2))) {
            return spaced(call, single ? call.ops().full(DType.F64, Shape.SCALAR, 0L) : call.element(0, DType.F64),
                    call.element(2, DType.F64), count, dtype);
        }
        return call.ops().iota(dtype, Shape.of(count), 0, start, step);
    }

    private static Object linspace(Call call) {
        long count = call.integer(2, 0);
        long gaps = call.flag(4) ? count - 1 : count;
        if (call.isLifted(0) || call.isLifted(1)) {
            var ops = call.ops();
            var start = call.element(0, DType.F64);
            var step = ops.divide(ops.subtract(call.element(1, DType.F64), start), (double) Math.max(1, gaps));
            return spaced(call, start, step, count, call.dtype(3, DType.F32));
        }
        double start = call.number(0);
        double stop = call.number(1);
        double step = gaps > 0 ? (stop - start) / gaps : 0;
        return call.ops().iota(call.dtype(3, DType.F32), Shape.of(count), 0, start, step);
    }

    /** The numbers {@code start + step * i}, where a transformation is at work on those. */
    private static TensorValue spaced(Call call, TensorValue start, TensorValue step, long count, DType dtype) {
        var ops = call.ops();
        var steps = ops.multiply(ops.iota(DType.F64, Shape.of(count), 0, 0, 1), step);
        return ops.cast(ops.add(start, steps), dtype);
    }

    private static Object filled(Call call, Shape shape, DType dtype, long number) {
        return call.ops().full(dtype == null ? DType.F32 : dtype, shape, number);
    }

    private static Object filledLike(Call call, DType dtype, long number) {
        var type = call.tensor(0).type();
        return filled(call, type.shape(), dtype == null ? type.dtype() : dtype, number);
    }

    private static Object full(Call call, Shape shape, DType wanted, DType otherwise) {
        var dtype = wanted == null ? otherwise : wanted;
        return switch (call.operand(1)) {
            case Double number -> call.ops().full(dtype, shape, number.doubleValue());
            case Long number -> call.ops().full(dtype, shape, number.longValue());
            case Boolean truth -> call.ops().full(dtype, shape, truth ? 1L : 0L);
            case Object tensor -> call.ops().as(tensor, dtype, shape);
        };
    }

    private static Object eye(Call call) {
        long rows = call.integer(0, 0);
        long columns = call.isNone(1) ? rows : call.integer(1, 0);
        var on = diagonal(call.ops(), Shape.of(rows, columns), BinaryOp.EQ, call.integer(2));
        return call.ops().cast(on, call.dtype(3, DType.F32));
    }

    /** Where column minus row compares with k. */
    private static TensorValue diagonal(Tensors ops, Shape shape, BinaryOp comparison, long k) {
        var row = ops.iota(DType.I64, shape, 0, k, 1);
        var column = ops.iota(DType.I64, shape, 1, 0, 1);
        return ops.binary(comparison, row, column);
    }

    private static Object triangle(Call call, BinaryOp comparison) {
        var x = call.tensor(0);
        var shape = x.type().shape();
        if (shape.rank() < 2) {
            throw call.wrong(0, "a tensor of at least two axes");
        }
        var plane = Shape.of(shape.dim(shape.rank() - 2), shape.dim(shape.rank() - 1));
        var zero = call.ops().full(x.type().dtype(), Shape.SCALAR, 0L);
        return call.ops().select(diagonal(call.ops(), plane, comparison, call.integer(1)), x, zero);
    }

    private static Object meshgrid(Call call) {
        boolean swapped = switch (call.text(1)) {
            case "xy" -> true;
            case "ij" -> false;
            default -> throw call.wrong(1, "\"xy\" or \"ij\"");
        };
        var vectors = call.tensorList(0);
        int rank = vectors.size();
        for (var vector : vectors) {
            if (vector.type().shape().rank() > 1) {
                throw call.wrong(0, "vectors");
            }
        }
        var dims = new long[rank];
        var places = new int[rank];
        for (int i = 0; i < rank; i++) {
            places[i] = swapped && rank > 1 && i < 2 ? 1 - i : i;
            dims[places[i]] = vectors.get(i).type().shape().size();
        }
        var grids = new ArrayList<TensorValue>();
        for (int i = 0; i < rank; i++) {
            var ones = new long[rank];
            Arrays.fill(ones, 1);
            ones[places[i]] = dims[places[i]];
            grids.add(call.ops().broadcast(call.ops().reshape(vectors.get(i), ones), Shape.of(dims)));
        }
        return new TupleValue(grids.toArray());
    }

}
