/**
 * Writes programs down as graphs: where the operation at hand stands in the source ({@link
 * tfl.interpreter.trace.Place}), and what becomes of control flow when its conditions are not known yet. Nodes call
 * in here; nothing here knows a node.
 */
package tfl.interpreter.trace;
