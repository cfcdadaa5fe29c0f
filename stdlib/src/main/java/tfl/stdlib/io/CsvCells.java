package tfl.stdlib.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The cells of a column in eight bytes each, longs or the bits of doubles, in pieces of which only the first grows. */
final class CsvCells {
    private static final int PIECE_BITS = 14;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int FIRST = 16;
    private final List<long[]> pieces = new ArrayList<>();
    private long[] piece = new long[0];
    private int filled;

    void add(long bits) {
        if (filled == piece.length) {
            more();
        }
        piece[filled++] = bits;
    }

    private void more() {
        if (pieces.size() == 1 && filled < PIECE) {
            piece = Arrays.copyOf(piece, 2 * filled);
            pieces.set(0, piece);
        } else {
            piece = new long[pieces.isEmpty() ? FIRST : PIECE];
            pieces.add(piece);
            filled = 0;
        }
    }

    long get(int row) {
        return pieces.get(row >> PIECE_BITS)[row & PIECE - 1];
    }

    /** Turns longs into the bits of the doubles nearest to them. */
    void widen() {
        for (var each : pieces) {
            Arrays.setAll(each, i -> Double.doubleToRawLongBits(each[i]));
        }
    }

    /** The first {@code count} as a tensor of i64 or f64. */
    Tensor tensor(DType dtype, int count) {
        var tensor = Tensor.allocate(new TensorType(dtype, Shape.of(count)));
        for (int start = 0; start < count; start += PIECE) {
            NativeMemory.write(pieces.get(start >> PIECE_BITS), tensor.address() + 8L * start,
                    Math.min(PIECE, count - start));
        }
        return tensor;
    }
}
