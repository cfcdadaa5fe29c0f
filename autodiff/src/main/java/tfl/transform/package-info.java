/**
 * Runs primitives at once and differentiates what ran: {@link tfl.transform.EagerOps} applies a primitive to
 * tensors, or writes it on the {@link tfl.transform.Tape} of the innermost gradient that its operands belong
 * to.
 *
 * <pre>
 * try (var tape = new Tape(ops)) {
 *     var x = tape.lift(tensor);
 *     var y = ... ops.call(new Unary(UnaryOp.SIN), x) ...;
 *     var gradient = tape.pull(List.of(y), List.of(seed)).getFirst();
 * }
 * </pre>
 *
 * <p>Callers: the interpreter. Nothing here knows Truffle or the tree.
 */
package tfl.transform;
