package tfl.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A compiled function {@code void f(args, begin, end)} in memory. */
final class KernelCode {
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private final MemorySegment entry;

    KernelCode(MemorySegment entry) {
        this.entry = entry;
    }

    /**
     * Runs the part of the work from {@code begin} to before {@code end}, with the arguments at that address.
     */
    void run(long arguments, long begin, long end) {
        try {
            CALL.invokeExact(entry, arguments, begin, end);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
