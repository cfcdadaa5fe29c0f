package tfl.backend.small;

import static tfl.tensor.NativeMemory.getDouble;
import static tfl.tensor.NativeMemory.getFloat;
import static tfl.tensor.NativeMemory.getLong;
import static tfl.tensor.NativeMemory.putDouble;
import static tfl.tensor.NativeMemory.putFloat;
import static tfl.tensor.NativeMemory.putLong;

import java.lang.ref.Reference;
import tfl.backend.Executable;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * The four arithmetic operations on two vectors of some dozens of elements, from memory to memory: here even the
 * registers of {@link Program} would be felt.
 */
final class Direct implements Executable {
    /** Above this many elements vector code over registers is faster. */
    static final int MOST = 128;

    private final Loop loop;
    private final Executable otherwise;
    private final TensorType type;
    private final int left;
    private final int right;
    private final int size;
    private final int width;

    /** Addresses, and the bytes between neighbours, of two operands. */
    private interface Loop {
        void run(long x, int xStep, long y, int yStep, long r, int n);
    }

    private Direct(Loop loop, Executable otherwise, TensorType type, int left, int right) {
        this.loop = loop;
        this.otherwise = otherwise;
        this.type = type;
        this.left = left;
        this.right = right;
        this.size = (int) type.shape().size();
        this.width = type.dtype().bytes();
    }

    /** The shorter way where there is one, else the given one. */
    static Executable of(Kernel kernel, TensorType type, Executable otherwise) {
        if (kernel instanceof Kernel.Loop(var dtypes, var bodies) && type.shape().size() <= MOST
                && bodies.size() == 1
                && bodies.getFirst() instanceof ScalarExpr.Binary(var op, ScalarExpr.Input x, ScalarExpr.Input y)) {
            var loop = loop(op, x.dtype());
            return loop == null ? otherwise : new Direct(loop, otherwise, type, x.index(), y.index());
        }
        return otherwise;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var x = inputs[left];
        var y = inputs[right];
        int xStep = step(x);
        int yStep = step(y);
        if (xStep < 0 || yStep < 0) {
            return otherwise.run(inputs, donated);
        }
        var result = Tensor.allocate(type);
        loop.run(x.address(), xStep, y.address(), yStep, result.address(), size);
        Reference.reachabilityFence(inputs);
        Reference.reachabilityFence(result);
        return new Tensor[] {result};
    }

    /** Bytes from one element to the next: all the same, or -1. */
    private int step(Tensor tensor) {
        if (tensor.isContiguous()) {
            return width;
        }
        return Transfer.repeated(tensor) ? 0 : -1;
    }

    private static Loop loop(BinaryOp op, DType dtype) {
        return switch (dtype) {
            case F32 -> floats(op);
            case F64 -> doubles(op);
            case I64 -> longs(op);
            default -> null;
        };
    }

    private static Loop floats(BinaryOp op) {
        return switch (op) {
            case ADD -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putFloat(r + 4L * i, getFloat(x + s * i) + getFloat(y + t * i)); }
            };
            case SUB -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putFloat(r + 4L * i, getFloat(x + s * i) - getFloat(y + t * i)); }
            };
            case MUL -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putFloat(r + 4L * i, getFloat(x + s * i) * getFloat(y + t * i)); }
            };
            case DIV -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putFloat(r + 4L * i, getFloat(x + s * i) / getFloat(y + t * i)); }
            };
            default -> null;
        };
    }

    private static Loop doubles(BinaryOp op) {
        return switch (op) {
            case ADD -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putDouble(r + 8L * i, getDouble(x + s * i) + getDouble(y + t * i)); }
            };
            case SUB -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putDouble(r + 8L * i, getDouble(x + s * i) - getDouble(y + t * i)); }
            };
            case MUL -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putDouble(r + 8L * i, getDouble(x + s * i) * getDouble(y + t * i)); }
            };
            case DIV -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putDouble(r + 8L * i, getDouble(x + s * i) / getDouble(y + t * i)); }
            };
            default -> null;
        };
    }

    private static Loop longs(BinaryOp op) {
        return switch (op) {
            case ADD -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putLong(r + 8L * i, getLong(x + s * i) + getLong(y + t * i)); }
            };
            case SUB -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putLong(r + 8L * i, getLong(x + s * i) - getLong(y + t * i)); }
            };
            case MUL -> (x, s, y, t, r, n) -> {
                for (int i = 0; i < n; i++) { putLong(r + 8L * i, getLong(x + s * i) * getLong(y + t * i)); }
            };
            default -> null;
        };
    }
}
