/** How nodes end otherwise than with a value, and between such exceptions and outcomes of traced programs. */
package tfl.interpreter.node.jump;
