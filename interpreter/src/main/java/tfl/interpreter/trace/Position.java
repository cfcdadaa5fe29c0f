package tfl.interpreter.trace;

/** Where a choice stands, which says what ways to end it may bring together. */
public enum Position {
    /** Its value is the function's. */
    FUNCTION,
    /** Nothing of the loop's round comes after it. */
    ROUND,
    /** More comes after it. */
    WITHIN
}
