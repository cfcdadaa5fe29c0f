package tfl.interpreter.builtin.text;

import java.util.ArrayList;
import tfl.interpreter.value.None;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Applies the format behind the colon of {@code "{value:format}"}. */
public final class Formatting {
    private Formatting() {}

    /**
     * The value in that format; an empty one means as {@code print} shows it.
     *
     * @throws tfl.interpreter.TflException if the text is no format, or is for other values
     */
    public static String format(Object value, String format) {
        if (format.isEmpty()) {
            return ValueText.print(value);
        }
        return format(value, FormatSpec.parse(format));
    }

    /** The value in that format. */
    public static String format(Object value, FormatSpec spec) {
        return switch (value) {
            case Long number -> NumberFormat.format(number, spec);
            case Double number -> NumberFormat.format(number, spec);
            case String text -> text(text, "a str", spec);
            case Boolean truth when spec.isInteger() -> NumberFormat.format(truth ? 1L : 0L, spec);
            case TensorValue tensor -> tensor(Concrete.of(tensor), spec);
            case None none -> text("none", "none", spec);
            default -> text(ValueText.print(value), "this value", spec);
        };
    }

    private static String text(String text, String kind, FormatSpec spec) {
        if (!spec.isForText()) {
            throw FormatProblems.unfit(spec, kind,
                    "text takes fill, alignment, width and precision, as in :*^20");
        }
        return NumberFormat.format(text, spec);
    }

    private static String tensor(Tensor tensor, FormatSpec spec) {
        if (tensor.size() == 1) {
            return element(tensor, 0, spec);
        }
        if (spec.isForText() && spec.precision() < 0) {
            return text(ValueText.print(tensor), "a tensor", spec);
        }
        return nested(tensor, 0, 0, spec);
    }

    private static String nested(Tensor tensor, int axis, long position, FormatSpec spec) {
        if (axis == tensor.rank()) {
            return element(tensor, position, spec);
        }
        var parts = new ArrayList<String>();
        for (long i = 0; i < tensor.dim(axis); i++) {
            parts.add(nested(tensor, axis + 1, position * tensor.dim(axis) + i, spec));
        }
        return "[" + String.join(", ", parts) + "]";
    }

    private static String element(Tensor tensor, long position, FormatSpec spec) {
        if (tensor.dtype() == DType.BOOL) {
            return format(tensor.readLong(position) != 0, spec);
        }
        if (tensor.dtype().isInteger()) {
            return NumberFormat.format(tensor.readLong(position), spec);
        }
        if (tensor.dtype().isComplex()) {
            return text(TensorText.scalar(tensor, position), "a complex number", spec);
        }
        boolean asShown = spec.type() == 0 && spec.precision() < 0 && tensor.dtype() != DType.F64;
        double value = tensor.readDouble(position);
        return NumberFormat.format(asShown ? Double.parseDouble(Float.toString((float) value)) : value, spec);
    }
}
