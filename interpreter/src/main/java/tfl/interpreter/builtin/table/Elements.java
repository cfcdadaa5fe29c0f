package tfl.interpreter.builtin.table;

import com.oracle.truffle.api.TruffleSafepoint;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** The elements of everything that {@code for} walks, for functions that take sequences. */
public final class Elements {
    private Elements() {}

    /**
     * A walk from the start.
     *
     * @throws TflException if the value is no sequence
     */
    public static Iterator<Object> of(Call call, Object value) {
        return switch (value) {
            case TupleValue tuple -> tuple.elements().iterator();
            case RangeValue range -> LongStream.range(0, range.size()).mapToObj(i -> polled(range.get(i)))
                    .iterator();
            case String text -> text.codePoints().mapToObj(point -> polled(Character.toString(point)))
                    .iterator();
            case TensorValue tensor when tensor.type().shape().rank() > 0 -> LongStream
                    .range(0, tensor.type().shape().dim(0)).mapToObj(i -> row(call, tensor, i)).iterator();
            case StreamValue stream -> walk(stream.open(call.context()));
            case StructValue struct when struct.type().method("walk") != null ->
                of(call, call.context().call(struct.type().method("walk"), struct));
            case StructValue struct when struct.type().method("next") != null -> walk(call.context(), struct);
            case Object foreign when ForeignSequence.isWalkable(foreign) -> ForeignSequence.walk(foreign);
            case null, default -> throw TflException.of(ErrorKind.TYPE, "TFL-E0222",
                    call.name() + " cannot walk "
                    + Kinds.describe(value), value instanceof Long count ? "did you mean 0.." + count + "?"
                    : ForeignSequence.isMap(value) ? "walk keys(r) or values(r)" : null);
        };
    }

    /** A long walk can be stopped at each element. */
    private static Object polled(Object element) {
        TruffleSafepoint.poll(null);
        return element;
    }

    private static Object row(Call call, TensorValue tensor, long index) {
        return Indexing.get(call.ops(), tensor, index);
    }

    private static Iterator<Object> walk(StreamValue.Cursor cursor) {
        return new Pull(() -> {
            var element = cursor.next();
            if (element == null) {
                cursor.close();
            }
            return element;
        });
    }

    private static Iterator<Object> walk(CallContext context, StructValue start) {
        return new Pull(new Supplier<>() {
            private StructValue state = start;

            @Override
            public Object get() {
                Object step = context.call(state.type().method("next"), state);
                if (step == None.NONE) {
                    return null;
                }
                if (step instanceof TupleValue pair && pair.size() == 2
                        && pair.get(1) instanceof StructValue rest) {
                    state = rest;
                    return pair.get(0);
                }
                throw TflException.of(ErrorKind.TYPE, "TFL-E0223",
                        "next(self) must give (element, rest) or none, not " + Kinds.describe(step), null);
            }
        });
    }

    /** An iterator over what a supplier gives until it gives null. */
    private static final class Pull implements Iterator<Object> {
        private final Supplier<Object> source;
        private Object next;
        private boolean pulled;

        Pull(Supplier<Object> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (!pulled) {
                next = source.get();
                pulled = true;
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            pulled = false;
            return next;
        }
    }
}
