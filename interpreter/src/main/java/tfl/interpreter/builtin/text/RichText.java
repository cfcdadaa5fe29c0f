package tfl.interpreter.builtin.text;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Map;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** What notebooks can show better than as text: tensors, tables and models, numbers as formulas, trees as JSON. */
public final class RichText {
    private static final String HTML = "text/html";
    private static final String LATEX = "text/latex";
    private static final int MOST_JSON = 100_000;

    private RichText() {}

    /** Adds what there is of a value, by MIME type. */
    @TruffleBoundary
    public static void add(Object value, Map<String, Object> bundle) {
        switch (value) {
            case TensorValue lazy -> tensor(Concrete.of(lazy), bundle);
            case Long number -> bundle.put(LATEX, latex(number.toString()));
            case Double number -> bundle.put(LATEX, latex(FloatText.shortest(number)));
            case StructValue struct when ModelTree.weight(struct) > 0 -> bundle.put(HTML, ModelHtml.of(struct));
            case RecordValue record when TableHtml.rows(record) > 0 ->
                    bundle.put(HTML, TableHtml.of(record, TableHtml.rows(record)));
            case RecordValue record when record.size() > 0 -> json(record, bundle);
            case TupleValue tuple when tuple.size() > 0 -> json(tuple, bundle);
            case null, default -> { }
        }
    }

    private static void tensor(Tensor tensor, Map<String, Object> bundle) {
        if (tensor.rank() > 0) {
            bundle.put(HTML, TensorHtml.of(tensor));
        } else if (tensor.dtype().isComplex()) {
            var real = FloatText.shortest((float) tensor.readDouble(0));
            var imaginary = FloatText.shortest((float) tensor.readImaginary(0));
            bundle.put(LATEX, "$" + formula(real) + (imaginary.startsWith("-") ? " - " : " + ")
                    + formula(imaginary.replaceFirst("^-", "")) + "i$");
        } else if (tensor.dtype() != DType.BOOL) {
            bundle.put(LATEX, latex(TensorText.scalar(tensor, 0)));
        }
    }

    private static String latex(String number) {
        return "$" + formula(number) + "$";
    }

    /** A number's text as TeX has it: {@code 1.5e-07} is {@code 1.5 \times 10^{-7}}. */
    private static String formula(String number) {
        if (number.endsWith("inf") || number.equals("nan")) {
            return number.equals("nan") ? "\\mathrm{NaN}" : number.replace("inf", "\\infty");
        }
        int exponent = number.indexOf('e');
        return exponent < 0 ? number : number.substring(0, exponent) + " \\times 10^{"
                + Integer.parseInt(number.substring(exponent + 1)) + "}";
    }

    private static void json(Object value, Map<String, Object> bundle) {
        var text = new StringBuilder();
        if (json(value, text)) {
            bundle.put("application/json", text.toString());
        }
    }

    /** Writes a tree of plain values; false if there is something else in it, or too much. */
    private static boolean json(Object value, StringBuilder out) {
        if (out.length() > MOST_JSON) {
            return false;
        }
        switch (value) {
            case None none -> out.append("null");
            case Boolean truth -> out.append(truth);
            case Long number -> out.append(number);
            case Double number when Double.isFinite(number) -> out.append(FloatText.shortest(number));
            case String text -> out.append(quoted(text));
            case TupleValue tuple -> {
                out.append('[');
                for (int i = 0; i < tuple.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    if (!json(tuple.get(i), out)) {
                        return false;
                    }
                }
                out.append(']');
            }
            case RecordValue record -> {
                out.append('{');
                for (int i = 0; i < record.size(); i++) {
                    out.append(i > 0 ? "," : "").append(quoted(record.layout().name(i))).append(':');
                    if (!json(record.get(i), out)) {
                        return false;
                    }
                }
                out.append('}');
            }
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                out.append('\\').append((char) letter);
            } else if (letter < ' ') {
                out.append(String.format("\\u%04x", letter));
            } else {
                out.append((char) letter);
            }
        });
        return out.append('"').toString();
    }
}
