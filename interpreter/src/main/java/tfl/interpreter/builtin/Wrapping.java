package tfl.interpreter.builtin;

/** The body of a function that calls another one with the arguments it is given, such as a graph. */
public interface Wrapping extends Derived {
    /** The function inside. */
    Object wrapped();

    @Override
    default Object[] parts() {
        return new Object[] {wrapped()};
    }
}
