package tfl.interpreter.builtin.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.None;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.RoutineFailure;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/**
 * One call of a builtin while it runs: its arguments, read as what the builtin takes, with errors that name
 * the function and the parameter; and a workbench, cleared when the call ends.
 */
public final class Call {
    private final CallContext context;
    private final String name;
    private final Signature signature;
    private final Object[] arguments;
    private final Tensors tensors = new Tensors();
    private boolean sawTensor;

    private Call(CallContext context, String name, Signature signature, Object[] arguments) {
        this.context = context;
        this.name = name;
        this.signature = signature;
        this.arguments = arguments;
    }

    /** What a row does. */
    public interface Rule {
        Object run(Call call);
    }

    /** Makes the body of a row out of its rule. */
    static Builtin.Body body(String name, Signature signature, Rule rule) {
        return (context, arguments) -> new Call(context, name, signature, arguments).run(rule);
    }

    /**
     * The body of a function that makes numbers of numbers: of known ones it makes a known one, also where a graph is
     * written, so that it may be a size, and gives way to the dtypes of tensors.
     */
    static Builtin.Body ofNumbers(String name, Signature signature, Rule rule) {
        return (context, arguments) -> {
            var call = new Call(context, name, signature, arguments);
            return Trace.isActive() && call.hasOnlyNumbers() ? Trace.outside(() -> call.run(rule)) : call.run(rule);
        };
    }

    private boolean hasOnlyNumbers() {
        boolean any = false;
        for (var argument : arguments) {
            boolean number = isKnownNumber(argument);
            if (!number && argument != null && argument != None.NONE) {
                return false;
            }
            any |= number;
        }
        return any;
    }

    private static boolean isKnownNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private Object run(Rule rule) {
        Object result = null;
        try {
            result = rule.run(this);
            return result;
        } catch (ShapeProblem problem) {
            throw of(problem);
        } catch (RoutineFailure failure) {
            throw TflException.of(RuntimeProblem.of(failure, name));
        } finally {
            tensors.clear(result);
        }
    }

