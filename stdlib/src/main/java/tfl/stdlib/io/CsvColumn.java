package tfl.stdlib.io;

import java.util.List;
import java.util.regex.Pattern;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** Finds the type of a column of cells. */
final class CsvColumn {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*([eE][+-]?\\d+)?|\\.\\d+([eE][+-]?\\d+)?|inf|nan|NaN|Infinity)");

    private CsvColumn() {}

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell.strip()).matches();
    }

    static Object of(List<String> cells) {
        if (cells.isEmpty()) {
            return Tensor.of(new double[0], 0);
        }
        if (cells.stream().allMatch(cell -> WHOLE.matcher(cell).matches())) {
            return Tensor.of(cells.stream().mapToLong(Long::parseLong).toArray(), cells.size());
        }
        if (cells.stream().allMatch(cell -> cell.isEmpty() || isNumber(cell))
                && cells.stream().anyMatch(cell -> !cell.isEmpty())) {
            return Tensor.of(cells.stream().mapToDouble(CsvColumn::number).toArray(), cells.size());
        }
        if (cells.stream().allMatch(cell -> cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false"))) {
            var flags = new boolean[cells.size()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = Boolean.parseBoolean(cells.get(i));
            }
            return Tensor.of(flags, flags.length);
        }
        return new TupleValue(cells.toArray());
    }

    /** Rows of numbers, as i64 if all are whole and f64 otherwise. */
    static Tensor matrix(List<List<String>> rows, int columns) {
        var cells = rows.stream().flatMap(List::stream).map(String::strip).toList();
        if (of(cells) instanceof Tensor flat && flat.dtype() != DType.BOOL) {
            return flat.reshapeView(Shape.of(rows.size(), columns));
        }
        throw new CorruptFile(0, "the first line holds numbers only, so all lines must; a header is missing");
    }

    private static double number(String cell) {
        var bare = cell.startsWith("+") || cell.startsWith("-") ? cell.substring(1) : cell;
        double sign = cell.startsWith("-") ? -1 : 1;
        return switch (bare) {
            case "", "nan", "NaN" -> Double.NaN;
            case "inf", "Infinity" -> sign * Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(cell);
        };
    }

    static String text(Tensor tensor, int row) {
        return switch (tensor.dtype().kind()) {
            case BOOL -> tensor.readLong(row) != 0 ? "true" : "false";
            case SIGNED, UNSIGNED -> Long.toString(tensor.readLong(row));
            case FLOAT -> tensor.dtype() == DType.F64 ? Double.toString(tensor.readDouble(row))
                    : Float.toString((float) tensor.readDouble(row));
            case COMPLEX -> throw new UnsupportedValue("a CSV file holds no complex numbers");
        };
    }
}
