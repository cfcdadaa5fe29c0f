package tfl.interpreter.builtin.text;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/**
 * A value as the prompt shows it: tensors with a header, models as a tree, functions with what they are for.
 */
public final class Display {
    private Display() {}

    /** The text, at most {@code columns} wide where that is possible; empty for {@code none}. */
    @TruffleBoundary
    public static String of(Object value, int columns) {
        return switch (value) {
            case None none -> "";
            case String text -> ValueText.quoted(text);
            case TensorValue tensor -> tensor(tensor, columns);
            case FunctionValue function -> function(function);
            case StructValue struct when struct.type().method("show") == null
                    && weight(struct) > 0 -> model(struct);
            case null, default -> ValueText.inline(value);
        };
    }

    private static String function(FunctionValue function) {
        String head = (function instanceof BuiltinFunction ? "builtin " : "") + ValueText.inline(function);
        return function.doc() == null || function.doc().isEmpty() ? head : head + "\n" + function.doc();
    }

    private static String tensor(TensorValue value, int columns) {
        var tensor = Concrete.of(value);
        if (tensor.rank() == 0) {
            return TensorText.of(tensor, columns);
        }
        String text = header(tensor) + "\n" + TensorText.of(tensor, columns);
        return hasSummary(tensor) ? text + "\n" + summary(tensor) : text;
    }

    static String header(Tensor tensor) {
        return tensor.type() + " cpu " + OutOfTensorMemory.bytes(tensor.type().bytes());
    }

    static boolean hasSummary(Tensor tensor) {
        return tensor.size() > TensorText.ALL && tensor.dtype() != DType.BOOL && !tensor.dtype().isComplex();
    }

    /** Mean, deviation, extremes, and counts of what is not finite. */
    static String summary(Tensor tensor) {
        long nans = 0;
        long infinities = 0;
        long finite = 0;
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        var values = tensor.toDoubles();
        for (double value : values) {
            if (Double.isNaN(value)) {
                nans++;
            } else if (Double.isInfinite(value)) {
                infinities++;
            } else {
                finite++;
                sum += value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        double mean = sum / finite;
        double squares = 0;
        for (double value : values) {
            squares += Double.isFinite(value) ? (value - mean) * (value - mean) : 0;
        }
        return finite == 0 ? "no finite elements"
                : "mean " + short4(mean) + ", std " + short4(Math.sqrt(squares / finite))
                + ", min " + short4(min) + ", max " + short4(max)
                + (nans > 0 ? ", " + nans + " nan" : "") + (infinities > 0 ? ", " + infinities + " inf" : "");
    }

    private static String short4(double value) {
        return NumberFormat.format(value, FormatSpec.parse(".4g"));
    }

    // Models

    private static String model(StructValue struct) {
        var lines = new ArrayList<String[]>();
        branch("", struct, "", lines);
        int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line[0]).append(" ".repeat(line[1].isEmpty() ? 0 : width - line[0].length() + 2))
                    .append(line[1]).append('\n');
        }
        return text.append(NumberFormat.format(weight(struct), FormatSpec.parse(","))).append(" parameters, ")
                .append(OutOfTensorMemory.bytes(bytes(struct))).toString();
    }

    private static void branch(String name, Object value, String indent, List<String[]> lines) {
        String label = indent + (name.isEmpty() ? "" : name + ": ");
        switch (value) {
            case StructValue struct when weight(struct) > 0 -> {
                lines.add(new String[] {label + struct.type().name(), ""});
                fields(struct, indent + "  ", lines);
            }
            case FieldsValue fields when weight(fields) > 0 -> {
                lines.add(new String[] {label + "{}", ""});
                fields(fields, indent + "  ", lines);
            }
            case TupleValue tuple when weight(tuple) > 0 -> {
                lines.add(new String[] {label + "()", ""});
                for (int i = 0; i < tuple.size(); i++) {
                    branch(Integer.toString(i), tuple.get(i), indent + "  ", lines);
                }
            }
            case TensorValue tensor -> lines.add(new String[] {label + tensor.type(),
                OutOfTensorMemory.bytes(tensor.type().bytes())});
            case FunctionValue function -> lines.add(new String[] {label + function.name(), ""});
            default -> lines.add(new String[] {label + ValueText.inline(value), ""});
        }
    }

    private static void fields(FieldsValue fields, String indent, List<String[]> lines) {
        for (int i = 0; i < fields.size(); i++) {
            branch(fields.layout().name(i), fields.get(i), indent, lines);
        }
    }

    /** How many float elements there are in the tensors of a tree. */
    static long weight(Object value) {
        return tensors(value).stream().filter(tensor -> tensor.type().dtype().isDifferentiable())
                .mapToLong(tensor -> tensor.type().shape().size()).sum();
    }

    static long bytes(Object value) {
        return tensors(value).stream().mapToLong(tensor -> tensor.type().bytes()).sum();
    }

    private static List<TensorValue> tensors(Object value) {
        var found = new ArrayList<TensorValue>();
        switch (value) {
            case TensorValue tensor -> found.add(tensor);
            case TupleValue tuple -> tuple.elements().forEach(element -> found.addAll(tensors(element)));
            case FieldsValue fields -> {
                for (int i = 0; i < fields.size(); i++) {
                    found.addAll(tensors(fields.get(i)));
                }
            }
            case null, default -> { }
        }
        return found;
    }
}
