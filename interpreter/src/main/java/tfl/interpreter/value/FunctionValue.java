package tfl.interpreter.value;

import com.oracle.truffle.api.RootCallTarget;

/**
 * A function. Its call target takes the function itself, then one argument for each parameter in order: a tuple for
 * {@code *rest}, a record for {@code **options}, null where the callee has to use its own default.
 */
public abstract non-sealed class FunctionValue extends Counted {
    private static final Object[] NOTHING = {};

    /** The name it was defined by, or {@code <lambda>}. */
    public abstract String name();

    public abstract Signature signature();

    /** The signature that people are shown: of a function that only hands its arguments on, that of the one inside. */
    public Signature shownSignature() {
        return signature();
    }

    /** The documentation, or null. */
    public abstract String doc();

    public abstract RootCallTarget target();

    /** What it captured. */
    @Override
    Object[] elementsHeld() {
        return NOTHING;
    }

    @Override
    public String toString() {
        return "fn " + name() + shownSignature();
    }
}
