package tfl.interpreter.builtin;

import com.oracle.truffle.api.RootCallTarget;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Signature;

/** A function written in Java, as a value. */
public final class BuiltinFunction extends FunctionValue {
    private final Builtin builtin;
    private volatile RootCallTarget target;

    public BuiltinFunction(Builtin builtin) {
        this.builtin = builtin;
    }

    public Builtin builtin() {
        return builtin;
    }

    @Override
    public String name() {
        return builtin.name();
    }

    @Override
    public Signature signature() {
        return builtin.signature();
    }

    @Override
    public Signature shownSignature() {
        return wrapped() instanceof FunctionValue inner ? inner.shownSignature() : signature();
    }

    private Object wrapped() {
        return builtin.body() instanceof Wrapping wrapping ? wrapping.wrapped() : null;
    }

    @Override
    public String doc() {
        if (wrapped() instanceof FunctionValue inner && builtin.doc().isEmpty()) {
            return inner.doc();
        }
        var example = Examples.of(builtin.module(), builtin.name());
        return example == null ? builtin.doc() : builtin.doc() + "\n\n" + example;
    }

    @Override
    public RootCallTarget target() {
        // Two threads may both make one: they are alike.
        var known = target;
        if (known == null) {
            known = new BuiltinRootNode(this).getCallTarget();
            target = known;
        }
        return known;
    }
}
