package tfl.interpreter.value;

/** A function with its first argument given: the value of {@code x.f} where {@code f} is no field of x. */
public record BoundFunction(Object function, Object first) {}
