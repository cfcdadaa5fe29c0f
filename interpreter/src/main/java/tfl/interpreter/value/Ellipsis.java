package tfl.interpreter.value;

/** The {@code ...} between brackets. */
public enum Ellipsis {
    ELLIPSIS
}
