package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tfl.interpreter.Catching;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.module.Generator;
import tfl.interpreter.builtin.module.MappedDraws;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Mapping;
import tfl.transform.Trace;

/** One call of {@code vmap(f, axes)}: every operation of f runs once for all elements. */
final class MappedCall {
    private final CallContext context;
    private final Object function;
    private final Object axes;
    private long size = -1;
    private TensorType first;

    /** @param axes an int, none, or a tuple of those, one for each argument that is given by position */
    MappedCall(CallContext context, Object function, Object axes) {
        this.context = context;
        this.function = function;
        this.axes = axes;
    }

    Object run(Object[] arguments, RecordValue keywords) {
        if (axes instanceof TupleValue each && each.size() != arguments.length) {
            throw TflException.of(ErrorKind.ARGUMENT, "TFL-E0366", "vmap has " + each.size() + " axes for "
                    + arguments.length + " arguments", "give one axis, or none, for each argument");
        }
        var given = Arrays.copyOf(arguments, arguments.length + 1);
        given[arguments.length] = keywords;
        var aligned = new Object[given.length];
        for (int k = 0; k < given.length; k++) {
            var name = k < arguments.length ? "argument " + k : "an argument by name";
            aligned[k] = axis(k) == None.NONE ? given[k]
                    : aligned(given[k], Arguments.small("an axis", "a small int", axis(k)), name);
        }
        if (size < 0) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0366", "vmap has no tensor to map over", holdsKey(given)
                    ? "to give each element a key, map over numbers: vmap(i -> f(rng.fold(key, i)))(arange(n))"
                    : "at least one argument must be, or hold, a tensor whose axis is not none");
        }
        return mapped(given, aligned);
    }

    private static boolean holdsKey(Object[] given) {
        return Arrays.stream(given).anyMatch(each -> switch (each) {
            case StructValue struct -> Generator.isKey(struct);
            case TupleValue tuple -> holdsKey(tuple.toArray());
            default -> false;
        });
    }

    /** @param given the arguments, and behind them the record of those by name */
    private Object mapped(Object[] given, Object[] aligned) {
        var level = new Mapping(Execution.ops(), size);
        var lifted = new Object[aligned.length];
        for (int k = 0; k < aligned.length; k++) {
            lifted[k] = axis(k) == None.NONE ? aligned[k] : Structure.map(aligned[k],
                    leaf -> hasAxis(leaf) ? level.lift((TensorValue) leaf, false) : leaf);
        }
        Holding.retainAll(lifted);
        var tries = Catching.suspend();
        Object stacked;
        try {
            Object result = level.within(() -> MappedDraws.within(level, size,
                    () -> context.call(function, Arrays.copyOf(lifted, lifted.length - 1),
                            (RecordValue) lifted[lifted.length - 1])));
            stacked = Structure.mapDeep(result, level::maps, leaf -> stacked(level, leaf));
            Holding.retain(stacked);
            if (stacked != result) {
                Holding.discard(result);
            }
        } catch (Raised raised) {
            throw Trace.isActive() ? raised : TflException.of(ErrorKind.VALUE, "TFL-E0366",
                    "vmap has no elements to map over, and for any the function would fail", null);
        } finally {
            Catching.restore(tries);
            letGo(given, aligned, lifted);
        }
        Holding.unretain(stacked);
        return stacked;
    }

    /** What was made of the arguments is freed; they themselves are their owner's. */
    private static void letGo(Object[] given, Object[] aligned, Object[] lifted) {
        for (int k = 0; k < aligned.length; k++) {
            if (aligned[k] == given[k]) {
                Holding.unretain(lifted[k]);
            } else {
                Holding.release(lifted[k]);
                Holding.discard(aligned[k]);
            }
        }
    }

    private Object axis(int argument) {
        if (axes instanceof TupleValue each) {
            return argument < each.size() ? each.get(argument) : None.NONE;
        }
        return axes;
    }

    private static Object stacked(Mapping level, Object leaf) {
        return switch (leaf) {
            case Lifted number when number.isWeak() -> elements(level, number);
            case TensorValue tensor -> level.all(tensor);
            case Double number -> level.all(Tensor.scalar(DType.F32, number));
            case Long number -> level.all(Tensor.scalar(DType.I64, number));
            case Boolean truth -> level.all(Tensor.scalar(DType.BOOL, truth ? 1L : 0L));
            case null, default -> leaf;
        };
    }

    /** A number for each element: a tensor of them has the dtype that {@code [a, b]} has. */
    private static TensorValue elements(Mapping level, Lifted number) {
        var all = level.all(number);
        return Tensors.work(ops -> ops.cast(level.maps(number) ? all : ops.own(all), Tensors.dtype(number)));
    }

    private Object aligned(Object argument, int axis, String name) {
        return Structure.map(argument, leaf -> hasAxis(leaf) ? front((TensorValue) leaf, axis, name) : leaf);
    }

    /** Not so numbers, those that a graph or a derivative follows included: they are the same for every element. */
    private static boolean hasAxis(Object leaf) {
        return leaf instanceof TensorValue tensor && !Lifted.isWeak(tensor);
    }

    private TensorValue front(TensorValue tensor, int axis, String name) {
        var type = tensor.type();
        int rank = type.shape().rank();
        int own = axis < 0 ? axis + rank : axis;
        if (own < 0 || own >= rank) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0366", "vmap maps over axis " + axis + ", and " + name
                    + " holds a " + type, "axes=none for an argument that is the same for every element");
        }
        long here = type.shape().dim(own);
        if (size >= 0 && here != size) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0366", "vmap maps over axes of one size: axis " + axis
                    + " of a " + type + " in " + name + " is " + here + ", before that it was " + size
                    + " in a " + first, "axes= says which axis of each argument is mapped");
        }
        if (size < 0) {
            size = here;
            first = type;
        }
        return Tensors.work(ops -> ops.moveAxis(tensor, own, 0));
    }

    /** Maps a Java function over the first axis of some tensors, for derivatives of many directions at once. */
    static List<TensorValue> over(long size, List<TensorValue> all,
            Function<List<TensorValue>, List<TensorValue>> function) {
        var level = new Mapping(Execution.ops(), size);
        var lifted = new ArrayList<TensorValue>();
        all.forEach(each -> lifted.add(each == null ? null : level.lift(each, false)));
        var results = new ArrayList<TensorValue>();
        function.apply(lifted).forEach(result -> results.add(result == null ? null : level.all(result)));
        return results;
    }
}
