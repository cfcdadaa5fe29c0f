/**
 * A value and its bytes: {@link tfl.tensor.Tensor} is a typed, strided, immutable view of a {@link tfl.tensor.Storage}.
 *
 * <p>Everyone may read tensors. Only backends write into one, and only between its allocation and the moment it is
 * handed out. Nothing here knows kernels, primitives, graphs or the language.
 */
package tfl.tensor;
