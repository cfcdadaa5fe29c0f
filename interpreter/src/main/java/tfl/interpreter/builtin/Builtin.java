package tfl.interpreter.builtin;

import java.util.function.DoubleUnaryOperator;
import tfl.interpreter.value.Signature;

/**
 * A function written in Java.
 *
 * @param module {@code prelude}, or the module it belongs to
 * @param scalar what it does with one float, if that is all it is given; compiled into the caller. Or null
 * @param body what it does
 */
public record Builtin(String module, String name, Signature signature, String doc, DoubleUnaryOperator scalar,
        Body body) {
    /** What a builtin does; called behind a boundary, never compiled into the caller. */
    public interface Body {
        /**
         * @param arguments one for each parameter: defaults filled in, a TupleValue for {@code *rest}, a
         * RecordValue for
         *     {@code **options}, null where the default is {@code ?}
         * @throws tfl.interpreter.TflException without a place, which the caller adds
         */
        Object call(CallContext context, Object[] arguments);
    }

    /** A row; the parameters as {@link Signature#parse} reads them. */
    public static Builtin of(String module, String name, String parameters, String doc, Body body) {
        return new Builtin(module, name, Signature.parse(parameters), doc, null, body);
    }

    /** The same function with a short way for one float. */
    public Builtin withScalar(DoubleUnaryOperator operator) {
        return new Builtin(module, name, signature, doc, operator, body);
    }
}
