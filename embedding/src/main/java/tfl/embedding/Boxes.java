package tfl.embedding;

import java.lang.invoke.MethodType;

/** Primitive types and their boxes. */
final class Boxes {
    private Boxes() {}

    /** The reference type for a type. */
    @SuppressWarnings("unchecked")
    static <T> Class<T> of(Class<T> type) {
        return (Class<T>) MethodType.methodType(type).wrap().returnType();
    }
}
