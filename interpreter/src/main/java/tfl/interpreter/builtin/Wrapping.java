package tfl.interpreter.builtin;

import java.util.function.UnaryOperator;

/** The body of a function that calls another one with the arguments it is given, such as a graph. */
public interface Wrapping extends Builtin.Body {
    /** The function inside. */
    Object wrapped();

    /** The same made of others, which are given for the functions inside. */
    Object remade(UnaryOperator<Object> others);
}
