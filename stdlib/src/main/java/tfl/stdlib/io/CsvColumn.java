package tfl.stdlib.io;

import java.util.ArrayList;
import java.util.Arrays;
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

    private static final int FIRST = 64;
    private Type type = Type.EMPTY;
    private int count;
    private long[] wholes;
    private double[] numbers;
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
                    case WHOLE -> put(cell.whole());
                    case NUMBER, EMPTY -> {
                        widen();
                        addNumber(kind, cell);
                    }
                    default -> type = Type.LOST;
                }
            }
            case NUMBER -> addNumber(kind, cell);
            case BOOL -> {
                if (kind == CsvCell.Kind.BOOL) {
                    put(cell.truth() ? 1 : 0);
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
                if (count == 0 && kind == CsvCell.Kind.WHOLE) {
                    type = Type.WHOLE;
                    wholes = new long[FIRST];
                    put(cell.whole());
                } else {
                    type = Type.NUMBER;
                    numbers = new double[Math.max(FIRST, 2 * count)];
                    Arrays.fill(numbers, 0, count, Double.NaN);
                    put(cell.number());
                }
            }
            case BOOL -> {
                if (count == 0) {
                    type = Type.BOOL;
                    wholes = new long[FIRST];
                    put(cell.truth() ? 1 : 0);
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

    private void put(long whole) {
        if (count == wholes.length) {
            wholes = Arrays.copyOf(wholes, 2 * count);
        }
        wholes[count] = whole;
    }

    private void put(double number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count] = number;
    }

    private void widen() {
        type = Type.NUMBER;
        numbers = new double[wholes.length];
        for (int i = 0; i < count; i++) {
            numbers[i] = wholes[i];
        }
        wholes = null;
    }

    boolean isWhole() {
        return type == Type.WHOLE;
    }

    boolean isNumeric() {
        return type == Type.WHOLE || type == Type.NUMBER;
    }

    /** The number in a row of a numeric column. */
    double number(int row) {
        return type == Type.WHOLE ? wholes[row] : numbers[row];
    }

    long whole(int row) {
        return wholes[row];
    }

    /** The column as a tensor of one axis, or a tuple of str. */
    Object value() {
        return switch (type) {
            case WHOLE -> Tensor.of(Arrays.copyOf(wholes, count), count);
            case NUMBER -> Tensor.of(Arrays.copyOf(numbers, count), count);
            case BOOL -> Tensor.of(DType.BOOL, Arrays.copyOf(wholes, count), count);
            case TEXT -> new TupleValue(texts.toArray());
            case EMPTY -> count == 0 ? Tensor.of(new double[0], 0)
                    : new TupleValue(Collections.nCopies(count, "").toArray());
            case LOST -> throw new IllegalStateException("the column must be read again");
        };
    }
}
