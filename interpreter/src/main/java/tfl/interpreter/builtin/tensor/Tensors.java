package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Cast;
import tfl.primitive.Concat;
import tfl.primitive.Full;
import tfl.primitive.Insert;
import tfl.primitive.Iota;
import tfl.primitive.Ops;
import tfl.primitive.Pad;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.primitive.Select;
import tfl.primitive.ShapeProblem;
import tfl.primitive.Slice;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * A workbench for one composition of primitives: it remembers what was made on it, and clears away all but
 * the result. Nothing here reads elements, so whatever a tensor stands for (a traced or a differentiated
 * value) passes through.
 *
 * <p>An operand is a tensor, or a {@code Long Double Boolean} that is weakly typed.
 */
public final class Tensors implements Ops<TensorValue> {
    private static final Unary[] UNARY =
            Arrays.stream(UnaryOp.values()).map(Unary::new).toArray(Unary[]::new);
    private static final Binary[] BINARY =
            Arrays.stream(BinaryOp.values()).map(Binary::new).toArray(Binary[]::new);

    private final List<TensorValue> made = new ArrayList<>();

    /** Does a piece of work and frees what it made, except the result and what the result holds. */
    public static <T> T work(Function<Tensors, T> work) {
        var bench = new Tensors();
        T result = null;
        try {
            result = work.apply(bench);
            return result;
        } finally {
            bench.clear(result);
        }
    }

