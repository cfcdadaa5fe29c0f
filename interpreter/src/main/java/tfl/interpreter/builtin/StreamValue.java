package tfl.interpreter.builtin;

/**
 * A lazy sequence made by Java code, that can be walked again from its start. It retains by itself what it needs, see
 * {@link tfl.interpreter.value.Holding}.
 */
public interface StreamValue {
    /** A walk from the start. */
    Cursor open(CallContext context);

    /** One walk. */
    interface Cursor extends AutoCloseable {
        /** The next element, or null at the end. */
        Object next();

        @Override
        default void close() {}
    }
}
