package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Vectors that are the rows of a square, transposed in registers: in step w, lanes whose number has bit w are exchanged
 * between the vectors whose numbers differ in it (Eklundh, 1972).
 *
 * @param side how many vectors there are and how long they are, a power of two
 * @param vector their type
 */
record Square(Code code, int side, String vector) {
    /** The columns of these rows. */
    List<String> transposed(List<String> rows) {
        var lines = new ArrayList<>(rows);
        for (int width = 1; width < side; width *= 2) {
            exchange(lines, width);
        }
        return lines;
    }

    private void exchange(List<String> lines, int width) {
        for (int k = 0; k < side; k++) {
            if ((k & width) == 0) {
                var low = lines.get(k);
                var high = lines.get(k + width);
                lines.set(k, shuffle(low, high, width, 0));
                lines.set(k + width, shuffle(low, high, width, width));
            }
        }
    }

    private String shuffle(String low, String high, int width, int shift) {
        var mask = new StringBuilder();
        for (int lane = 0; lane < side; lane++) {
            int chosen = (lane & width) == 0 ? lane + shift : side + lane - width + shift;
            mask.append(lane == 0 ? "" : ", ").append("i32 ").append(chosen);
        }
        return code.emit("shufflevector " + vector + " " + low + ", " + vector + " " + high + ", <" + side
                + " x i32> <" + mask + ">");
    }
}
