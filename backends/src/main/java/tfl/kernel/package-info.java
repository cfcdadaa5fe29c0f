/**
 * The closed little language that backends speak: a {@link tfl.kernel.Kernel} says what to compute, never for whom.
 *
 * <p>Kernels are values: equal kernels compute the same and share one compiled form. They hold dtypes and structure,
 * never tensors; the tensors, with their shapes and strides, arrive when an executable runs.
 */
package tfl.kernel;
