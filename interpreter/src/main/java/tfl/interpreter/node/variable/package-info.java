/** Variables: frame slots, captured values, and definitions that live in a module. */
package tfl.interpreter.node.variable;
