package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.tensor.NativeCall;

/**
 * A compiled function {@code void f(arguments, begin, end)} in memory.
 *
 * @param entry where it begins
 */
record KernelCode(MemorySegment entry) {
    /**
     * Runs the part of the work from {@code begin} to before {@code end}, with the arguments at that address.
     */
    void run(long arguments, long begin, long end) {
        NativeCall.words(entry, arguments, begin, end, 0, 0, 0);
    }
}
