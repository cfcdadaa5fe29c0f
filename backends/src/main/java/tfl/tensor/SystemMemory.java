package tfl.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The C library's allocator, which unlike Java's own does not write zeros into fresh memory. */
final class SystemMemory {
    private static final long HUGE_PAGE = 2L << 20;
    private static final int MADV_HUGEPAGE = 14;
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final MethodHandle MEMALIGN = function("posix_memalign",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
    private static final MethodHandle MADVISE = function("madvise", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private SystemMemory() {}

    /** The address of fresh, unset memory, 64-byte aligned; 0 if the system has none to give. */
    static long allocate(long bytes) {
        boolean huge = LINUX && bytes >= 2 * HUGE_PAGE;
        try (var arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            if ((int) MEMALIGN.invokeExact(result, huge ? HUGE_PAGE : 64L, bytes) != 0) {
                return 0;
            }
            long address = result.get(ValueLayout.JAVA_LONG, 0);
            if (huge) {
                // Only advice: where it fails, pages are small and nothing else changes.
                int ignored = (int) MADVISE.invokeExact(address, bytes, MADV_HUGEPAGE);
            }
            return address;
        } catch (Throwable problem) {
            throw new IllegalStateException("the C library's allocator cannot be called", problem);
        }
    }

    static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable problem) {
            throw new IllegalStateException("the C library's allocator cannot be called", problem);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
