/** Executable nodes: one small class each, scalars first, everything that touches tensors behind a boundary. */
package tfl.interpreter.node;
