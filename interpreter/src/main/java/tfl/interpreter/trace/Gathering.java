package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.value.Holding;
import tfl.tensor.TensorValue;

/** The results of a comprehension so far: one by one, or the rows of a loop that is one equation. */
public final class Gathering {
    private final boolean tensor;
    private final int depth = Branch.depth();
    private final List<Object> values = new ArrayList<>();
    private TensorValue rows;

    /** @param tensor whether the results become one */
    public Gathering(boolean tensor) {
        this.tensor = tensor;
    }

    /** One more result. */
    @TruffleBoundary
    public void add(Object value) {
        if (Branch.depth() == depth) {
            split();
            Holding.retain(value);
            values.add(value);
        } else if (!tensor || Branch.depth() != depth + 1 || !Rounds.give(this, value)) {
            throw Refusals.length();
        }
    }

    /** The results of all rounds of a loop. */
    void addAll(TensorValue results) {
        if (values.isEmpty() && rows == null) {
            rows = results;
        } else {
            split();
            take(results);
        }
    }

    private void split() {
        if (rows != null) {
            take(rows);
            rows = null;
        }
    }

    private void take(TensorValue results) {
        for (long place = 0; place < results.type().shape().dim(0); place++) {
            Object row = Indexing.get(results, new Object[] {place});
            Holding.retain(row);
            values.add(row);
        }
    }

    /** All results, if they are one tensor already; else null. */
    public TensorValue rows() {
        return rows;
    }

    /** The results so far, as far as they are known one by one. */
    public Collection<Object> values() {
        return Collections.unmodifiableList(values);
    }

    /** The results one by one, retained. */
    @TruffleBoundary
    public Object[] toArray() {
        return values.toArray();
    }
}
