package tfl.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory from the C library, which unlike Java's own allocator does not write zeros into it. On Linux blocks from
 * {@link #MAPPED} bytes on are mapped, so that freeing them returns them, and large ones in huge pages, which a first
 * touch fills three times as fast.
 *
 * <p>Smaller blocks are aligned here, not by {@code posix_memalign}: it asks for more than it keeps, so a block that
 * was freed between others never serves the next request of its size, and the process keeps holes.
 */
final class SystemMemory {
    /** Where the C library begins to map, too, before it has seen the first such block freed. */
    static final long MAPPED = 128L << 10;
    private static final int LINE = 64;
    private static final long HUGE_PAGE = 2L << 20;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_HUGEPAGE = 14;
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MethodHandle MALLOC = function("malloc", LONG, LONG);
    private static final MethodHandle FREE = function("free", null, LONG);

    private SystemMemory() {}

    /** Calls that only large blocks need. */
    private static final class Mapping {
        static final MethodHandle MMAP = function("mmap", LONG, LONG, LONG, INT, INT, INT, LONG);
        static final MethodHandle MUNMAP = function("munmap", INT, LONG, LONG);
        static final MethodHandle MADVISE = function("madvise", INT, LONG, LONG, INT);
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        var descriptor = result == null ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(result, arguments);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    private static boolean mapped(long bytes) {
        return LINUX && bytes >= MAPPED;
    }

    /** The address of fresh memory, 64-byte aligned, content undefined; 0 if the system has none to give. */
    static long allocate(long bytes) {
        if (mapped(bytes)) {
            return map(bytes);
        }
        try {
            long start = (long) MALLOC.invokeExact(bytes + LINE);
            return start == 0 ? 0 : aligned(start);
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    /** The first line behind {@code start}, which is written before it: {@code malloc} leaves 16 bytes at least. */
    private static long aligned(long start) {
        long address = start + LINE & -LINE;
        NativeMemory.putLong(address - Long.BYTES, start);
        return address;
    }

    /** Frees what {@link #allocate} gave for that many bytes. */
    static void free(long address, long bytes) {
        if (mapped(bytes)) {
            unmap(address, bytes);
            return;
        }
        try {
            FREE.invokeExact(NativeMemory.getLong(address - Long.BYTES));
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    /** Maps from a huge page's start on where that pays; {@code bytes} fill pages. */
    private static long map(long bytes) {
        boolean huge = bytes >= HUGE_PAGE;
        long slack = huge ? HUGE_PAGE : 0;
        try {
            long start = (long) Mapping.MMAP.invokeExact(0L, bytes + slack, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (start == -1) {
                return 0;
            }
            if (!huge) {
                return start;
            }
            long address = start + HUGE_PAGE - 1 & -HUGE_PAGE;
            unmap(start, address - start);
            unmap(address + bytes, start + slack - address);
            // Only advice: where it fails, pages are small and nothing else changes.
            int ignored = (int) Mapping.MADVISE.invokeExact(address, bytes, MADV_HUGEPAGE);
            return address;
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    private static void unmap(long address, long bytes) {
        if (bytes > 0) {
            try {
                int ignored = (int) Mapping.MUNMAP.invokeExact(address, bytes);
            } catch (Throwable problem) {
                throw broken(problem);
            }
        }
    }

    private static IllegalStateException broken(Throwable problem) {
        return new IllegalStateException("the C library's memory functions cannot be called", problem);
    }
}
