/**
 * How long a function takes: {@code measure(f, *args)}, {@code timeit(f, *args)} and what {@code bench} blocks run by.
 * {@link tfl.interpreter.measure.Stopwatch} has the protocol, {@link tfl.interpreter.measure.Workload} the calls,
 * {@link tfl.interpreter.measure.Checksum} says whether two programs computed the same. Where in it the time goes:
 * {@code profile(f, *args)}, by the {@link tfl.interpreter.measure.Profiler}.
 */
package tfl.interpreter.measure;
