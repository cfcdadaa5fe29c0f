package tfl.stdlib.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The files in a zip archive, with everything checked that its directory claims before it is used: places, sizes
 * against what so many packed bytes can hold, names that come twice, files that overlap. Source: PKWARE's APPNOTE, 4.3,
 * with the fields of 64 bits that large archives have.
 */
final class ZipArchive {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_LOCATOR = 0x07064b50;
    private static final int LARGE_LOCATOR_LENGTH = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int COMMENT = 0xffff;
    private static final long UNKNOWN = 0xffffffffL;
    /** Deflate makes at most so many bytes of one. */
    private static final long LARGEST_RATIO = 1032;

    private final ByteReader reader;

    private ZipArchive(ByteReader reader) {
        this.reader = reader;
    }

    /**
     * One file.
     *
     * @param start of its packed bytes
     */
    record Entry(String name, int method, long sum, long packed, long size, long start) {}

    /** The files in the order of the directory. */
    static List<Entry> entries(ByteReader reader) {
        return new ZipArchive(reader).directory();
    }

    private List<Entry> directory() {
        long end = end();
        reader.position(end + 10);
        long count = reader.unsignedShort("the number of files");
        reader.position(end + 16);
        long start = reader.unsignedInt("the directory's place");
        if (count == 0xffff || start == UNKNOWN) {
            long large = largeEnd(end);
            reader.position(large + 32);
            count = reader.signedLong("the number of files");
            reader.position(large + 48);
            start = reader.signedLong("the directory's place");
        }
        if (start < 0 || count < 0 || start > end || count > (end - start) / ENTRY_LENGTH) {
            throw new CorruptFile(end, "a directory of " + count + " files at byte " + start + " does not fit");
        }
        var entries = new ArrayList<Entry>();
        long at = start;
        var names = new HashSet<String>();
        for (long i = 0; i < count; i++) {
            at = entry(at, start, entries);
            if (!names.add(entries.getLast().name())) {
                throw new CorruptFile(at, "two files are called " + entries.getLast().name());
            }
        }
        checkOverlap(entries);
        return entries;
    }

    private static void checkOverlap(List<Entry> entries) {
        long free = 0;
        for (var entry : entries.stream().sorted(Comparator.comparingLong(Entry::start)).toList()) {
            if (entry.start() < free) {
                throw new CorruptFile(entry.start(), "the file " + entry.name() + " lies inside another one");
            }
            free = entry.start() + entry.packed();
        }
    }

    /** Where the end record begins, which has a comment of any length behind it. */
    private long end() {
        long last = reader.size() - END_LENGTH;
        for (long at = last; at >= 0 && at >= last - COMMENT; at--) {
            reader.position(at);
            if (reader.unsignedInt("a mark") == END) {
                reader.position(at + 20);
                if (reader.unsignedShort("the comment's length") == last - at) {
                    return at;
                }
            }
        }
        throw new CorruptFile(reader.size(), "the zip file's directory is missing");
    }

    private long largeEnd(long end) {
        expect(end - LARGE_LOCATOR_LENGTH, LARGE_LOCATOR, "the locator");
        reader.position(end - LARGE_LOCATOR_LENGTH + 8);
        long place = reader.signedLong("the end record's place");
        expect(place, LARGE_END, "the end record");
        return place;
    }

    private void expect(long place, int mark, String what) {
        if (place < 0 || place > reader.size() - 4) {
            throw new CorruptFile(reader.size(), what + " is outside the file");
        }
        reader.position(place);
        if ((int) reader.unsignedInt(what) != mark) {
            throw new CorruptFile(place, what + " is missing");
        }
    }

