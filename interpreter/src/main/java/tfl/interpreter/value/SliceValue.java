package tfl.interpreter.value;

/** {@code start:stop:step} between brackets; each is a long, or null where it is left out. */
public record SliceValue(Long start, Long stop, Long step) {}
