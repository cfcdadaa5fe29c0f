package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.ForeignSequence;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.source.Span;
import tfl.tensor.TensorValue;

/** {@code (a, *rest, b)}: tuples of that length; tensors and ranges are taken apart along their first axis. */
public final class TuplePattern extends PatternNode {
    @Children private final PatternNode[] before;
    @Child private PatternNode rest;
    @Children private final PatternNode[] after;

    /** @param rest null if there is none; then {@code after} is empty */
    public TuplePattern(PatternNode[] before, PatternNode rest, PatternNode[] after, Span span) {
        super(span);
        this.before = before;
        this.rest = rest;
        this.after = after;
    }

    @Override
    @ExplodeLoop
    public boolean matches(VirtualFrame frame, Object value) {
        var tuple = value instanceof TupleValue own ? own : elements(value);
        if (tuple == null || !fits(tuple.size())) {
            return false;
        }
        for (int i = 0; i < before.length; i++) {
            if (!before[i].matches(frame, tuple.get(i))) {
                return false;
            }
        }
        int end = tuple.size() - after.length;
        if (rest != null && !rest.matches(frame, tuple.slice(before.length, end))) {
            return false;
        }
        for (int i = 0; i < after.length; i++) {
            if (!after[i].matches(frame, tuple.get(end + i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(int size) {
        return rest == null ? size == before.length : size >= before.length + after.length;
    }

    @TruffleBoundary
    private TupleValue elements(Object value) {
        long size = switch (value) {
            case TensorValue tensor when tensor.type().shape().rank() > 0 -> tensor.type().shape().dim(0);
            case RangeValue range -> range.size();
            default -> ForeignSequence.isList(value) ? ForeignSequence.size(value) : -1;
        };
        if (size < 0 || size > 10_000) {
            return null;
        }
        if (ForeignSequence.isList(value)) {
            return ForeignSequence.tuple(value);
        }
        var elements = new Object[(int) size];
        for (int i = 0; i < size; i++) {
            elements[i] = value instanceof RangeValue range ? (Object) range.get(i)
                    : Indexing.get(value, new Object[] {(long) i});
        }
        return new TupleValue(elements);
    }

    @Override
    protected String why(Object value) {
        String wanted = (rest == null ? "" : "at least ") + (before.length + after.length) + " values";
        if (value instanceof TupleValue tuple) {
            return fits(tuple.size()) ? "a part of the tuple does not fit its pattern"
                    : "a tuple of " + tuple.size() + " cannot be taken apart into " + wanted;
        }
        return Kinds.of(value) + " cannot be taken apart into " + wanted;
    }
}
