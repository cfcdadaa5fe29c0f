package tfl.tensor;

import java.lang.foreign.MemorySegment;

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

    private static final MemorySegment MALLOC = NativeCall.find("malloc");
    private static final MemorySegment FREE = NativeCall.find("free");
    private static final MemorySegment MMAP = NativeCall.find("mmap");
    private static final MemorySegment MUNMAP = NativeCall.find("munmap");
    private static final MemorySegment MADVISE = NativeCall.find("madvise");

    private SystemMemory() {}

    private static boolean mapped(long bytes) {
        return LINUX && bytes >= MAPPED;
    }

    /** The address of fresh memory, 64-byte aligned, content undefined; 0 if the system has none to give. */
    static long allocate(long bytes) {
        if (mapped(bytes)) {
            return map(bytes);
        }
        long start = NativeCall.words(MALLOC, bytes + LINE, 0, 0, 0, 0, 0);
        return start == 0 ? 0 : aligned(start);
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
        NativeCall.words(FREE, NativeMemory.getLong(address - Long.BYTES), 0, 0, 0, 0, 0);
    }

    /** Maps from a huge page's start on where that pays; {@code bytes} fill pages. */
    private static long map(long bytes) {
        boolean huge = bytes >= HUGE_PAGE;
        long slack = huge ? HUGE_PAGE : 0;
        long start = NativeCall.words(MMAP, 0, bytes + slack, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
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
        NativeCall.words(MADVISE, address, bytes, MADV_HUGEPAGE, 0, 0, 0);
        return address;
    }

    private static void unmap(long address, long bytes) {
        if (bytes > 0) {
            NativeCall.words(MUNMAP, address, bytes, 0, 0, 0, 0);
        }
    }
}
