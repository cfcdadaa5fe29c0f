package tfl.interpreter.builtin;

/**
 * What {@code tfl doctor} says of one thing that a module needs.
 *
 * @param status {@code ok}, {@code warning} or {@code error}
 * @param detail what was found
 * @param help what to do; empty for nothing
 */
public record Check(String status, String name, String detail, String help) {}
