package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;

/**
 * OpenBLAS as a whole. It computes on the thread that calls it: products are shared out over {@link Workers}
 * by us, which is as fast as its own threads and leaves one pool on the machine. Only LAPACK lets it use its
 * own, see {@link NativeThread}.
 */
final class OpenBlas {
    /** Its functions; initialising this class loads it. */
    static final SymbolLookup LIBRARY = load();

    private static final NativeFunction SET_THREADS = new NativeFunction(LIBRARY, "openblas_set_num_threads",
            "vi");

    private OpenBlas() {}

    private static SymbolLookup load() {
        var library = NativeLibraries.open(NativeLibrary.OPENBLAS);
        new NativeFunction(library, "openblas_set_num_threads", "vi").call(1);
        return library;
    }

    static void setThreads(int count) {
        SET_THREADS.call(count);
    }

    /** Its own words on version, build and the processor it chose its kernels for. */
    static String description() {
        var text = (MemorySegment) new NativeFunction(LIBRARY, "openblas_get_config", "p").call();
        return text.reinterpret(1024).getString(0).strip();
    }
}
