package tfl.interpreter.builtin;

/** Rows that every text knows without an import; a service of its own, because it is needed at the start. */
public interface PreludeProvider extends BuiltinProvider {
    /** The name of the module that is always there. */
    String PRELUDE = "prelude";

    @Override
    default String module() {
        return PRELUDE;
    }
}
