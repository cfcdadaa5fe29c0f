/**
 * Writes programs down as graphs: where the operation at hand stands in the source ({@link
 * tfl.interpreter.trace.Place}), and what becomes of control flow when its conditions are not known yet. A condition
 * that only the graph knows comes as an {@link tfl.interpreter.trace.UnknownCondition}; {@link
 * tfl.interpreter.trace.Choice} writes both ways down, {@link tfl.interpreter.trace.Loop} the rounds of a loop once,
 * {@link tfl.interpreter.trace.Effects} what is done beside computing. Nodes call in here with {@link
 * tfl.interpreter.trace.Body}; nothing here knows a node of the language.
 */
package tfl.interpreter.trace;
