package tfl.interpreter.trace;

/** A variable of the running program that no frame holds, such as the place of a generator of random numbers. */
public interface Hidden {
    /** The value now, which may be traced. */
    Object get();

    void set(Object value);
}
