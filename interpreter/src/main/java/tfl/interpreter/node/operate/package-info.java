/** Operators: machine arithmetic on scalars, everything else behind a boundary. */
package tfl.interpreter.node.operate;
