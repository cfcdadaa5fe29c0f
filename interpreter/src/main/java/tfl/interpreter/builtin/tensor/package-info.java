/**
 * What operators, brackets and builtins do with tensors, composed from primitives. {@link
 * tfl.interpreter.builtin.tensor.Operators} serves the operator nodes, {@link
 * tfl.interpreter.builtin.tensor.Indexing} the brackets, and {@link tfl.interpreter.builtin.tensor.Tensors}
 * is the workbench on which every composition is made, so that gradients pass through and temporaries go when
 * the work is done.
 *
 * <p>No node and no backend may enter.
 */
package tfl.interpreter.builtin.tensor;
