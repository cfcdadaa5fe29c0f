/** Programs that stand still, as debuggers see them: the variables of a frame, and texts that run there. */
package tfl.interpreter.debug;
