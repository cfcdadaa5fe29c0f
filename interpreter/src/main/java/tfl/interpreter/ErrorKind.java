package tfl.interpreter;

import java.util.Locale;

/** What sort of mistake an error is; {@code e.kind} in {@code catch e}. */
public enum ErrorKind {
    SYNTAX, NAME, TYPE, SHAPE, INDEX, KEY, VALUE, ARITHMETIC, ARGUMENT, ANNOTATION, ASSERTION, IMPORT, IO,
            MEMORY, STACK, PERMISSION, LIMIT,
    INTERRUPT, USER, HOST, INTERNAL;

    /** The kind that programs call so, or null. */
    public static ErrorKind of(String label) {
        for (var kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        return null;
    }

    /** As programs see it, such as {@code shape}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
