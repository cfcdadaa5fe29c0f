package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** The functions of the system's C, mathematics and vector mathematics libraries. */
final class HostSymbols {
    private static final SymbolLookup MATHEMATICS = open("libm.so.6");
    private static final SymbolLookup VECTORS = open("libmvec.so.1");

    private HostSymbols() {}

    /**
     * The address of a function.
     *
     * @throws UnsatisfiedLinkError if no library has it
     */
    static MemorySegment find(String name) {
        return lookup(name).orElseThrow(() -> new UnsatisfiedLinkError("this system has no function "
                + name));
    }

    /** Whether one of the libraries has it. */
    static boolean has(String name) {
        return lookup(name).isPresent();
    }

    private static Optional<MemorySegment> lookup(String name) {
        return Linker.nativeLinker().defaultLookup().find(name)
                .or(() -> MATHEMATICS.find(name))
                .or(() -> VECTORS.find(name));
    }

    private static SymbolLookup open(String file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException absent) {
            return name -> Optional.empty();
        }
    }
}
