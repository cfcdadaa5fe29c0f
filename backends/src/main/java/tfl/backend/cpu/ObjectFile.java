package tfl.backend.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a loader needs of an ELF64 relocatable object for x86-64, read by the tables of the System V ABI (gABI
 * chapter 4; psABI AMD64 4.4 for relocations).
 */
record ObjectFile(byte[] bytes, List<Section> sections, List<Symbol> symbols, List<Relocation> relocations) {
    static final int UNDEFINED = 0;

    /** A section; {@code index} is its number in the file. */
    record Section(int index, String name, int type, long flags, int offset, int size, int alignment,
            int link, int info) {
        boolean isLoaded() {
            return (flags & ALLOCATED) != 0 && size > 0 && !name.equals(".eh_frame");
        }

        boolean isWritable() {
            return (flags & WRITABLE) != 0;
        }
    }

    record Symbol(String name, int section, long value) {}

    /** Patch {@code offset} of section {@code target}. */
    record Relocation(int target, int offset, int type, Symbol symbol, long addend) {}

    private static final long WRITABLE = 1;
    private static final long ALLOCATED = 2;
    private static final int SYMBOLS = 2;
    private static final int ADDENDS = 4;
    private static final int RELOCATABLE = 1;
    private static final int X86_64 = 62;

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it is none, or its tables point outside the bytes
     */
    static ObjectFile read(byte[] bytes) {
        try {
            return parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), bytes);
        } catch (IndexOutOfBoundsException outside) {
            throw new IllegalArgumentException("not a whole object file", outside);
        }
    }

    private static ObjectFile parse(ByteBuffer in, byte[] bytes) {
        if (in.getInt(0) != 0x464c457f || in.getShort(16) != RELOCATABLE || in.getShort(18) != X86_64) {
            throw new IllegalArgumentException("not an x86-64 object file");
        }
        var sections = sections(in, (int) in.getLong(0x28), in.getShort(0x3c), in.getShort(0x3e));
        var symbols = new ArrayList<Symbol>();
        for (var section : sections) {
            if (section.type() == SYMBOLS) {
                readSymbols(in, section, sections.get(section.link()), symbols);
            }
        }
        var relocations = new ArrayList<Relocation>();
        for (var section : sections) {
            if (section.type() == ADDENDS && sections.get(section.info()).isLoaded()) {
                readRelocations(in, section, symbols, relocations);
            }
        }
        return new ObjectFile(bytes, sections, List.copyOf(symbols), List.copyOf(relocations));
    }

    private static List<Section> sections(ByteBuffer in, int table, int count, int namesIndex) {
        int names = (int) in.getLong(table + 64 * namesIndex + 24);
        var sections = new ArrayList<Section>();
        for (int i = 0; i < count; i++) {
            int at = table + 64 * i;
            sections.add(new Section(i, string(in, names + in.getInt(at)), in.getInt(at + 4),
                    in.getLong(at + 8),
                    (int) in.getLong(at + 24), (int) in.getLong(at + 32),
                            (int) Math.max(1, in.getLong(at + 48)),
                    in.getInt(at + 40), in.getInt(at + 44)));
        }
        return List.copyOf(sections);
    }

    private static void readSymbols(ByteBuffer in, Section table, Section names, List<Symbol> symbols) {
        for (int at = table.offset(); at < table.offset() + table.size(); at += 24) {
            symbols.add(new Symbol(string(in, names.offset() + in.getInt(at)), in.getShort(at + 6),
                    in.getLong(at + 8)));
        }
    }

    private static void readRelocations(ByteBuffer in, Section table, List<Symbol> symbols,
            List<Relocation> all) {
        for (int at = table.offset(); at < table.offset() + table.size(); at += 24) {
            long info = in.getLong(at + 8);
            all.add(new Relocation(table.info(), (int) in.getLong(at), (int) info,
                    symbols.get((int) (info >>> 32)),
                    in.getLong(at + 16)));
        }
    }

    private static String string(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        var bytes = new byte[end - at];
        in.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