    /** Frees what was made here, except the result; what a container in the result holds is held. */
    public void clear(Object result) {
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i) != result) {
                made.get(i).discard();
            }
        }
        made.clear();
    }

    /** Applies a primitive of one result. */
    public TensorValue run(Primitive primitive, TensorValue... inputs) {
        return runAll(primitive, inputs).getFirst();
    }

    /** Applies a primitive of one operand and one result. */
    public TensorValue run(Primitive primitive, TensorValue x) {
        var result = Execution.ops().call(primitive, x);
        return result == x ? result : own(result);
    }

    /** Applies a primitive of two operands and one result. */
    public TensorValue run(Primitive primitive, TensorValue x, TensorValue y) {
        var result = Execution.ops().call(primitive, x, y);
        return result == x || result == y ? result : own(result);
    }

    /** Applies a primitive of one result to plain tensors, of which those with their bit set may hold the result. */
    public TensorValue run(Primitive primitive, int donated, Tensor... inputs) {
        return own(Execution.ops().run(primitive, donated, inputs)[0]);
    }

    /** Applies a primitive. */
    public List<TensorValue> runAll(Primitive primitive, TensorValue... inputs) {
        return apply(primitive, Arrays.asList(inputs));
    }

    @Override
    public List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        var results = Execution.ops().apply(primitive, inputs);
        for (var result : results) {
            if (!isAmong(result, inputs)) {
                made.add(result);
            }
        }
        return results;
    }

    private static boolean isAmong(TensorValue value, List<TensorValue> inputs) {
        for (var input : inputs) {
            if (input == value) {
                return true;
            }
        }
        return false;
    }

    /** Makes a value known to the workbench, to be freed with the rest. */
    public <V extends TensorValue> V own(V value) {
        made.add(value);
        return value;
    }

    // Making

    @Override
    public TensorType type(TensorValue value) {
        return value.type();
    }

    @Override
    public TensorValue full(TensorType type, double value) {
        return full(type.dtype(), type.shape(), value);
    }

    /** A scalar number as an element of that dtype, repeated to a shape without memory for it. */
    public TensorValue constant(Object scalar, DType dtype, Shape shape) {
        return Constants.of(scalar, dtype, shape);
    }

    /** Memory filled with a number; integers are truncated. */
    public TensorValue full(DType dtype, Shape shape, double number) {
        boolean real = dtype.isDifferentiable();
        return run(new Full(new TensorType(dtype, shape), real ? Double.doubleToRawLongBits(number)
                : (long) number));
    }

    /** Memory filled with an integer, exactly. */
    public TensorValue full(DType dtype, Shape shape, long number) {
        return dtype.isDifferentiable() ? full(dtype, shape, (double) number)
                : run(new Full(new TensorType(dtype, shape), number));
    }

    /** The numbers {@code start + step * i} along an axis. */
    public TensorValue iota(DType dtype, Shape shape, int axis, double start, double step) {
        return run(new Iota(new TensorType(dtype, shape), axis, start, step));
    }

    /** The integers from 0 to below n. */
    public TensorValue count(long n) {
        return iota(DType.I64, Shape.of(n), 0, 0, 1);
    }

    // Elementwise

    public TensorValue unary(UnaryOp op, TensorValue x) {
        return like(run(UNARY[op.ordinal()], x), x, x);
    }

    /** A result of numbers of the language only stands for such a number too. */
    private TensorValue like(TensorValue result, Object left, Object right) {
        boolean number = result instanceof Lifted && isNumber(left) && isNumber(right)
                && !result.type().dtype().isComplex();
        return number ? weakened((Lifted) result) : result;
    }

    /** What was made of numbers of the language only, as such a number; what none can be stays a tensor. */
    public Object number(TensorValue result) {
        if (!(result instanceof Lifted lifted) || result.type().shape().rank() != 0) {
            return Conversion.scalarOrTensor(result);
        }
        return switch (result.type().dtype().kind()) {
            case BOOL -> weakened(lifted);
            case SIGNED, UNSIGNED -> number(lifted, DType.I64);
            case FLOAT -> number(lifted, DType.F64);
            case COMPLEX -> result;
        };
    }

    /** The same value, standing for a number of the language. */
    public Lifted weakened(Lifted value) {
        var weak = value.weakened();
        if (weak != value && made.removeIf(each -> each == value)) {
            made.add(weak);
        }
        return weak;
    }

    /** Whether that is a number of the language, or stands for one. */
    public static boolean isNumber(Object operand) {
        return !(operand instanceof TensorValue) || Lifted.isWeak(operand);
    }

    /** A lifted value of one element as a number of the language, through which derivatives pass. */
    public TensorValue number(Lifted x, DType dtype) {
        return weakened((Lifted) cast(reshape(x), dtype));
    }

    /** Whether a lifted value of one element is not zero, as a bool of the language. */
    public TensorValue truth(Lifted x) {
        var one = reshape(x);
        return weakened((Lifted) (one.type().dtype() == DType.BOOL ? one
                : Operators.comparison(this, BinaryOp.NE, one, 0L)));
    }

    /** Whether elements are smaller than a bound, as bools. */
    public TensorValue isBelow(TensorValue x, double bound) {
        return Operators.comparison(this, BinaryOp.LT, x, bound);
    }

    /** A float function: integers and bools are converted first. */
    public TensorValue floating(UnaryOp op, TensorValue x) {
        return run(UNARY[op.ordinal()], floats(x));
    }

    public TensorValue activation(Activation.Function function, TensorValue x) {
        return like(run(new Activation(function), x), x, x);
    }

    /** The elements as floats: f32 for integers and bools, unchanged otherwise. */
    public TensorValue floats(TensorValue x) {
        return cast(x, Promotion.floating(x.type().dtype()));
    }

    public TensorValue cast(TensorValue x, DType dtype) {
        return x.type().dtype() == dtype ? x : like(run(new Cast(dtype), x), x, x);
    }

    /** An operation on two operands as they are: promoted to one dtype and broadcast to one shape. */
    public TensorValue binary(BinaryOp op, Object left, Object right) {
        if (left instanceof TensorValue a && right instanceof TensorValue b && a.type().equals(b.type())) {
            return like(run(BINARY[op.ordinal()], a, b), a, b);
        }
        return binary(op, left, right, meet(left, right));
    }

    /** An operation on two operands in that dtype, broadcast to one shape. */
    public TensorValue binary(BinaryOp op, Object left, Object right, DType dtype) {
        var shape = Broadcast.of(shape(left), shape(right));
        return like(run(BINARY[op.ordinal()], as(left, dtype, shape), as(right, dtype, shape)), left, right);
    }

    public TensorValue add(Object left, Object right) {
        return binary(BinaryOp.ADD, left, right);
    }

    public TensorValue subtract(Object left, Object right) {
        return binary(BinaryOp.SUB, left, right);
    }

    public TensorValue multiply(Object left, Object right) {
        return binary(BinaryOp.MUL, left, right);
    }

    /** True division: integers become floats. */
    public TensorValue divide(Object left, Object right) {
        var dtype = meet(left, right);
        return binary(BinaryOp.DIV, left, right, isNumber(left) && isNumber(right) ? DType.F64
                : Promotion.floating(dtype));
    }

    /** Elements of {@code yes} where the bool condition holds, else of {@code no}. */
    public TensorValue select(Object condition, Object yes, Object no) {
        var dtype = isNumber(yes) && isNumber(no) ? Promotion.of(dtype(yes), dtype(no)) : meet(yes, no);
        var shape = Broadcast.of(Broadcast.of(shape(yes), shape(no)), shape(condition));
        return run(new Select(), as(condition, dtype(condition), shape), as(yes, dtype, shape),
                as(no, dtype, shape));
    }

    /**
     * A tensor held between numbers that a transformation follows, either of which may be null. At a bound the
     * derivative is that of the tensor, as it is where the numbers are known ({@link tfl.primitive.Clip}).
     */
    public TensorValue clip(TensorValue x, Object low, Object high) {
        var raised = low == null ? x : select(Operators.comparison(this, BinaryOp.LT, x, low), low, x);
        return high == null ? raised : select(Operators.comparison(this, BinaryOp.GT, raised, high), high, raised);
    }

    /** The operand as a tensor of that dtype and shape. */
    public TensorValue as(Object operand, DType dtype, Shape shape) {
        if (Lifted.isWeak(operand) && dtype.isInteger()
                && dtype.bytes() < ((TensorValue) operand).type().dtype().bytes()) {
            throw new ShapeProblem("TFL-E0360", "whether an int fits in " + dtype
                    + " is known only when the graph runs", "convert the tensor first: x.astype(i64)");
        }
        return operand instanceof TensorValue ? broadcast(cast(Conversion.tensor(this, operand), dtype), shape)
                : constant(operand, dtype, shape);
    }

    /** The dtype in which two operands meet; for two scalars, one that is as exact as they are. */
    public static DType meet(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            var dtype = Promotion.of(dtype(left), dtype(right));
            return dtype.isFloat() ? DType.F64 : dtype;
        }
        if (left instanceof TensorValue a) {
            if (right instanceof TensorValue b) {
                return Promotion.of(a, b);
            }
            return Promotion.weak(a.type().dtype(), right);
        }
        return Promotion.weak(((TensorValue) right).type().dtype(), left);
    }

    public static Shape shape(Object operand) {
        return operand instanceof TensorValue tensor ? tensor.type().shape() : Shape.SCALAR;
    }

    /** The dtype of a tensor, or that of a tensor which is made of a number. */
    public static DType dtype(Object operand) {
        if (!(operand instanceof TensorValue tensor)) {
            return Promotion.ofScalar(operand);
        }
        var dtype = tensor.type().dtype();
        return Lifted.isWeak(tensor) && dtype.isFloat() ? DType.F32 : dtype;
    }

    // Moving

    public TensorValue broadcast(TensorValue x, Shape shape) {
        return x.type().shape().equals(shape) ? x : run(new BroadcastTo(shape), x);
    }

    public TensorValue reshape(TensorValue x, long... dims) {
        var shape = Shape.of(dims);
        return x.type().shape().equals(shape) ? x : run(new Reshape(shape), x);
    }

    /** Axis k of the result is axis {@code order[k]} of x. */
    public TensorValue permute(TensorValue x, int... order) {
        return run(new Transpose(Arrays.stream(order).boxed().toList()), x);
    }

    /** {@code count} elements of one axis, from {@code start}, {@code step} apart. */
    public TensorValue slice(TensorValue x, int axis, long start, long step, long count) {
        var shape = x.type().shape();
        var starts = new long[shape.rank()];
        var steps = new long[shape.rank()];
        var counts = shape.dims();
        Arrays.fill(steps, 1);
        starts[axis] = start;
        steps[axis] = step;
        counts[axis] = count;
        return slice(x, starts, steps, counts);
    }

    public TensorValue slice(TensorValue x, long[] starts, long[] steps, long[] counts) {
        return run(new Slice(list(starts), list(counts), list(steps)), x);
    }

    /** Adds elements of one value around an axis. */
    public TensorValue pad(TensorValue x, int axis, long low, long high, double value) {
        var lows = new long[x.type().shape().rank()];
        var highs = lows.clone();
        lows[axis] = low;
        highs[axis] = high;
        return pad(x, lows, highs, value);
    }

    /** Adds elements of one value, a number or a tensor of rank 0, around each axis. */
    public TensorValue pad(TensorValue x, long[] low, long[] high, Object value) {
        double number = value instanceof Number given ? given.doubleValue() : Boolean.TRUE.equals(value) ? 1 : 0;
        var pad = new Pad(list(low), list(high), list(new long[low.length]), number);
        if (!(value instanceof TensorValue) && !(value instanceof Long whole && whole != (long) number)) {
            if (value instanceof Long whole) {
                Promotion.checkFits(whole, x.type().dtype());
            }
            return run(pad, x);
        }
        var type = pad.shape(List.of(x.type())).getFirst();
        var around = as(value, type.dtype(), type.shape());
        return run(new Insert(list(low), Collections.nCopies(low.length, 1L)), around, x);
    }

    /** Joins tensors along an axis, in the dtype where all meet. */
    public TensorValue concat(int axis, List<TensorValue> parts) {
        var dtype = parts.stream().map(part -> part.type().dtype()).reduce(Promotion::of).orElseThrow();
        return parts.size() == 1 ? parts.getFirst()
                : run(new Concat(axis), parts.stream().map(part -> cast(part, dtype))
                .toArray(TensorValue[]::new));
    }

    /** A new axis of size 1. */
    public TensorValue expand(TensorValue x, int axis) {
        var dims = x.type().shape().dims();
        var wider = new long[dims.length + 1];
        System.arraycopy(dims, 0, wider, 0, axis);
        wider[axis] = 1;
        System.arraycopy(dims, axis, wider, axis + 1, dims.length - axis);
        return reshape(x, wider);
    }

    /** Drops an axis of size 1. */
    public TensorValue squeeze(TensorValue x, int axis) {
        return reshape(x, without(x.type().shape(), axis).dims());
    }

    /** The axis moved to another place. */
    public TensorValue moveAxis(TensorValue x, int from, int to) {
        if (from == to) {
            return x;
        }
        var order = new ArrayList<Integer>();
        for (int axis = 0; axis < x.type().shape().rank(); axis++) {
            if (axis != from) {
                order.add(axis);
            }
        }
        order.add(to, from);
        return run(new Transpose(order), x);
    }

    static Shape without(Shape shape, int axis) {
        return Shape.of(IntStream.range(0, shape.rank()).filter(i -> i != axis)
                .mapToLong(shape::dim).toArray());
    }

    static List<Long> list(long... values) {
        return LongStream.of(values).boxed().toList();
    }
}
