package tfl.stdlib.data;

import com.oracle.truffle.api.TruffleFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Elements in a file: each with its length and checksum, then where each begins, how many there are, and a last word
 * that says the file is whole. Written aside and renamed.
 */
final class ItemFile implements CacheStage.Store {
    private static final long WHOLE = 0x54464C6361636865L;
    private static final int TAIL = 3 * Long.BYTES;
    private final TruffleFile path;
    private long[] starts;

    ItemFile(String path) {
        this.path = WorkingFolder.resolve(path);
        if (this.path.exists()) {
            readStarts();
        }
    }

    private void readStarts() {
        try (var file = path.newByteChannel(Set.of(StandardOpenOption.READ))) {
            var tail = read(file, Math.max(0, file.size() - TAIL), TAIL);
            long start = tail.getLong();
            long count = tail.getLong();
            if (tail.getLong() != WHOLE || start + count * Long.BYTES + TAIL != file.size()) {
                throw DataErrors.cache(path + " is no whole cache of a stream");
            }
            starts = new long[(int) count];
            read(file, start, (int) count * Long.BYTES).asLongBuffer().get(starts);
        } catch (IOException problem) {
            throw DataErrors.file(path.toString(), problem);
        }
    }

    private static ByteBuffer read(SeekableByteChannel file, long at, int bytes) throws IOException {
        var buffer = ByteBuffer.allocate(bytes);
        file.position(at);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // One call may give less than was asked for.
        }
        if (buffer.hasRemaining()) {
            throw new IOException("it ends early, at byte " + file.size());
        }
        return buffer.flip();
    }

    @Override
    public long count() {
        return starts == null ? -1 : starts.length;
    }

    @Override
    public Object get(long index) {
        try (var file = path.newByteChannel(Set.of(StandardOpenOption.READ))) {
            var head = read(file, starts[(int) index], Integer.BYTES + Long.BYTES);
            int length = head.getInt();
            var bytes = read(file, starts[(int) index] + Integer.BYTES + Long.BYTES, length).array();
            if (checksum(bytes) != head.getLong()) {
                throw DataErrors.cache(path + ": element " + index + " is damaged, from byte "
                        + starts[(int) index] + " on");
            }
            return element(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException problem) {
            throw DataErrors.file(path.toString(), problem);
        }
    }

    private static long checksum(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    @Override
    public CacheStage.Filling fill() {
        try {
            return new Writer();
        } catch (IOException problem) {
            throw DataErrors.file(path.toString(), problem);
        }
    }

    /** Writes elements as they come. */
    private final class Writer implements CacheStage.Filling {
        private final TruffleFile aside;
        private final DataOutputStream out;
        private final List<Long> places = new ArrayList<>();
        private long at;

        Writer() throws IOException {
            var folder = path.getAbsoluteFile().getParent();
            if (!folder.isDirectory()) {
                throw new NoSuchFileException(folder.toString());
            }
            aside = folder.resolve("." + path.getName() + "."
                    + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
            out = new DataOutputStream(new BufferedOutputStream(aside.newOutputStream(
                    StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
        }

        @Override
        public void add(Object element) {
            try {
                var bytes = new ByteArrayOutputStream();
                write(new DataOutputStream(bytes), element);
                places.add(at);
                out.writeInt(bytes.size());
                out.writeLong(checksum(bytes.toByteArray()));
                bytes.writeTo(out);
                at += Integer.BYTES + Long.BYTES + bytes.size();
            } catch (IOException problem) {
                throw DataErrors.file(path.toString(), problem);
            }
        }

        @Override
        public void finish() {
            try {
                for (long place : places) {
                    out.writeLong(place);
                }
                out.writeLong(at);
                out.writeLong(places.size());
                out.writeLong(WHOLE);
                out.close();
                aside.move(path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException problem) {
                throw DataErrors.file(path.toString(), problem);
            }
        }

        @Override
        public void abandon() {
            try {
                out.close();
                if (aside.exists()) {
                    aside.delete();
                }
            } catch (IOException problem) {
                throw DataErrors.file(path.toString(), problem);
            }
        }
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case Tensor tensor -> {
                out.writeByte('t');
                text(out, tensor.dtype().name());
                out.writeByte(tensor.rank());
                for (int axis = 0; axis < tensor.rank(); axis++) {
                    out.writeLong(tensor.dim(axis));
                }
                out.write(tensor.toBytes());
            }
            case RecordValue record -> {
                out.writeByte('r');
                out.writeInt(record.layout().size());
                for (int i = 0; i < record.layout().size(); i++) {
                    text(out, record.layout().name(i));
                    write(out, record.get(i));
                }
            }
            case TupleValue tuple -> {
                out.writeByte('l');
                out.writeInt(tuple.size());
                for (var part : tuple.toArray()) {
                    write(out, part);
                }
            }
            case String string -> {
                out.writeByte('s');
                text(out, string);
            }
            case Long number -> {
                out.writeByte('i');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('f');
                out.writeDouble(number);
            }
            case Boolean truth -> out.writeByte(truth ? 'y' : 'n');
            case None none -> out.writeByte('0');
            default -> throw DataErrors.result("cache: an element that is no tensor, number, text, tuple or record"
                    + " cannot be written to a file");
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static Object element(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 't' -> tensor(in);
            case 'r' -> {
                int size = in.readInt();
                var names = new String[size];
                var values = new Object[size];
                for (int i = 0; i < size; i++) {
                    names[i] = text(in);
                    values[i] = element(in);
                }
                yield new RecordValue(RecordLayout.of(names), values);
            }
            case 'l' -> {
                var values = new Object[in.readInt()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = element(in);
                }
                yield new TupleValue(values);
            }
            case 's' -> text(in);
            case 'i' -> in.readLong();
            case 'f' -> in.readDouble();
            case 'y' -> true;
            case 'n' -> false;
            case '0' -> None.NONE;
            default -> throw new IOException("it holds an element of an unknown kind");
        };
    }

    private static Tensor tensor(DataInputStream in) throws IOException {
        var dtype = DType.valueOf(text(in));
        var dims = new long[in.readByte()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = in.readLong();
        }
        long bytes = Shape.of(dims).size() * dtype.bytes();
        var flat = Tensor.ofBytes(dtype, in.readNBytes((int) bytes), Shape.of(dims).size());
        var shaped = flat.reshapeView(Shape.of(dims));
        flat.discard();
        return shaped;
    }
}
