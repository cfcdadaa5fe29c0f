/** Values of TFL as debuggers and other tools see them: a short text, a type, and parts that open. */
package tfl.interpreter.view;
