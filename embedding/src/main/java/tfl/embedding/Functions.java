package tfl.embedding;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * Functions of TFL that turn Java's values into TFL's and back, where the polyglot API has no message for it.
 *
 * @param type the name of a value's type
 * @param shown a value as text
 * @param shaped numbers in a shape: {@code (x, *shape)}
 * @param tuple of its arguments
 * @param record of a tuple of names, and values
 * @param f32 a tensor with that dtype; so are the others
 */
record Functions(Value type, Value shown, Value shaped, Value tuple, Value record, Value f32, Value f64, Value i64) {

    static Functions of(Context context) {
        return new Functions(context.eval(Tfl.LANGUAGE, "typeof"), context.eval(Tfl.LANGUAGE, "x -> \"{x}\""),
                context.eval(Tfl.LANGUAGE, "(x, *shape) -> reshape(asarray(x), shape)"),
                context.eval(Tfl.LANGUAGE, "(*parts) -> parts"),
                context.eval(Tfl.LANGUAGE, "(names, *values) -> record(names, values)"), dtype(context, "f32"),
                dtype(context, "f64"), dtype(context, "i64"));
    }

    private static Value dtype(Context context, String name) {
        return context.eval(Tfl.LANGUAGE, "x -> reshape(astype(asarray(x), " + name + "), (-1,))");
    }
}
