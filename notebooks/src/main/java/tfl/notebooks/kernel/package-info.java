/**
 * TFL's Jupyter kernel: {@link tfl.notebooks.kernel.Kernel} answers the messages of a client for one {@link
 * tfl.notebooks.cell.CellSession}, {@link tfl.notebooks.kernel.KernelSpec} tells Jupyter that there is one, and {@link
 * tfl.notebooks.kernel.KernelCommand} is {@code tfl kernel}.
 */
package tfl.notebooks.kernel;
