package tfl.interpreter.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/**
 * Who holds a value: the rules of {@link TensorValue} for values of any kind. Only tensors and containers
 * count.
 */
public final class Holding {
    private Holding() {}

    /** One more holder. */
    public static void retain(Object value) {
        if (value instanceof TensorValue tensor) {
            retain(tensor);
        } else if (value instanceof Counted container) {
            container.retain();
        }
    }

    /** One more holder of each, such as the elements of a new container. */
    public static void retainAll(Object[] values) {
        for (var value : values) {
            retain(value);
        }
    }

    /** One holder less; what the last one lets go is freed. */
    public static void release(Object value) {
        if (value instanceof TensorValue tensor) {
            release(tensor);
        } else if (value instanceof Counted container) {
            container.release();
        }
    }

    /** One holder less, and nothing freed: the value is handed on. */
    public static void unretain(Object value) {
        if (value instanceof TensorValue tensor) {
            unretain(tensor);
        } else if (value instanceof Counted container) {
            container.unretain();
        }
    }

    /** Frees the value if nobody holds it. */
    public static void discard(Object value) {
        if (value instanceof TensorValue tensor) {
            discard(tensor);
        } else if (value instanceof Counted container) {
            container.discard();
        }
    }

    /** Leaves the value, and what it holds, to the collector: it goes where nobody counts. */
    public static void pin(Object value) {
        if (value instanceof TensorValue tensor) {
            pin(tensor);
        } else if (value instanceof Counted container) {
            container.pin();
        } else if (value instanceof BoundFunction bound) {
            pin(bound.first());
            pin(bound.function());
        }
    }

    /** Frees an argument nobody holds, unless the result is or holds it. */
    public static void discardAfter(Object argument, Object result) {
        if (argument != result && (argument instanceof TensorValue || argument instanceof Counted)) {
            retain(result);
            discard(argument);
            unretain(result);
        }
    }

    /** An element about to outlive the container it was read from. */
    public static Object taken(Object container, Object element) {
        discardAfter(container, element);
        return element;
    }

    /** Whether a tensor of that sort is among what the value is or holds, the captures of functions included. */
    @TruffleBoundary
    public static boolean reaches(Object value, Predicate<TensorValue> sort) {
        return reaches(value, sort, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean reaches(Object value, Predicate<TensorValue> sort, Set<Object> seen) {
        return switch (value) {
            case TensorValue tensor -> sort.test(tensor);
            case BoundFunction bound -> reaches(bound.first(), sort, seen) || reaches(bound.function(), sort, seen);
            case Counted container when seen.add(container) -> {
                for (var element : container.elementsHeld()) {
                    if (reaches(element, sort, seen)) {
                        yield true;
                    }
                }
                yield false;
            }
            case null, default -> false;
        };
    }

    /** Whether one holder, and nobody else, can see the value. */
    public static boolean isExclusive(Object value) {
        return value instanceof Counted container && container.isExclusive();
    }

    /** Gives each tensor that one holder alone can see, down through containers that it alone holds. */
    public static void eachExclusive(Object value, Consumer<Tensor> action) {
        if (value instanceof Tensor tensor && tensor.isExclusive()) {
            action.accept(tensor);
        } else if (value instanceof Counted container && container.isExclusive()
                && !(container instanceof FunctionValue)) {
            for (var element : container.elementsHeld()) {
                eachExclusive(element, action);
            }
        }
    }

    @TruffleBoundary
    private static void retain(TensorValue tensor) {
        tensor.retain();
    }

    @TruffleBoundary
    private static void release(TensorValue tensor) {
        tensor.release();
    }

    @TruffleBoundary
    private static void unretain(TensorValue tensor) {
        tensor.unretain();
    }

    @TruffleBoundary
    private static void discard(TensorValue tensor) {
        tensor.discard();
    }

    @TruffleBoundary
    private static void pin(TensorValue tensor) {
        tensor.pin();
    }
}
