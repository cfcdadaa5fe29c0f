/** Patterns: taking values apart, and checking annotations. */
package tfl.interpreter.node.match;
