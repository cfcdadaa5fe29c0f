package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.tensor.NativeCall;

/** Pages for code: mapped writable, filled, then made executable and no longer writable. */
final class HostMemory {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final MemorySegment MMAP = HostSymbols.find("mmap");
    private static final MemorySegment MPROTECT = HostSymbols.find("mprotect");

    private HostMemory() {}

    /** Fresh writable pages. */
    static MemorySegment map(long bytes) {
        long address = NativeCall.words(MMAP, 0, bytes, READ | WRITE, PRIVATE_ANONYMOUS, -1, 0);
        if (address == -1) {
            throw new OutOfMemoryError("no memory for a kernel of " + bytes + " bytes");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /** From now on the pages can be run and read, not written. */
    static void makeExecutable(MemorySegment pages) {
        long protection = READ | EXECUTE;
        if ((int) NativeCall.words(MPROTECT, pages.address(), pages.byteSize(), protection, 0, 0, 0) != 0) {
            throw new IllegalStateException("this system does not allow executable memory");
        }
    }
}
