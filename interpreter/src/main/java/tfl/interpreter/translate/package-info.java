/**
 * From the resolved tree to nodes: {@link tfl.interpreter.translate.Program} turns a text into a call target,
 * {@link
 * tfl.interpreter.translate.Expressions} and its neighbours do one part of the grammar each. Nothing is
 * executed here.
 */
package tfl.interpreter.translate;
