package tfl.interpreter.node.sequence;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import java.util.Iterator;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Binding;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** Walks over everything that {@code for} takes. */
public final class Cursors {
    private Cursors() {}

    /**
     * A walk from the start.
     *
     * @throws TflException without a place, if the value is no sequence
     */
    @TruffleBoundary
    public static Cursor of(Object values, Node caller) {
        return switch (values) {
            case TupleValue tuple -> new TupleCursor(tuple);
            case RangeValue range -> new RangeCursor(range);
            case TensorValue tensor -> new TensorCursor(tensor);
            case String text -> new TextCursor(text);
            case DeferredText text -> new TextCursor(text.text());
            case StreamValue stream -> new StreamCursor(stream.open(new CallContext(caller)));
            case StructValue struct when struct.type().method("walk") != null ->
                of(walked(struct.type().method("walk"), struct, caller), caller);
            case StructValue struct when struct.type().method("next") != null ->
                new StructCursor(struct, struct.type().method("next"), new CallContext(caller));
            default -> foreign(values);
        };
    }

    // The caller goes with it, for the stack trace of what it throws.
    private static Object walked(FunctionValue method, StructValue struct, Node caller) {
        return method.target().call(caller, Binding.bind(method, new Object[] {struct}, RecordValue.EMPTY));
    }

    private static Cursor foreign(Object values) {
        if (ForeignSequence.isWalkable(values)) {
            return new ForeignCursor(ForeignSequence.walk(values));
        }
        String help = values instanceof RecordValue || ForeignSequence.isMap(values)
                ? "walk keys(r) or values(r)"
                : values instanceof Long count ? "did you mean 0.." + count + "?" : null;
        throw TflException.of(ErrorKind.TYPE, "TFL-E0222", "for cannot walk " + Kinds.of(values)
                + "; it walks tuples, tensors, ranges, strings and streams", help);
    }

    private static final class TupleCursor extends Cursor {
        private final TupleValue tuple;
        private int index;

        TupleCursor(TupleValue tuple) {
            this.tuple = tuple;
        }

        @Override
        public Object next() {
            return index < tuple.size() ? tuple.get(index++) : null;
        }
    }

    private static final class RangeCursor extends Cursor {
        private final RangeValue range;
        private long index;

        RangeCursor(RangeValue range) {
            this.range = range;
        }

        @Override
        public Object next() {
            return index < range.size() ? (Object) range.get(index++) : null;
        }
    }

    private static final class TensorCursor extends Cursor {
        private final TensorValue tensor;
        private final long size;
        private long index;

        TensorCursor(TensorValue tensor) {
            if (tensor.type().shape().rank() == 0) {
                throw TflException.of(ErrorKind.TYPE, "TFL-E0222", "for cannot walk a tensor without axes", null);
            }
            this.tensor = tensor;
            this.size = tensor.type().shape().dim(0);
        }

        @Override
        @TruffleBoundary
        public Object next() {
            return index < size ? Indexing.get(tensor, new Object[] {index++}) : null;
        }
    }

    private static final class TextCursor extends Cursor {
        private final String text;
        private int at;

        TextCursor(String text) {
            this.text = text;
        }

        @Override
        @TruffleBoundary
        public Object next() {
            if (at == text.length()) {
                return null;
            }
            int start = at;
            at = text.offsetByCodePoints(at, 1);
            return text.substring(start, at);
        }
    }

    private static final class StreamCursor extends Cursor {
        private final StreamValue.Cursor walk;

        StreamCursor(StreamValue.Cursor walk) {
            this.walk = walk;
        }

        @Override
        @TruffleBoundary
        public Object next() {
            return walk.next();
        }

        @Override
        @TruffleBoundary
        public void close() {
            walk.close();
        }
    }

    /** A struct whose {@code next} gives the element and the struct to go on with, or none at the end. */
    private static final class StructCursor extends Cursor {
        private final FunctionValue method;
        private final CallContext context;
        private Object state;

        StructCursor(StructValue state, FunctionValue method, CallContext context) {
            this.state = state;
            this.method = method;
            this.context = context;
        }

        @Override
        @TruffleBoundary
        public Object next() {
            Object step = context.call(method, state);
            if (step == None.NONE) {
                return null;
            }
            if (step instanceof TupleValue pair && pair.size() == 2) {
                state = pair.get(1);
                return pair.get(0);
            }
            throw TflException.of(ErrorKind.TYPE, "TFL-E0223", "next(self) must give (element, rest) or none, not "
                    + Kinds.of(step), null);
        }
    }

    private static final class ForeignCursor extends Cursor {
        private final Iterator<Object> walk;

        ForeignCursor(Iterator<Object> walk) {
            this.walk = walk;
        }

        @Override
        public Object next() {
            return walk.hasNext() ? walk.next() : null;
        }
    }
}
