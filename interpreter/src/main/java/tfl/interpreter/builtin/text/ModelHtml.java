package tfl.interpreter.builtin.text;

import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.TensorValue;

/** A model as a tree that folds: its parts, the types of its parameters, how many numbers and bytes they have. */
final class ModelHtml {
    private static final int MOST_OPEN = 2;
    private static final int LONGEST_LABEL = 60;
    private final StringBuilder out = new StringBuilder();

    private ModelHtml() {}

    static String of(StructValue model) {
        var html = new ModelHtml();
        html.out.append("<div style=\"font-family:monospace\">");
        html.part("", model, 0);
        return html.out.append("</div>").toString();
    }

    private void part(String name, Object value, int depth) {
        switch (value) {
            case StructValue struct when ModelTree.weight(struct) > 0 ->
                    fields(name, kind(struct), struct, depth);
            case FieldsValue fields when ModelTree.weight(fields) > 0 -> fields(name, "record", fields, depth);
            case TupleValue tuple when ModelTree.weight(tuple) > 0 -> {
                open(name, "tuple of " + tuple.size(), tuple, depth);
                for (int i = 0; i < tuple.size(); i++) {
                    part(Integer.toString(i), tuple.get(i), depth + 1);
                }
                close();
            }
            case TensorValue tensor -> leaf(name, tensor.type().toString(),
                    OutOfTensorMemory.bytes(tensor.type().bytes()));
            case FunctionValue function -> leaf(name, function.name(), "");
            default -> leaf(name, ValueText.inline(value), "");
        }
    }

    /** What a struct shows of itself, if that is short; else the name of its type. */
    private static String kind(StructValue struct) {
        if (struct.type().method("show") == null) {
            return struct.type().name();
        }
        var shown = ValueText.print(struct);
        return shown.length() <= LONGEST_LABEL && !shown.contains("\n") ? shown : struct.type().name();
    }

    private void fields(String name, String kind, FieldsValue fields, int depth) {
        open(name, kind, fields, depth);
        for (int i = 0; i < fields.size(); i++) {
            part(fields.layout().name(i), fields.get(i), depth + 1);
        }
        close();
    }

    private void open(String name, String kind, Object value, int depth) {
        out.append("<details").append(depth < MOST_OPEN ? " open" : "").append("><summary>");
        label(name, "<b>" + Html.escaped(kind) + "</b>");
        aside(NumberFormat.format(ModelTree.weight(value), FormatSpec.parse(",")) + " parameters, "
                + OutOfTensorMemory.bytes(ModelTree.bytes(value)));
        out.append("</summary><div style=\"margin-left:1.5em\">");
    }

    private void close() {
        out.append("</div></details>");
    }

    private void leaf(String name, String text, String aside) {
        out.append("<div>");
        label(name, Html.escaped(text));
        aside(aside);
        out.append("</div>");
    }

    private void label(String name, String html) {
        out.append(name.isEmpty() ? "" : Html.escaped(name) + ": ").append(html);
    }

    private void aside(String text) {
        if (!text.isEmpty()) {
            out.append(" <span style=\"opacity:0.6\">").append(Html.escaped(text)).append("</span>");
        }
    }
}
