package tfl.backend.cpu;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Set;
import tfl.backend.MissingLibrary;
import tfl.backend.NativeFunction;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;

/**
 * OpenBLAS as a whole. It computes on the thread that calls it: products are shared out over {@link Workers}
 * by us, which is as fast as its own threads and leaves one pool on the machine. Only LAPACK lets it use its
 * own, see {@link NativeThread}.
 */
final class OpenBlas {
    private static final String JAR = "org.bytedeco:openblas:linux-x86_64";
    private static final Set<String> WITHOUT_AVX512 = Set.of("Haswell", "Zen");
    private static SymbolLookup library;
    private static NativeFunction setThreads;
    private static boolean leftAtExit;

    private OpenBlas() {}

    /**
     * Its functions; the first call loads it.
     *
     * @throws MissingLibrary if it cannot be loaded
     */
    static synchronized SymbolLookup library() {
        if (library == null) {
            try {
                library = load();
            } catch (UnsatisfiedLinkError missing) {
                throw new MissingLibrary("OpenBLAS", JAR, missing);
            }
        }
        return library;
    }

    private static SymbolLookup load() {
        var found = NativeLibraries.open(NativeLibrary.OPENBLAS);
        setThreads = new NativeFunction(found, "openblas_set_num_threads", "vi");
        setThreads.call(1);
        // LAPACK's own search for NaN costs a pass over each matrix and answers as if an argument were illegal.
        new NativeFunction(found, "LAPACKE_set_nancheck", "vi").call(0);
        return found;
    }

    static void setThreads(int count) {
        library();
        setThreads.call(count);
    }

    /**
     * A call may still be running when the process ends, for which the library's own end would wait in vain. So the
     * process ends before that: of the functions registered with {@code on_exit}, glibc calls the last one first, and
     * with the exit status, which is all that {@code _exit} wants.
     */
    static synchronized void leaveAtExit() {
        if (!leftAtExit) {
            leftAtExit = true;
            new NativeFunction(Linker.nativeLinker().defaultLookup(), "on_exit", "ipp").call(HostSymbols.find("_exit"),
                    MemorySegment.NULL);
        }
    }

    /** Its own words on version, build and the processor it chose its kernels for. */
    static String description() {
        return text("openblas_get_config");
    }

    /**
     * Whether its kernels are for processors without AVX-512 and this one has it: the library takes a processor that
     * is newer than itself for an older one, and the variable {@code OPENBLAS_CORETYPE} may ask for that too.
     */
    static boolean isDated() {
        return Dated.IS;
    }

    private static final class Dated {
        static final boolean IS = HostProcessor.has("avx512f", "avx512bw", "avx512dq", "avx512vl")
                && WITHOUT_AVX512.contains(text("openblas_get_corename"));
    }

    private static String text(String function) {
        var text = (MemorySegment) new NativeFunction(library(), function, "p").call();
        return text.reinterpret(1024).getString(0).strip();
    }
}
