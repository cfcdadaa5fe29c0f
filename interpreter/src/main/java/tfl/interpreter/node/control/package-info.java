/** Control flow: conditions, loops, jumps, errors caught. */
package tfl.interpreter.node.control;
