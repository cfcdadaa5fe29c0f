/**
 * Functions of functions: {@link tfl.interpreter.transform.Transforms} brings {@code grad} and its kin to programs.
 * {@link tfl.interpreter.transform.Leaves} takes arguments apart into what is differentiated; the mathematics is
 * {@code tfl.transform}'s.
 */
package tfl.interpreter.transform;
