package tfl.interpreter.builtin.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.value.Signature;

/** Collects the rows of one group of builtins. */
public final class Rows {
    private final String module;
    private final List<Builtin> rows = new ArrayList<>();

    public Rows(String module) {
        this.module = module;
    }

    /**
     * A function: its name, its parameters as {@link Signature#parse} reads them, one line about it, what it
     * does.
     */
    public Rows add(String name, String parameters, String doc, Call.Rule rule) {
        return add(name, parameters, doc, null, rule);
    }

    /** A function with a short way for one float, which is compiled into the caller. */
    public Rows add(String name, String parameters, String doc, DoubleUnaryOperator scalar, Call.Rule rule) {
        var signature = Signature.parse(parameters);
        rows.add(new Builtin(module, name, signature, doc, scalar, Call.body(name, signature, rule)));
        return this;
    }

    public List<Builtin> list() {
        return List.copyOf(rows);
    }
}
