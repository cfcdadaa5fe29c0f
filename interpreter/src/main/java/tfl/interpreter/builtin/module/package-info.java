/**
 * Modules written in Java: {@code tree}, {@code rng}, {@code linalg}, {@code fft}. Each is a {@link
 * tfl.interpreter.builtin.table.RowsModule}, in the prelude by its name and importable too.
 *
 * <p>No node and no syntax tree may enter.
 */
package tfl.interpreter.builtin.module;
