package tfl.interpreter.node.variable;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.Truffle;
import tfl.interpreter.value.Holding;

/**
 * A module's definition, which may be replaced at a prompt. Compiled code takes its value for constant until
 * then.
 */
public final class Cell {
    private final String name;
    @CompilationFinal private Object value;
    @CompilationFinal private Assumption stable = Truffle.getRuntime().createAssumption("definition");

    public Cell(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The value, or null if the definition has not been reached yet. */
    public Object value() {
        return value;
    }

    /** Valid as long as the value stays. */
    public Assumption stable() {
        return stable;
    }

    /** Replaces the value; null takes the definition back. */
    public void set(Object newValue) {
        if (newValue != null) {
            Holding.pin(newValue);
        }
        value = newValue;
        var before = stable;
        stable = Truffle.getRuntime().createAssumption("definition");
        before.invalidate();
    }
}
