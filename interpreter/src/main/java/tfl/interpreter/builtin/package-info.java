/**
 * Functions written in Java. A {@link tfl.interpreter.builtin.Builtin} is one row of a table: name, parameters,
 * documentation and body. Modules bring rows through {@link tfl.interpreter.builtin.BuiltinProvider}.
 *
 * <p>Rows see values and {@link tfl.interpreter.builtin.CallContext}; no syntax tree, no frame.
 */
package tfl.interpreter.builtin;
