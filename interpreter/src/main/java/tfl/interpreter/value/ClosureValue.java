package tfl.interpreter.value;

import com.oracle.truffle.api.RootCallTarget;

/** A function written in TFL, with the values it captured when it was made. */
public final class ClosureValue extends FunctionValue {
    private final FunctionCode code;
    private final Object[] captured;

    /** A closure that owns the array. */
    public ClosureValue(FunctionCode code, Object[] captured) {
        this.code = code;
        this.captured = captured;
        Holding.retainAll(captured);
    }

    @Override
    Object[] elementsHeld() {
        return captured;
    }

    public FunctionCode code() {
        return code;
    }

    /** How many values it captured. */
    public int captures() {
        return captured.length;
    }

    public Object captured(int index) {
        return captured[index];
    }

    /** The same code over other captured values, which the new closure owns. */
    public ClosureValue withCaptured(Object[] values) {
        return new ClosureValue(code, values);
    }

    @Override
    public String name() {
        return code.name();
    }

    @Override
    public Signature signature() {
        return code.signature();
    }

    @Override
    public String doc() {
        return code.doc();
    }

    @Override
    public RootCallTarget target() {
        return code.target();
    }
}
