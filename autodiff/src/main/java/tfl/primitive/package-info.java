/**
 * What each operation means: one record a file, all its rules together, against the contract {@link
 * tfl.primitive.Primitive}. Parameters are components of the record, so equality, hashing and printing are
 * free.
 *
 * <p>To add an operation: write its record, name it in the permits line, add a row to the test's {@code
 * PrimitiveTable}. One more scalar function is a row of {@link tfl.kernel.UnaryOp} and its derivative a row
 * of {@code Slopes}. What is composed of primitives with no rule of its own is a static method on {@link
 * tfl.primitive.Ops}, such as {@link tfl.primitive.Products} and {@link tfl.primitive.Determinant}.
 *
 * <p>Nothing here knows Truffle, the tree or a device; only the reference backend is known, as the meaning of
 * kernels.
 */
package tfl.primitive;