    /** Reads one entry and gives the place of the next. */
    private long entry(long at, long directory, List<Entry> entries) {
        expect(at, ENTRY, "a directory entry");
        reader.position(at + 8);
        int flags = reader.unsignedShort("the flags");
        int method = reader.unsignedShort("the method");
        reader.position(at + 16);
        long sum = reader.unsignedInt("the checksum");
        long packed = reader.unsignedInt("the packed size");
        long size = reader.unsignedInt("the size");
        int nameLength = reader.unsignedShort("the name's length");
        int extraLength = reader.unsignedShort("the extra length");
        int commentLength = reader.unsignedShort("the comment's length");
        reader.position(at + 42);
        long local = reader.unsignedInt("the file's place");
        var bytes = reader.bytes(nameLength, "the name");
        var name = new String(bytes, StandardCharsets.UTF_8);
        var large = new Large(size, packed, local);
        large.read(at + ENTRY_LENGTH + nameLength, extraLength);
        if ((flags & 1) != 0 || method != 0 && method != 8) {
            throw new CorruptFile(at, "the file " + name + " is packed in a way that is not read: " + method);
        }
        entries.add(checked(new Entry(name, method, sum, large.packed, large.size, start(large.local, directory)),
                at, directory));
        return at + ENTRY_LENGTH + nameLength + extraLength + commentLength;
    }

    private static Entry checked(Entry entry, long at, long directory) {
        if (entry.packed() < 0 || entry.size() < 0 || entry.packed() > directory - entry.start()) {
            throw new CorruptFile(at, "the file " + entry.name() + " of " + entry.packed()
                    + " bytes does not fit before the directory");
        }
        long most = entry.method() == 0 ? entry.packed() : entry.packed() * LARGEST_RATIO + LARGEST_RATIO;
        if (entry.size() > most || entry.method() == 0 && entry.size() != entry.packed()) {
            throw new CorruptFile(at, "the file " + entry.name() + " cannot have " + entry.size() + " bytes, packed in "
                    + entry.packed());
        }
        return entry;
    }

    /** Where a file's bytes begin, behind its local header. */
    private long start(long local, long directory) {
        expect(local, LOCAL, "a file's header");
        reader.position(local + 26);
        long start = local + LOCAL_LENGTH + reader.unsignedShort("the name's length")
                + reader.unsignedShort("the extra length");
        if (start > directory) {
            throw new CorruptFile(local, "a file begins behind the directory");
        }
        return start;
    }

    /** Sizes of 64 bits, which stand in an extra field in place of those that are full. */
    private final class Large {
        private static final int ID = 1;
        private long size;
        private long packed;
        private long local;

        Large(long size, long packed, long local) {
            this.size = size;
            this.packed = packed;
            this.local = local;
        }

        void read(long from, int length) {
            long end = from + length;
            for (long at = from; at + 4 <= end;) {
                reader.position(at);
                int id = reader.unsignedShort("an extra field");
                long next = at + 4 + reader.unsignedShort("an extra field");
                if (id == ID) {
                    size = size == UNKNOWN ? reader.signedLong("the size") : size;
                    packed = packed == UNKNOWN ? reader.signedLong("the packed size") : packed;
                    local = local == UNKNOWN ? reader.signedLong("the file's place") : local;
                }
                at = next;
            }
        }
    }

    /** The content of a file; who asked closes it. */
    static ByteSource open(ByteReader reader, Entry entry) {
        var part = new SourceStream(reader.source(), entry.start(), entry.start() + entry.packed());
        try {
            if (entry.method() == 0) {
                check(entry, sum(part));
                return new Section(reader.source(), entry.start(), entry.size());
            }
            return inflated(part, entry);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static ByteSource inflated(SourceStream part, Entry entry) throws IOException {
        try (var inflater = new Inflater(true)) {
            var content = Unpacked.of(new InflaterInputStream(part, inflater, 1 << 16), part, entry.size());
            if (content.size() != entry.size()) {
                content.close();
                throw new CorruptFile(part.position(), "the file " + entry.name() + " has " + content.size()
                        + " bytes, not " + entry.size());
            }
            check(entry, content.sum());
            return content;
        }
    }

    private static long sum(InputStream stream) throws IOException {
        var sum = new CRC32();
        var buffer = new byte[1 << 16];
        for (int got = stream.read(buffer); got >= 0; got = stream.read(buffer)) {
            sum.update(buffer, 0, got);
        }
        return sum.getValue();
    }

    private static void check(Entry entry, long sum) {
        if (sum != entry.sum()) {
            throw new CorruptFile(entry.start(), "the checksum of " + entry.name() + " is wrong");
        }
    }

    /** A part of a source. */
    private record Section(ByteSource whole, long start, long size) implements ByteSource {
        @Override
        public void read(long position, MemorySegment to) throws IOException {
            whole.read(start + position, to);
        }
    }
}
