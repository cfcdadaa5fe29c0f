package tfl.interpreter.builtin.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.tensor.Tensor;

/** A tensor as a table for each matrix in it; what is left out is what its text leaves out. */
final class TensorHtml {
    private static final int VECTOR_COLUMNS = 10;
    private final Tensor tensor;
    private final TensorText elements;
    private final StringBuilder out = new StringBuilder();

    private TensorHtml(Tensor tensor) {
        this.tensor = tensor;
        this.elements = TensorText.elements(tensor);
    }

    /** The HTML of a tensor of rank 1 or more. */
    static String of(Tensor tensor) {
        var html = new TensorHtml(tensor);
        if (tensor.size() > 0) {
            if (tensor.rank() == 1) {
                html.vector();
            } else {
                html.blocks(0, "");
            }
        }
        var factor = html.elements.factor();
        return Html.block(Display.header(tensor) + (factor.isEmpty() ? "" : "  " + factor), html.out.toString(),
                Display.hasSummary(tensor) ? TensorSummary.of(tensor) : "");
    }

    private void vector() {
        var rows = new StringBuilder();
        var row = new ArrayList<String>();
        for (long index : elements.shown(0)) {
            if (row.isEmpty()) {
                row.add(Html.head(index == TensorText.GAP ? "" : Long.toString(index)));
            }
            row.add(index == TensorText.GAP ? Html.gap() : Html.number(elements.next()));
            if (row.size() > VECTOR_COLUMNS) {
                rows.append(Html.row(row));
                row.clear();
            }
        }
        out.append(Html.table(rows.append(row.isEmpty() ? "" : Html.row(row)).toString()));
    }

    private void blocks(int axis, String indices) {
        if (axis == tensor.rank() - 2) {
            if (!indices.isEmpty()) {
                out.append("<div style=\"font-family:monospace\">[").append(indices).append(":, :]</div>");
            }
            matrix(axis);
            return;
        }
        for (long index : elements.shown(axis)) {
            if (index == TensorText.GAP) {
                out.append("<div>&#8942;</div>");
            } else {
                blocks(axis + 1, indices + index + ", ");
            }
        }
    }

    private void matrix(int axis) {
        var columns = elements.shown(axis + 1);
        var rows = new StringBuilder(Html.row(heads(columns)));
        for (long index : elements.shown(axis)) {
            var row = new ArrayList<String>();
            row.add(Html.head(index == TensorText.GAP ? "\u22ee" : Long.toString(index)));
            for (long column : columns) {
                row.add(index == TensorText.GAP || column == TensorText.GAP ? Html.gap()
                        : Html.number(elements.next()));
            }
            rows.append(Html.row(row));
        }
        out.append(Html.table(rows.toString()));
    }

    private static List<String> heads(long[] columns) {
        return IntStream.range(-1, columns.length).mapToObj(i -> Html.head(i < 0 ? ""
                : columns[i] == TensorText.GAP ? "\u22ef" : Long.toString(columns[i]))).toList();
    }
}
