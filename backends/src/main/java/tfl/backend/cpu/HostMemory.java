package tfl.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Pages for code: mapped writable, filled, then made executable and no longer writable. */
final class HostMemory {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final MethodHandle MMAP = handle("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS,
            JAVA_LONG, JAVA_INT,
            JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MPROTECT = handle("mprotect",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private HostMemory() {}

    /** Fresh writable pages. */
    static MemorySegment map(long bytes) {
        var pages = (MemorySegment) call(MMAP, MemorySegment.NULL, bytes, READ | WRITE, PRIVATE_ANONYMOUS,
                -1, 0L);
        if (pages.address() == -1) {
            throw new OutOfMemoryError("no memory for a kernel of " + bytes + " bytes");
        }
        return pages.reinterpret(bytes);
    }

    /** From now on the pages can be run and read, not written. */
    static void makeExecutable(MemorySegment pages) {
        if ((int) call(MPROTECT, pages, pages.byteSize(), READ | EXECUTE) != 0) {
            throw new IllegalStateException("this system does not allow executable memory");
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(HostSymbols.find(name), descriptor);
    }

    private static Object call(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable problem) {
            throw new IllegalStateException(problem);
        }
    }
}
