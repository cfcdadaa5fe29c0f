package tfl.interpreter.builtin;

/** The body of a function that was made of other values, such as {@code grad(f)} of a function. */
public interface Derived extends Builtin.Body {
    /** What it was made of. */
    Object[] parts();

    /** The same made of others, one for each part. */
    Object remade(Object[] others);
}
