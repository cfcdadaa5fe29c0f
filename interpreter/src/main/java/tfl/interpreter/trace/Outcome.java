package tfl.interpreter.trace;

import tfl.interpreter.value.None;

/**
 * How a piece of program ended.
 *
 * @param value of what ends normally or returns; null for none
 * @param status for {@link Kind#OPEN} an int that only the graph knows: {@link #GOES_ON}, {@link #BREAKS} or
 *     {@link #RETURNS}
 * @param breaks whether it may have ended with {@code break}
 */
public record Outcome(Kind kind, Object value, Object status, boolean breaks) {
    public static final long GOES_ON = 0;
    public static final long BREAKS = 1;
    public static final long RETURNS = 2;

    public static final Outcome BREAK = new Outcome(Kind.BREAK, null, null, true);
    public static final Outcome CONTINUE = new Outcome(Kind.CONTINUE, null, null, false);
    public static final Outcome RAISES = new Outcome(Kind.RAISES, null, null, false);
    /** Its two sides ended in ways that only what stands around it can bring together. */
    static final Outcome MIXED = new Outcome(Kind.MIXED, null, null, false);

    /** The ways to end. */
    public enum Kind { NORMAL, BREAK, CONTINUE, RETURN, RAISES, OPEN, MIXED }

    public static Outcome normal(Object value) {
        return new Outcome(Kind.NORMAL, value == null ? None.NONE : value, null, false);
    }

    public static Outcome returning(Object value) {
        return new Outcome(Kind.RETURN, value, null, false);
    }

    /** The outcome of a round of a loop as a number. */
    Object inLoop() {
        return switch (kind) {
            case NORMAL, CONTINUE, RAISES, MIXED -> (Object) GOES_ON;
            case BREAK -> (Object) BREAKS;
            case RETURN -> (Object) RETURNS;
            case OPEN -> status;
        };
    }

    /** What is returned, or null. */
    Object returned() {
        return kind == Kind.RETURN || kind == Kind.OPEN ? value : null;
    }
}
