/**
 * Streams at work: the Java side of the module {@code data}. A stream is a value of the language, a plan of nested
 * records; {@link tfl.stdlib.data.Plan} makes {@link tfl.stdlib.data.Stage}s of it, each of which gives its elements
 * one by one and knows its {@link tfl.stdlib.data.Place}. Threads are in {@link tfl.stdlib.data.Ahead} and nowhere
 * else: it runs a stage ahead of who reads it, and hands the elements on in their order.
 */
package tfl.stdlib.data;
