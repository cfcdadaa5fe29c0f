package tfl.interpreter.foreign;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.SharedMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Java's buffers and memory segments as tensors: what is between position and limit, row-major. A copy, unless the
 * program asks to share the memory, which then has to be safe to share.
 */
public final class HostMemory {
    private final MemorySegment memory;
    /** What the elements are by themselves: bytes where nothing else is known. */
    private final DType own;
    private final ByteOrder order;

    private HostMemory(MemorySegment memory, DType own, ByteOrder order) {
        this.memory = memory;
        this.own = own;
        this.order = order;
    }

    /**
     * The memory of a Java object, or null for what has none.
     *
     * @throws TflException if it is gone, or belongs to another thread
     */
    static HostMemory of(Object host) {
        return switch (host) {
            case MemorySegment segment -> checked(new HostMemory(segment, DType.U8, ByteOrder.nativeOrder()));
            case FloatBuffer floats -> buffer(floats, DType.F32, floats.order());
            case DoubleBuffer doubles -> buffer(doubles, DType.F64, doubles.order());
            case LongBuffer longs -> buffer(longs, DType.I64, longs.order());
            case IntBuffer ints -> buffer(ints, DType.I32, ints.order());
            case ShortBuffer shorts -> buffer(shorts, DType.I16, shorts.order());
            case ByteBuffer bytes -> buffer(bytes, DType.U8, bytes.order());
            case null, default -> null;
        };
    }

    private static HostMemory buffer(Buffer buffer, DType own, ByteOrder order) {
        return checked(new HostMemory(MemorySegment.ofBuffer(buffer), own, order));
    }

    private static HostMemory checked(HostMemory memory) {
        if (!memory.memory.scope().isAlive()) {
            throw gone("its arena is closed");
        }
        if (!memory.memory.isAccessibleBy(Thread.currentThread())) {
            throw gone("its arena belongs to another thread");
        }
        return memory;
    }

    private static TflException gone(String why) {
        return TflException.of(ErrorKind.HOST, "TFL-E0632", "this memory of Java cannot be read: " + why,
                "Arena.ofAuto() and Arena.global() give memory that every thread may read at any time");
    }

    /** A copy as a vector. */
    public Tensor copied() {
        return copied(own);
    }

    /** A copy as a vector of that dtype, whose elements the bytes are. */
    public Tensor copied(DType dtype) {
        int width = dtype.bytes();
        var tensor = Tensor.allocate(dtype, count(dtype));
        try {
            if (order == ByteOrder.nativeOrder() || width == 1) {
                MemorySegment.copy(memory, 0, tensor.segment(0), 0, tensor.type().bytes());
            } else {
                swapped(dtype == DType.C64 ? 4 : width, tensor);
            }
        } catch (IllegalStateException closed) {
            throw gone("its arena was closed meanwhile");
        }
        return tensor;
    }

    private void swapped(int width, Tensor tensor) {
        var to = tensor.segment(0);
        long count = tensor.type().bytes() / width;
        switch (width) {
            case 2 -> MemorySegment.copy(memory, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 0, to,
                    ValueLayout.JAVA_SHORT_UNALIGNED, 0, count);
            case 4 -> MemorySegment.copy(memory, ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 0, to,
                    ValueLayout.JAVA_INT_UNALIGNED, 0, count);
            default -> MemorySegment.copy(memory, ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0, to,
                    ValueLayout.JAVA_LONG_UNALIGNED, 0, count);
        }
    }

    /** The memory itself as a vector. */
    public Tensor shared() {
        return shared(own);
    }

    /** The memory itself as a vector of that dtype. */
    public Tensor shared(DType dtype) {
        long count = count(dtype);
        String hindrance = hindrance(dtype);
        if (hindrance != null) {
            throw TflException.of(ErrorKind.HOST, "TFL-E0631", "this memory of Java cannot be used without a copy: "
                    + hindrance, "leave out copy=false, or use ByteBuffer.allocateDirect or Arena.ofAuto()");
        }
        return SharedMemory.borrow(memory, new TensorType(dtype, Shape.of(count)));
    }

    private String hindrance(DType dtype) {
        if (!memory.isNative()) {
            return "it lies in Java's heap, where the collector moves it";
        }
        if (memory.isMapped()) {
            return "it is a map of a file, which another program may cut short";
        }
        if (!SharedMemory.isSafe(memory)) {
            return "its arena can be closed while the tensor is there";
        }
        if (dtype.bytes() > 1 && order != ByteOrder.nativeOrder()) {
            return "its byte order is not the machine's";
        }
        return memory.address() % dtype.bytes() == 0 ? null : "it does not begin at a multiple of " + dtype.bytes();
    }

    private long count(DType dtype) {
        if (memory.byteSize() % dtype.bytes() != 0) {
            throw TflException.of(ErrorKind.SHAPE, "TFL-E0633", memory.byteSize() + " bytes are no whole number of "
                    + dtype + ", of " + dtype.bytes() + " bytes each", null);
        }
        return memory.byteSize() / dtype.bytes();
    }
}
