package tfl.interpreter.value;

import com.oracle.truffle.api.RootCallTarget;
import tfl.language.source.Span;

/**
 * What all closures made at one place of a text share.
 *
 * @param doc the documentation, or null
 * @param span the whole definition
 */
public record FunctionCode(String name, Signature signature, String doc, Span span, RootCallTarget target) {
    /** Code is the same only if it is the same object: call sites compare it. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
