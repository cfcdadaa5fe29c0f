package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/**
 * Tensors among the arguments of a call that nobody can see once it is done: of variables that the statement around it
 * binds again, as in {@code p = step(p, x)}, and held by nobody else.
 */
public final class Rebound {
    private final Set<Tensor> tensors = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int parts;

    /**
     * Of arguments that are not yet in the hands of the function.
     *
     * @param parts how many parts the statement takes the result apart into; -1 if it takes the whole
     */
    @TruffleBoundary
    public Rebound(Object[] arguments, int parts) {
        this.parts = parts;
        for (var argument : arguments) {
            Holding.eachExclusive(argument, tensors::add);
        }
    }

    public boolean has(Object value) {
        return value instanceof Tensor tensor && tensors.contains(tensor);
    }

    /** Whether the statement will be able to take that result. */
    public boolean fits(Object result) {
        return !tensors.isEmpty() && (parts < 0 || result instanceof TupleValue tuple && tuple.size() == parts);
    }
}
