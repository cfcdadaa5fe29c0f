package tfl.interpreter.builtin.text;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * The text of a tensor: nested brackets, columns aligned; of more than {@value #ALL} elements only {@value
 * #EDGE} at each edge of an axis. Only what is shown is read.
 */
public final class TensorText {
    /** Up to this many elements, all are shown. */
    public static final int ALL = 1000;
    private static final int EDGE = 3;
    static final long GAP = -1;

    private final Tensor tensor;
    private final int columns;
    private final boolean oneLine;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private String factor = "";
    private int cellWidth;
    private int nextCell;

    private TensorText(Tensor tensor, int columns, boolean oneLine) {
        this.tensor = tensor;
        this.columns = columns;
        this.oneLine = oneLine;
    }

    /** The text over several lines, at most {@code columns} wide where that is possible. */
    public static String of(Tensor tensor, int columns) {
        return new TensorText(tensor, columns, false).write();
    }

    /** The text in one line, for tensors inside of other values. */
    public static String inline(Tensor tensor) {
        return new TensorText(tensor, Integer.MAX_VALUE, true).write();
    }

    /** The element at that row-major position, as a scalar of its type is written. */
    public static String scalar(Tensor tensor, long position) {
        return switch (tensor.dtype()) {
            case BOOL -> tensor.readLong(position) != 0 ? "true" : "false";
            case F64 -> FloatText.shortest(tensor.readDouble(position));
            case F16, BF16, F32 -> FloatText.shortest((float) tensor.readDouble(position));
            case C64 -> complex(FloatText.shortest((float) tensor.readDouble(position)),
                    FloatText.shortest((float) tensor.readImaginary(position)));
            default -> Long.toString(tensor.readLong(position));
        };
    }

    /** The text of the elements that are shown, for who lays them out: {@link #next} gives them in row-major order. */
    static TensorText elements(Tensor tensor) {
        var text = new TensorText(tensor, Integer.MAX_VALUE, true);
        var positions = new ArrayList<Long>();
        text.gather(0, 0, positions);
        text.layOut(positions);
        return text;
    }

    /** What all elements are to be multiplied by, such as {@code 1e+05 *}; mostly empty. */
    String factor() {
        return factor.strip();
    }

    /** The text of the next element. */
    String next() {
        return cells.get(nextCell++).strip();
    }

    private String write() {
        if (tensor.rank() == 0) {
            return scalar(tensor, 0);
        }
        if (tensor.size() == 0) {
            return "[]";
        }
        var positions = new ArrayList<Long>();
        gather(0, 0, positions);
        layOut(positions);
        out.append(factor);
        bracket(0, factor.length() + 1);
        return out.toString();
    }

    /** The indices shown along an axis; {@link #GAP} stands for those left out. */
    long[] shown(int axis) {
        long dim = tensor.dim(axis);
        if (tensor.size() <= ALL || dim <= 2 * EDGE) {
            return range(0, dim);
        }
        var indices = new long[2 * EDGE + 1];
        for (int i = 0; i < EDGE; i++) {
            indices[i] = i;
            indices[EDGE + 1 + i] = dim - EDGE + i;
        }
        indices[EDGE] = GAP;
        return indices;
    }

    private static long[] range(long from, long to) {
        var indices = new long[(int) (to - from)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return indices;
    }

    private void gather(int axis, long position, List<Long> positions) {
        if (axis == tensor.rank()) {
            positions.add(position);
            return;
        }
        for (long index : shown(axis)) {
            if (index != GAP) {
                gather(axis + 1, position * tensor.dim(axis) + index, positions);
            }
        }
    }

    private void layOut(List<Long> positions) {
        if (tensor.dtype().isFloat()) {
            var layout = FloatLayout.of(positions.stream().mapToDouble(p -> tensor.readDouble(p)).toArray());
            factor = layout.factor();
            positions.forEach(p -> cells.add(layout.text(tensor.readDouble(p))));
        } else if (tensor.dtype() == DType.C64) {
            var real = FloatLayout.of(positions.stream().mapToDouble(p -> tensor.readDouble(p)).toArray());
            var imag = FloatLayout.of(positions.stream().mapToDouble(p -> tensor.readImaginary(p)).toArray());
            var shared = real.scale() == imag.scale() && real.scientific() == imag.scientific() ? real
                    : new FloatLayout(0, 3, true);
            var decimals = new FloatLayout(shared.scale(), Math.max(real.decimals(), imag.decimals()),
                    shared.scientific());
            factor = decimals.factor();
            positions.forEach(p -> cells.add(complex(decimals.text(tensor.readDouble(p)),
                    decimals.text(tensor.readImaginary(p)))));
        } else {
            positions.forEach(p -> cells.add(scalar(tensor, p)));
        }
        cellWidth = oneLine ? 0 : cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String complex(String real, String imaginary) {
        return real + (imaginary.startsWith("-") ? "" : "+") + imaginary + "j";
    }

    private void bracket(int axis, int indent) {
        out.append('[');
        if (axis == tensor.rank() - 1) {
            row(axis, indent);
        } else {
            block(axis, indent);
        }
        out.append(']');
    }

    private void row(int axis, int indent) {
        int at = indent;
        boolean first = true;
        for (long index : shown(axis)) {
            String cell = index == GAP ? "..." : padded(cells.get(nextCell++));
            if (!first) {
                out.append(',');
                at++;
                if (at + 1 + cell.length() >= columns) {
                    out.append('\n').append(" ".repeat(indent));
                    at = indent;
                } else {
                    out.append(' ');
                    at++;
                }
            }
            out.append(cell);
            at += cell.length();
            first = false;
        }
    }

    private String padded(String cell) {
        return " ".repeat(Math.max(0, cellWidth - cell.length())) + cell;
    }

    private void block(int axis, int indent) {
        String newline = oneLine ? " " : "\n".repeat(tensor.rank() - 1 - axis) + " ".repeat(indent);
        boolean first = true;
        for (long index : shown(axis)) {
            out.append(first ? "" : "," + newline);
            first = false;
            if (index == GAP) {
                out.append("...");
            } else {
                bracket(axis + 1, indent + 1);
            }
        }
    }
}