    private TflException of(ShapeProblem problem) {
        var names = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof TensorValue) {
                names.add(signature.parameter(i).name());
            }
        }
        return TflException.of(RuntimeProblem.of(problem, names).by(name));
    }

    public CallContext context() {
        return context;
    }

    /** The name of the function that runs. */
    public String name() {
        return name;
    }

    public Tensors ops() {
        return tensors;
    }

    // Arguments

    /** The argument as it is. */
    public Object value(int index) {
        return arguments[index];
    }

    public int size() {
        return arguments.length;
    }

    /** Whether the argument is {@code none} or was left to the builtin. */
    public boolean isNone(int index) {
        return arguments[index] == null || arguments[index] == None.NONE;
    }

    /** A tensor; numbers, ranges and tuples of them become one. */
    public TensorValue tensor(int index) {
        return tensorOf(arguments[index], index);
    }

    private TensorValue tensorOf(Object value, int index) {
        sawTensor |= !isNumber(value);
        var tensor = Conversion.tensor(tensors, value);
        if (tensor == null) {
            throw wrong(index, "a tensor");
        }
        return tensor;
    }

    /** A tensor, or a number that is weakly typed. */
    public Object operand(int index) {
        return isNumber(index) ? arguments[index] : tensorOf(arguments[index], index);
    }

    /** Whether the argument is a number of the language, or stands for one. */
    public boolean isNumber(int index) {
        return isNumber(arguments[index]);
    }

    private static boolean isNumber(Object value) {
        return isKnownNumber(value) || Lifted.isWeak(value);
    }

    /** The tensors of a tuple, or the slices of a tensor along its first axis. */
    public List<TensorValue> tensorList(int index) {
        Object value = arguments[index];
        if (value instanceof TupleValue tuple) {
            sawTensor = true;
            var list = new ArrayList<TensorValue>();
            for (var element : tuple.elements()) {
                list.add(tensorOf(element, index));
            }
            return list;
        }
        var tensor = tensor(index);
        if (tensor.type().shape().rank() == 0) {
            throw wrong(index, "a tuple of tensors");
        }
        var list = new ArrayList<TensorValue>();
        for (long i = 0; i < tensor.type().shape().dim(0); i++) {
            list.add(tensors.squeeze(tensors.slice(tensor, 0, i, 1, 1), 0));
        }
        return list;
    }

    /** A result of rank 0 as a plain number, if no tensor was given. */
    public Object unwrapped(TensorValue result) {
        return sawTensor ? result : tensors.number(result);
    }

    public boolean flag(int index) {
        return switch (arguments[index]) {
            case Boolean truth -> truth;
            case TensorValue tensor when tensor.type().shape().size() == 1 ->
                    Concrete.of(tensor).readLong(0) != 0;
            case null, default -> throw wrong(index, "true or false");
        };
    }

    public long integer(int index) {
        var number = Conversion.integer(arguments[index]);
        if (number == null) {
            throw wrong(index, "an int");
        }
        return number;
    }

    /** An int that is at least {@code least}. */
    public long integer(int index, long least) {
        long number = integer(index);
        if (number < least) {
            throw wrong(index, "an int of at least " + least);
        }
        return number;
    }

    /** A number that is read here and now, so that no derivative comes through it, nor may be asked for. */
    public double number(int index) {
        return number(index, arguments[index]);
    }

    /** A number within the argument, read in the same way. */
    public double number(int index, Object value) {
        double number = threshold(index, value);
        if (value instanceof Lifted lifted && lifted.type().dtype().isDifferentiable()) {
            throw fail("no derivative comes through " + signature.parameter(index).name() + ", which is read as it is",
                    "pass stop_gradient(x) where none is wanted");
        }
        return number;
    }

    /** A number that only decides, so that the result does not move with it. */
    public double threshold(int index) {
        return threshold(index, arguments[index]);
    }

    private double threshold(int index, Object value) {
        var number = Conversion.number(value);
        if (number == null) {
            throw wrong(index, "a number");
        }
        return number;
    }

    /** A number, or the one element of a tensor, through which derivatives pass, as a tensor without axes. */
    public TensorValue element(int index, DType dtype) {
        var operand = operand(index);
        if (Tensors.shape(operand).size() != 1 || Tensors.dtype(operand).isComplex()) {
            throw wrong(index, "a number");
        }
        return tensors.as(operand instanceof TensorValue tensor ? tensors.reshape(tensor) : operand, dtype,
                Shape.SCALAR);
    }

    /** Whether a transformation is at work on the argument. */
    public boolean isLifted(int index) {
        return arguments[index] instanceof Lifted;
    }

    public String text(int index) {
        if (arguments[index] instanceof String text) {
            return text;
        }
        throw wrong(index, "a str");
    }

    /**
     * A dtype, or null for {@code none}; also by its name as text, and {@code float int bool} for the
     * defaults.
     */
    public DType dtype(int index) {
        if (isNone(index)) {
            return null;
        }
        var dtype = Conversion.dtype(arguments[index]);
        if (dtype == null) {
            throw wrong(index, "a dtype such as f32", severalSizes(index));
        }
        return dtype;
    }

    public DType dtype(int index, DType otherwise) {
        var dtype = dtype(index);
        return dtype == null ? otherwise : dtype;
    }

    /** A shape: an int or a tuple of ints. */
    public Shape shape(int index) {
        var dims = integers(index);
        for (long dim : dims) {
            if (dim < 0) {
                throw fail("a size cannot be negative: " + dim, null);
            }
        }
        return Conversion.shape(dims);
    }

    /** Ints: one, a tuple or a range of them, or a tensor of rank 1. */
    public long[] integers(int index) {
        var values = Conversion.integers(arguments[index]);
        if (values == null) {
            throw wrong(index, "an int or a tuple of ints");
        }
        return values;
    }

    /** One int for each of {@code count} places: one given is used for all. */
    public long[] integers(int index, int count) {
        var values = integers(index);
        if (values.length == 1 && count != 1) {
            var all = new long[count];
            Arrays.fill(all, values[0]);
            return all;
        }
        if (values.length != count) {
            throw wrong(index, "an int or " + count + " ints");
        }
        return values;
    }

    /** An axis of a tensor of that rank, counted from the front. */
    public int axis(int index, int rank) {
        return Axes.normal(integer(index), rank, "x");
    }

    /** Distinct axes counted from the front, ascending; all for {@code none}. */
    public int[] axes(int index, int rank) {
        return isNone(index) ? Axes.all(rank) : Axes.normal(integers(index), rank, "x");
    }

    // Complaints

    /** The argument is not what the parameter takes. */
    public TflException wrong(int index, String takes) {
        return wrong(index, takes, null);
    }

    /** The argument is not what the parameter takes, and that may help. */
    public TflException wrong(int index, String takes, String help) {
        String parameter = signature.parameter(index).name();
        return TflException.of(ErrorKind.TYPE, "TFL-E0401",
                name + ": " + parameter + " takes " + takes + ", not " + Kinds.describe(arguments[index]), help);
    }

    /** What helps where the second of several sizes stands in the place of another parameter; null where none does. */
    public String severalSizes(int index) {
        return index > 0 && arguments[index] instanceof Long more && arguments[index - 1] instanceof Long size
                && signature.parameter(index - 1).name().equals("shape")
                        ? "several sizes are one tuple: (" + size + ", " + more + ")" : null;
    }

    /** The call makes no sense; the message is led by the function's name. */
    public TflException fail(String message, String help) {
        return TflException.of(ErrorKind.VALUE, "TFL-E0402", name + ": " + message, help);
    }
}
