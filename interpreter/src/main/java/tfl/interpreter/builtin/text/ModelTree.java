package tfl.interpreter.builtin.text;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.TensorValue;

/** A model as a tree: what it is made of, with the parameters, shapes and bytes of each part. */
final class ModelTree {
    private static final String INDENT = "  ";
    private final List<Line> lines = new ArrayList<>();

    /** A part, how many parameters it has, and how many bytes they take; 0 for a part without any. */
    private record Line(String label, long parameters, long bytes) {}

    private ModelTree() {}

    /** Whether a struct is shown so: it has parameters, is no picture, and no `show` of its user's making. */
    static boolean fits(StructValue struct) {
        var show = struct.type().method("show");
        boolean isPicture = struct.type().method("png") != null || struct.type().method("mime") != null;
        return !isPicture && weight(struct) > 0 && (show == null || isOfLibrary(show));
    }

    /** What the library's own layers say of themselves in a line is part of the tree. */
    private static boolean isOfLibrary(FunctionValue show) {
        if (!(show instanceof ClosureValue closure)) {
            return false;
        }
        var section = closure.target().getRootNode().getSourceSection();
        return section != null && section.getSource().isInternal();
    }

    static String of(StructValue model) {
        var tree = new ModelTree();
        tree.part("", model, "");
        return tree.text(model);
    }

    private String text(StructValue model) {
        int width = lines.stream().mapToInt(line -> line.label.length()).max().orElse(0);
        int numbers = lines.stream().mapToInt(line -> count(line.parameters).length()).max().orElse(0);
        int sizes = lines.stream().mapToInt(line -> OutOfTensorMemory.bytes(line.bytes).length()).max().orElse(0);
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line.label);
            if (line.parameters > 0) {
                text.append(pad("", width - line.label.length() + 2)).append(pad(count(line.parameters), numbers))
                        .append(INDENT).append(pad(OutOfTensorMemory.bytes(line.bytes), sizes));
            }
            text.append('\n');
        }
        return text.append(count(weight(model))).append(" parameters, ").append(OutOfTensorMemory.bytes(bytes(model)))
                .toString();
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String count(long number) {
        return NumberFormat.format(number, FormatSpec.parse(","));
    }

    private void part(String name, Object value, String indent) {
        String label = indent + (name.isEmpty() ? "" : name + ": ");
        switch (value) {
            case StructValue struct -> {
                add(label + title(struct), struct);
                if (weight(struct) > 0) {
                    fields(struct, indent + INDENT);
                }
            }
            case FieldsValue fields when weight(fields) > 0 -> {
                add(label + "{}", fields);
                fields(fields, indent + INDENT);
            }
            case TupleValue tuple when weight(tuple) > 0 -> {
                add(label + "()", tuple);
                elements(tuple, indent + INDENT);
            }
            case TensorValue tensor -> add(label + tensor.type(), tensor);
            case FunctionValue function -> add(label + function.name(), function);
            default -> add(label + ValueText.inline(value), value);
        }
    }

    private void add(String label, Object value) {
        lines.add(new Line(label, weight(value), bytes(value)));
    }

    /** What it says of itself, as far as that fits the line; else its type. */
    private static String title(StructValue struct) {
        var show = struct.type().method("show");
        if (show == null || !(new CallContext(null).call(show, struct) instanceof String text) || text.isEmpty()) {
            return weight(struct) > 0 || show != null ? struct.type().name() : ValueText.inline(struct);
        }
        return text.indexOf('\n') < 0 ? text : text.substring(0, Math.max(0, text.indexOf('('))).strip();
    }

    /** Of what its title tells only the parts with parameters; a single sequence of layers stands without its name. */
    private void fields(FieldsValue value, String indent) {
        boolean titled = value instanceof StructValue struct && struct.type().method("show") != null;
        if (titled && value.size() == 1 && value.get(0) instanceof TupleValue layers) {
            elements(layers, indent);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!titled || weight(value.get(i)) > 0) {
                part(value.layout().name(i), value.get(i), indent);
            }
        }
    }

    private void elements(TupleValue tuple, String indent) {
        for (int i = 0; i < tuple.size(); i++) {
            part(Integer.toString(i), tuple.get(i), indent);
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
