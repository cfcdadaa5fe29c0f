package tfl.interpreter.node;

import com.oracle.truffle.api.dsl.ImplicitCast;
import com.oracle.truffle.api.dsl.TypeSystem;

/** The types that nodes specialise on; an int goes wherever a float does. */
@TypeSystem({long.class, double.class, boolean.class})
public abstract class TflTypes {
    /** An int as a float. */
    @ImplicitCast
    public static double toDouble(long value) {
        return value;
    }
}
