package tfl.interpreter.trace;

import com.oracle.truffle.api.frame.MaterializedFrame;

/** A piece of program over a frame. It may throw a {@link Split}. */
@FunctionalInterface
public interface Body {
    Outcome run(MaterializedFrame frame);
}
