package tfl.interpreter.node;

import com.oracle.truffle.api.dsl.TypeSystem;

/**
 * The types that nodes specialise on. An int goes wherever a float does, but that is no implicit cast: a node that
 * has met an int on each side beside a float would take two ints for floats from there on.
 */
@TypeSystem({long.class, double.class, boolean.class})
public abstract class TflTypes {}
