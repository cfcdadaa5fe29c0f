/** Tuples, tensors, records, strings: making them, and reading their parts. */
package tfl.interpreter.node.collect;
