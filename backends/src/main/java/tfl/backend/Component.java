package tfl.backend;

/**
 * Something that a backend works with, as {@code tfl doctor} lists it.
 *
 * @param version its own, or "missing" where it cannot be used
 * @param detail where it lies, what it makes use of, or why it is missing
 */
public record Component(String name, String version, String detail) {}
