package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import tfl.backend.llvm.KernelSource;

/**
 * Puts an object file into executable memory: sections are laid out in one mapping, relocated, and made
 * read-only and executable before anyone can call them. Outside symbols (libm, libmvec, libc) are reached
 * through stubs at the end, so near jumps suffice. A mapping is never unmapped: kernels are kept for the
 * process's life.
 */
final class ObjectLoader {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int STUB = 16;
    private static final int STUB_ADDRESS = 8;
    /** {@code jmp *2(%rip)}: through the address in the stub's second half. */
    private static final long STUB_CODE = 0x0000_0000_0002_25ffL;

    private final ObjectFile object;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final Map<String, Integer> stubs = new HashMap<>();
    private int size;
    private MemorySegment memory;

    private ObjectLoader(ObjectFile object) {
        this.object = object;
    }

    /**
     * Loads an object.
     *
     * @return the addresses of its functions, by name
     * @throws IllegalArgumentException if it is damaged or holds what we do not support
     * @throws UnsatisfiedLinkError if it needs a symbol that this machine lacks
     */
    static Map<String, MemorySegment> load(byte[] bytes) {
        return new ObjectLoader(ObjectFile.read(bytes)).load();
    }

    /** The same for that kernel, which profilers are told of. */
    static Map<String, MemorySegment> load(byte[] bytes, KernelSource source) {
        var loader = new ObjectLoader(ObjectFile.read(bytes));
        var functions = loader.load();
        PerfMap.note(source, functions, loader.memory.address() + loader.memory.byteSize());
        return functions;
    }

    private Map<String, MemorySegment> load() {
        layOut();
        memory = HostMemory.map(size);
        for (var section : object.sections()) {
            if (section.isLoaded()) {
                MemorySegment.copy(MemorySegment.ofArray(object.bytes()), section.offset(), memory,
                        places.get(section.index()), section.size());
            }
        }
        stubs.forEach(this::writeStub);
        object.relocations().forEach(this::relocate);
        HostMemory.makeExecutable(memory);
        return exports();
    }

    private void layOut() {
        for (var section : object.sections()) {
            if (section.isLoaded()) {
                if (section.isWritable()) {
                    throw new IllegalArgumentException("a kernel has no writable data: " + section.name());
                }
                size = align(size, section.alignment());
                places.put(section.index(), size);
                size += section.size();
            }
        }
        size = align(size, STUB);
        for (var relocation : object.relocations()) {
            var symbol = relocation.symbol();
            if (symbol.section() == ObjectFile.UNDEFINED && !stubs.containsKey(symbol.name())) {
                stubs.put(symbol.name(), size);
                size += STUB;
            }
        }
    }

    private void writeStub(String name, int at) {
        memory.set(LONG, at, STUB_CODE);
        memory.set(LONG, at + STUB_ADDRESS, HostSymbols.find(name).address());
    }

    private void relocate(ObjectFile.Relocation relocation) {
        long at = places.get(relocation.target()) + (long) relocation.offset();
        long place = memory.address() + at;
        long addend = relocation.addend();
        switch (relocation.type()) {
            case 1 -> memory.set(LONG, at, address(relocation.symbol()) + addend);
            case 2, 4 -> memory.set(INT, at, Math.toIntExact(address(relocation.symbol()) + addend - place));
            case 24 -> memory.set(LONG, at, address(relocation.symbol()) + addend - place);
            case 9, 41, 42 -> memory.set(INT, at, Math.toIntExact(slot(relocation.symbol())
                    + addend - place));
            default -> throw new IllegalArgumentException("relocation type " + relocation.type());
        }
    }

    private long address(ObjectFile.Symbol symbol) {
        if (symbol.section() == ObjectFile.UNDEFINED) {
            return memory.address() + stubs.get(symbol.name());
        }
        return memory.address() + places.get(symbol.section()) + symbol.value();
    }

    /** Where a pointer to an outside symbol lies: the global offset table's part is played by the stubs. */
    private long slot(ObjectFile.Symbol symbol) {
        if (symbol.section() != ObjectFile.UNDEFINED) {
            throw new IllegalArgumentException("a table entry for an inner symbol: " + symbol.name());
        }
        return memory.address() + stubs.get(symbol.name()) + STUB_ADDRESS;
    }

    private Map<String, MemorySegment> exports() {
        var exports = new HashMap<String, MemorySegment>();
        for (var symbol : object.symbols()) {
            if (places.containsKey(symbol.section()) && !symbol.name().isEmpty()) {
                exports.put(symbol.name(), MemorySegment.ofAddress(address(symbol)));
            }
        }
        return exports;
    }

    private static int align(int value, int alignment) {
        return (value + alignment - 1) / alignment * alignment;
    }
}
