package tfl.interpreter.node.jump;

/** A node whose child is the body of a loop: with the child the round ends. */
public interface Round {}
