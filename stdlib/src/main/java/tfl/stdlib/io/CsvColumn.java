package tfl.stdlib.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * A column that finds its type while its cells come: i64 as long as all are whole numbers, then f64 (an empty cell is
 * nan), bool if all are true or false, and else str. What turns out to be text after it began as something else is
 * {@link #isLost}: its first cells were not kept, and the file must be read again.
 */
final class CsvColumn {
    private enum Type { EMPTY, WHOLE, NUMBER, BOOL, TEXT, LOST }

    private Type type = Type.EMPTY;
    private int count;
    private CsvCells cells;
    private List<String> texts;

    /** A column of str, whatever its cells. */
    void beText() {
        type = Type.TEXT;
        texts = new ArrayList<>();
    }

    boolean isLost() {
        return type == Type.LOST;
    }

    int count() {
        return count;
    }

    void add(CsvCell.Kind kind, CsvCell cell) {
        switch (type) {
            case EMPTY -> begin(kind, cell);
            case WHOLE -> {
                switch (kind) {
                    case WHOLE -> cells.add(cell.whole());
                    case NUMBER, EMPTY -> {
                        type = Type.NUMBER;
                        cells.widen();
                        addNumber(kind, cell);
                    }
                    default -> type = Type.LOST;
                }
            }
            case NUMBER -> addNumber(kind, cell);
            case BOOL -> {
                if (kind == CsvCell.Kind.BOOL) {
                    cells.add(cell.truth() ? 1 : 0);
                } else {
                    type = Type.LOST;
                }
            }
            case TEXT -> texts.add(kind == CsvCell.Kind.EMPTY ? "" : cell.text());
            case LOST -> { }
        }
        count++;
    }

    private void begin(CsvCell.Kind kind, CsvCell cell) {
        switch (kind) {
            case EMPTY -> { }
            case WHOLE, NUMBER -> {
                boolean whole = count == 0 && kind == CsvCell.Kind.WHOLE;
                type = whole ? Type.WHOLE : Type.NUMBER;
                cells = new CsvCells();
                for (int i = 0; i < count; i++) {
                    put(Double.NaN);
                }
                cells.add(whole ? cell.whole() : Double.doubleToRawLongBits(cell.number()));
            }
            case BOOL -> {
                if (count == 0) {
                    type = Type.BOOL;
                    cells = new CsvCells();
                    cells.add(cell.truth() ? 1 : 0);
                } else {
                    beginText(cell);
                }
            }
            case TEXT -> beginText(cell);
        }
    }

    private void beginText(CsvCell cell) {
        type = Type.TEXT;
        texts = new ArrayList<>(Collections.nCopies(count, ""));
        texts.add(cell.text());
    }

    private void addNumber(CsvCell.Kind kind, CsvCell cell) {
        switch (kind) {
            case WHOLE, NUMBER -> put(cell.number());
            case EMPTY -> put(Double.NaN);
            default -> type = Type.LOST;
        }
    }

    private void put(double number) {
        cells.add(Double.doubleToRawLongBits(number));
    }

    boolean isWhole() {
        return type == Type.WHOLE;
    }

    boolean isNumeric() {
        return type == Type.WHOLE || type == Type.NUMBER;
    }

    /** The number in a row of a numeric column. */
    double number(int row) {
        return type == Type.WHOLE ? cells.get(row) : Double.longBitsToDouble(cells.get(row));
    }

    long whole(int row) {
        return cells.get(row);
    }

    /** The column as a tensor of one axis, or a tuple of str. */
    Object value() {
        return switch (type) {
            case WHOLE -> cells.tensor(DType.I64, count);
            case NUMBER -> cells.tensor(DType.F64, count);
            case BOOL -> bools();
            case TEXT -> new TupleValue(texts.toArray());
            case EMPTY -> count == 0 ? Tensor.of(new double[0], 0)
                    : new TupleValue(Collections.nCopies(count, "").toArray());
            case LOST -> throw new IllegalStateException("the column must be read again");
        };
    }

    private Tensor bools() {
        var flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = cells.get(i) != 0;
        }
        return Tensor.of(flags, count);
    }
}
