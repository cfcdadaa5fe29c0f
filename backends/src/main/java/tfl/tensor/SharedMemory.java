package tfl.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Set;

/** Memory that tensors and other Java code see at the same time, without a copy. */
public final class SharedMemory {
    /** What kinds of scope never end before the segment is unreachable; the JDK names them nowhere. */
    private static final Set<Class<?>> LASTING = Set.of(Arena.ofAuto().scope().getClass(),
            Arena.global().scope().getClass(), MemorySegment.ofBuffer(ByteBuffer.allocateDirect(1)).scope().getClass());

    private SharedMemory() {}

    /**
     * A row-major tensor over memory of somebody else's. It keeps the segment reachable, and never writes to it.
     *
     * @param memory native, and never freed while the segment is reachable; see {@link #isSafe}
     */
    public static Tensor borrow(MemorySegment memory, TensorType type) {
        if (!isSafe(memory) || memory.byteSize() < type.bytes()
                || memory.address() % type.dtype().bytes() != 0) {
            throw new IllegalArgumentException(memory + " for " + type);
        }
        return Tensor.over(Storage.borrow(memory), type);
    }

    /**
     * Whether the memory is there as long as the segment is reachable: native, of no arena that can be closed, and no
     * map of a file, which another program may cut.
     */
    public static boolean isSafe(MemorySegment memory) {
        return memory.isNative() && !memory.isMapped() && LASTING.contains(memory.scope().getClass());
    }

    /** The tensor if its elements lie side by side; else a copy where they do. */
    public static Tensor dense(Tensor tensor) {
        return tensor.isContiguous() ? tensor : DenseCopy.of(tensor);
    }

    /**
     * The memory of a row-major tensor, read-only, which keeps the tensor alive. The tensor has to be pinned, or it
     * could be released below the segment.
     */
    public static MemorySegment view(Tensor tensor) {
        if (!tensor.isContiguous() || !tensor.isPinned()) {
            throw new IllegalStateException("only a pinned row-major tensor can be viewed from outside");
        }
        return MemorySegment.ofAddress(tensor.address()).reinterpret(tensor.type().bytes(), Arena.ofAuto(),
                end -> Reference.reachabilityFence(tensor)).asReadOnly();
    }
}
