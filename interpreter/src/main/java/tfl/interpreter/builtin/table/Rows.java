package tfl.interpreter.builtin.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.value.Signature;

/** Collects the rows of one group of builtins. */
public final class Rows {
    private final String module;
    private final boolean ofNumbers;
    private final List<Builtin> rows = new ArrayList<>();

    public Rows(String module) {
        this(module, false);
    }

    private Rows(String module, boolean ofNumbers) {
        this.module = module;
        this.ofNumbers = ofNumbers;
    }

    /** Rows of functions that make numbers of numbers, as they make tensors of tensors, and do nothing else. */
    public static Rows ofNumbers(String module) {
        return new Rows(module, true);
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
        rows.add(new Builtin(module, name, signature, doc, scalar, ofNumbers
                ? Call.ofNumbers(name, signature, rule) : Call.body(name, signature, rule)));
        return this;
    }

    public List<Builtin> list() {
        return List.copyOf(rows);
    }
}
