package tfl.backend.small;

import java.util.Arrays;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** Between tensors and registers. */
final class Transfer {
    private Transfer() {}

    /** Whether registers hold such elements. */
    static boolean holds(DType dtype) {
        return dtype == DType.F32 || dtype == DType.F64 || dtype == DType.BOOL || dtype.isInteger();
    }

    static Step load(int input, DType dtype, int to) {
        return switch (dtype) {
            case F32 -> (registers, inputs) -> load(inputs[input], registers.floats(to));
            case F64 -> (registers, inputs) -> load(inputs[input], registers.doubles(to));
            default -> (registers, inputs) -> load(inputs[input], registers.longs(to));
        };
    }

    private static void load(Tensor tensor, float[] to) {
        int size = (int) tensor.size();
        if (tensor.isContiguous()) {
            NativeMemory.read(tensor.address(), to, size);
        } else if (repeated(tensor)) {
            Arrays.fill(to, 0, size, NativeMemory.getFloat(tensor.address()));
        } else {
            walk(tensor, (address, step, start, count) -> {
                for (int i = 0; i < count; i++) {
                    to[start + i] = NativeMemory.getFloat(address + i * step);
                }
            });
        }
    }

    private static void load(Tensor tensor, double[] to) {
        int size = (int) tensor.size();
        if (tensor.isContiguous()) {
            NativeMemory.read(tensor.address(), to, size);
        } else if (repeated(tensor)) {
            Arrays.fill(to, 0, size, NativeMemory.getDouble(tensor.address()));
        } else {
            walk(tensor, (address, step, start, count) -> {
                for (int i = 0; i < count; i++) {
                    to[start + i] = NativeMemory.getDouble(address + i * step);
                }
            });
        }
    }

    private static void load(Tensor tensor, long[] to) {
        var dtype = tensor.dtype();
        int size = (int) tensor.size();
        if (tensor.isContiguous() && dtype == DType.I64) {
            NativeMemory.read(tensor.address(), to, size);
        } else if (tensor.isContiguous()) {
            row(dtype, to, tensor.address(), dtype.bytes(), 0, size);
        } else if (repeated(tensor)) {
            Arrays.fill(to, 0, size, Elements.getLong(dtype, tensor.address()));
        } else {
            walk(tensor, (address, step, start, count) -> row(dtype, to, address, step, start, count));
        }
    }

    private static void row(DType dtype, long[] to, long address, long step, int start, int count) {
        switch (dtype) {
            case I32 -> { for (int i = 0; i < count; i++) { to[start + i] = NativeMemory.getInt(address + i * step); } }
            case I64 -> { for (int i = 0; i < count; i++) { to[start + i] = NativeMemory.getLong(address
                    + i * step); } }
            case BOOL -> {
                for (int i = 0; i < count; i++) { to[start + i] = NativeMemory.getByte(address + i * step) & 1; }
            }
            default -> {
                for (int i = 0; i < count; i++) { to[start + i] = Elements.getLong(dtype, address + i * step); }
            }
        }
    }

    /** Whether all elements are the same one, by strides of zero. */
    static boolean repeated(Tensor tensor) {
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (tensor.stride(axis) != 0) {
                return false;
            }
        }
        return tensor.size() > 0;
    }

    /** What to do with elements that lie {@code step} bytes apart. */
    private interface Row {
        void read(long address, long step, int start, int count);
    }

    private static void walk(Tensor tensor, Row row) {
        if (tensor.size() > 0) {
            walk(tensor, row, 0, tensor.address(), 0, (int) tensor.size());
        }
    }

    /** Over the elements from {@code axis} on, {@code size} of them. */
    private static void walk(Tensor tensor, Row row, int axis, long address, int start, int size) {
        long step = tensor.stride(axis) * tensor.dtype().bytes();
        int count = (int) tensor.dim(axis);
        if (axis == tensor.rank() - 1) {
            row.read(address, step, start, count);
            return;
        }
        int inner = size / count;
        for (int i = 0; i < count; i++) {
            walk(tensor, row, axis + 1, address + i * step, start + i * inner, inner);
        }
    }

    /** Fills a fresh tensor. */
    static void store(Registers registers, int from, Tensor tensor) {
        int size = (int) tensor.size();
        long address = tensor.address();
        switch (tensor.dtype()) {
            case F32 -> NativeMemory.write(registers.floats(from), address, size);
            case F64 -> NativeMemory.write(registers.doubles(from), address, size);
            case I64 -> NativeMemory.write(registers.longs(from), address, size);
            case I32 -> {
                var values = registers.longs(from);
                for (int i = 0; i < size; i++) {
                    NativeMemory.putInt(address + 4L * i, (int) values[i]);
                }
            }
            case BOOL, U8, I8 -> {
                var values = registers.longs(from);
                for (int i = 0; i < size; i++) {
                    NativeMemory.putByte(address + i, (byte) values[i]);
                }
            }
            default -> {
                var values = registers.longs(from);
                for (int i = 0; i < size; i++) {
                    Elements.putLong(tensor.dtype(), address + (long) i * tensor.dtype().bytes(), values[i]);
                }
            }
        }
    }
}
