/**
 * Values as text: {@link tfl.interpreter.builtin.text.ValueText} prints them, {@link
 * tfl.interpreter.builtin.text.Formatting} applies the formats of interpolated strings (Python's
 * mini-language), {@link tfl.interpreter.builtin.text.TensorText} lays out tensors.
 *
 * <p>No operation on tensors may enter; elements are only read, and only those that are shown.
 */
package tfl.interpreter.builtin.text;
