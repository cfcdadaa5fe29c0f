package tfl.interpreter.node.variable;

import tfl.interpreter.value.Holding;

/** A module's variable, between the texts that use it, or while functions use one that is assigned below them. */
public final class Variable {
    private final String name;
    private volatile Object value;

    public Variable(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The value, or null. */
    public Object value() {
        return value;
    }

    /** Binds the variable; null takes its value back. */
    public void set(Object newValue) {
        Object old = value;
        if (old != newValue) {
            Holding.retain(newValue);
            value = newValue;
            Holding.release(old);
        }
    }
}
