package tfl.interpreter.builtin;

/** The body of a function that calls another one with the arguments it is given, such as a graph. */
public interface Wrapping extends Builtin.Body {
    /** The function inside. */
    Object wrapped();
}
