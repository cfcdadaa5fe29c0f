package tfl.interpreter.node.sequence;

/** A walk over a sequence. */
public abstract class Cursor {
    /** The next element, or null at the end. */
    public abstract Object next();

    /** Ends the walk early. */
    public void close() {}
}
