/**
 * Values of Java and of other languages on their way in: what becomes a value of TFL ({@link
 * tfl.interpreter.foreign.Incoming}), and what stays what it was, and can be walked and asked ({@link
 * tfl.interpreter.foreign.ForeignSequence}). The way out is {@code tfl.interpreter.polyglot}.
 */
package tfl.interpreter.foreign;
