/**
 * What TFL programs compute with. Scalars are {@code Long Double Boolean String}, {@link
 * tfl.interpreter.value.None}, a
 * {@link tfl.tensor.DType}, and a {@link tfl.tensor.TensorValue}; the rest are the classes of this package.
 * All values
 * are immutable; arrays given to a constructor belong to the value from then on.
 *
 * <p>No node and no formatting may enter.
 */
package tfl.interpreter.value;
