package tfl.interpreter;

import tfl.language.source.Span;

/** A node that knows where in the text it comes from. */
public interface Placed {
    /** Its text, or {@link Span#NONE}. */
    Span span();
}
