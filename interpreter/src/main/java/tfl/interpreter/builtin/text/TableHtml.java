package tfl.interpreter.builtin.text;

import java.util.ArrayList;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;

/** A record of columns, as {@code io} reads tables, as a table: its name and type above each column. */
final class TableHtml {
    private static final int ALL = 60;
    private static final int EDGE = 5;
    private static final int MOST_COLUMNS = 100;

    private TableHtml() {}

    /** How many rows a record of columns has that are equally long; -1 for what is none. */
    static long rows(Object value) {
        if (!(value instanceof RecordValue record) || record.size() == 0 || record.size() > MOST_COLUMNS) {
            return -1;
        }
        long rows = length(record.get(0));
        for (int i = 1; i < record.size() && rows > 0; i++) {
            rows = length(record.get(i)) == rows ? rows : -1;
        }
        return rows > 0 ? rows : -1;
    }

    private static long length(Object column) {
        return switch (column) {
            case Tensor tensor when tensor.rank() == 1 -> tensor.dim(0);
            case TupleValue tuple when tuple.elements().stream().allMatch(TableHtml::isPlain) -> tuple.size();
            default -> -1;
        };
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Long || value instanceof Double
                || value instanceof Boolean;
    }

    static String of(FieldsValue record, long rows) {
        var heads = new ArrayList<String>();
        var types = new ArrayList<String>();
        heads.add(Html.head(""));
        types.add(Html.head(""));
        for (int i = 0; i < record.size(); i++) {
            heads.add(Html.head(record.layout().name(i)));
            types.add("<td style=\"text-align:right;opacity:0.6\">" + Html.escaped(type(record.get(i))) + "</td>");
        }
        var out = new StringBuilder(Html.row(heads)).append(Html.row(types));
        for (long row = 0; row < rows; row++) {
            if (rows > ALL && row == EDGE) {
                row = rows - EDGE;
                out.append("<tr><th>&#8942;</th><td colspan=\"").append(record.size()).append("\"></td></tr>");
            }
            out.append(row(record, row));
        }
        return Html.block(rows + (rows == 1 ? " row, " : " rows, ") + record.size()
                + (record.size() == 1 ? " column" : " columns"), Html.table(out.toString()), "");
    }

    private static String type(Object column) {
        return column instanceof Tensor tensor ? tensor.dtype().label() : Kinds.of(((TupleValue) column).get(0));
    }

    private static String row(FieldsValue record, long row) {
        var cells = new ArrayList<String>();
        cells.add(Html.head(Long.toString(row)));
        for (int i = 0; i < record.size(); i++) {
            cells.add(switch (record.get(i)) {
                case Tensor tensor -> Html.number(TensorText.scalar(tensor, row));
                case TupleValue tuple when tuple.get((int) row) instanceof String text -> Html.text(text);
                case TupleValue tuple -> Html.number(ValueText.inline(tuple.get((int) row)));
                default -> throw new IllegalStateException("no column");
            });
        }
        return Html.row(cells);
    }
}
