package tfl.interpreter.node.variable;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.Truffle;
import tfl.interpreter.value.Holding;

/**
 * A module's definition, which may be replaced at a prompt. Compiled code takes its value for constant until
 * then.
 */
public final class Cell {
    private final String name;
    private long writes;
    private volatile Definition now = new Definition(null, Truffle.getRuntime().createAssumption("definition"));

    /**
     * What a definition is for the time being.
     *
     * @param value null if the definition has not been reached yet
     * @param stable valid as long as the value stays
     */
    record Definition(Object value, Assumption stable) {}

    public Cell(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The value, or null if the definition has not been reached yet. */
    public Object value() {
        return now.value;
    }

    /** How often it was set. */
    public long writes() {
        return writes;
    }

    Definition now() {
        return now;
    }

    /** Replaces the value; null takes the definition back. */
    public void set(Object newValue) {
        if (newValue != null) {
            Holding.pin(newValue);
        }
        writes++;
        var before = now;
        now = new Definition(newValue, Truffle.getRuntime().createAssumption("definition"));
        before.stable.invalidate();
    }
}
