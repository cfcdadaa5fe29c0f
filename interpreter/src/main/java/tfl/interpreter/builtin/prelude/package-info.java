/**
 * The names that every program sees, in tables by the categories of the array API standard, then the
 * language's own. {@link tfl.interpreter.builtin.prelude.Prelude} is the way in. A row is a name, its
 * parameters, one line about it, and what it does in terms of {@link tfl.interpreter.builtin.tensor.Tensors}.
 *
 * <p>No node and no syntax tree may enter; no row may read the elements of a tensor unless its result's shape
 * or kind depends on them.
 */
package tfl.interpreter.builtin.prelude;
