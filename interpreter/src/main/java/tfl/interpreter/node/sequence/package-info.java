/** Walks over everything that {@code for}, {@code *spread} and comprehensions take. */
package tfl.interpreter.node.sequence;
