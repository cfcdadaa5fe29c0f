package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tfl.backend.llvm.InnerStride;
import tfl.tensor.Tensor;

/**
 * The axes of an iteration as a kernel's loops see them: axes that lie evenly one in the other are joined,
 * axes of size one are gone. At least one axis is left.
 *
 * @param sizes of the axes, outermost first
 * @param strides of each operand, in elements
 */
record Layout(long[] sizes, long[][] strides) {
    /** The layout of operands of one shape, with axes joined wherever every operand allows. */
    static Layout joined(long[] dims, Tensor[] operands) {
        return joined(dims, Strides.all(operands));
    }

    /** The same of operands with these strides. */
    static Layout joined(long[] dims, long[][] operands) {
        return of(dims, IntStream.range(0, dims.length).toArray(), operands);
    }

    /** Every axis as it is; a scalar gets one axis. */
    static Layout plain(long[] dims, long[][] operands) {
        return unjoined(dims, IntStream.range(0, dims.length).toArray(), operands);
    }

    /** Some axes as they are; of none, one of size one. */
    static Layout unjoined(long[] dims, int[] axes, long[][] operands) {
        if (axes.length == 0) {
            return new Layout(new long[] {1}, new long[operands.length][1]);
        }
        var sizes = Arrays.stream(axes).mapToLong(axis -> dims[axis]).toArray();
        var strides = Arrays.stream(operands)
                .map(operand -> Arrays.stream(axes).mapToLong(axis -> operand[axis]).toArray())
                        .toArray(long[][]::new);
        return new Layout(sizes, strides);
    }

    /** The layout of some axes, joined wherever every operand allows. */
    static Layout of(long[] dims, int[] axes, long[][] operands) {
        var sizes = new long[Math.max(1, axes.length)];
        var strides = new long[operands.length][sizes.length];
        int last = sizes.length;
        for (int position = axes.length - 1; position >= 0; position--) {
            int axis = axes[position];
            if (dims[axis] == 1) {
                continue;
            }
            if (last < sizes.length && isEven(operands, axis, sizes[last], strides, last)) {
                sizes[last] *= dims[axis];
            } else {
                last--;
                sizes[last] = dims[axis];
                for (int k = 0; k < operands.length; k++) {
                    strides[k][last] = operands[k][axis];
                }
            }
        }
        if (last == sizes.length) {
            last--;
            sizes[last] = 1;
        }
        int first = last;
        var kept = Arrays.stream(strides).map(each -> Arrays.copyOfRange(each, first, each.length))
                .toArray(long[][]::new);
        return new Layout(Arrays.copyOfRange(sizes, first, sizes.length), kept);
    }

    private static boolean isEven(long[][] operands, int axis, long size, long[][] strides, int inner) {
        for (int k = 0; k < operands.length; k++) {
            if (operands[k][axis] != size * strides[k][inner]) {
                return false;
            }
        }
        return true;
    }

    int rank() {
        return sizes.length;
    }

    /** The other axes than these two; of none, one of size one. */
    Layout without(int one, int other) {
        var left = IntStream.range(0, rank()).filter(axis -> axis != one && axis != other).toArray();
        if (left.length == 0) {
            return new Layout(new long[] {1}, new long[strides.length][1]);
        }
        return new Layout(Arrays.stream(left).mapToLong(axis -> sizes[axis]).toArray(), Arrays.stream(strides)
                .map(each -> Arrays.stream(left).mapToLong(axis -> each[axis]).toArray())
                        .toArray(long[][]::new));
    }

    /** How many elements the axes span. */
    long size() {
        return Arrays.stream(sizes).reduce(1, (x, y) -> x * y);
    }

    /** How each operand moves along the innermost axis. */
    List<InnerStride> inner() {
        var inner = new ArrayList<InnerStride>();
        for (var each : strides) {
            inner.add(sizes[rank() - 1] == 1 && each[rank() - 1] != 0 ? InnerStride.DENSE
                    : InnerStride.of(each[rank() - 1]));
        }
        return List.copyOf(inner);
    }

    /** Sizes, then each operand's strides: the tail of a kernel's arguments. */
    long[] arguments() {
        var all = new long[rank() * (1 + strides.length)];
        System.arraycopy(sizes, 0, all, 0, rank());
        for (int k = 0; k < strides.length; k++) {
            System.arraycopy(strides[k], 0, all, rank() * (k + 1), rank());
        }
        return all;
    }
}
