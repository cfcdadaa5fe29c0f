package tfl.stdlib.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.Tensor;

/**
 * NumPy's {@code .npz}: a zip file of {@code .npy} files, one for each field of a record. Packed ones are read; written
 * are plain ones, as {@code numpy.savez} does.
 */
final class NpzFormat implements FileFormat {
    private static final String ENTRY = ".npy";
    /** The same value gives the same file. */
    private static final LocalDateTime DAY = LocalDateTime.of(1980, 1, 1, 0, 0);
    private final NpyFormat arrays = new NpyFormat();

    @Override
    public Object read(ByteReader reader) {
        if (!reader.latin(2, "the mark").equals("PK")) {
            throw new CorruptFile(0, "an .npz file is a zip file, which begins with PK");
        }
        var fields = new LinkedHashMap<String, Object>();
        for (var entry : ZipArchive.entries(reader)) {
            var name = entry.name();
            var field = name.endsWith(ENTRY) ? name.substring(0, name.length() - ENTRY.length()) : name;
            if (fields.put(field, array(reader, entry)) != null) {
                throw new CorruptFile(entry.start(), "two arrays are called " + field);
            }
        }
        return RecordValue.of(fields);
    }

    private Object array(ByteReader reader, ZipArchive.Entry entry) {
        try (var content = ZipArchive.open(reader, entry)) {
            return array(content, entry);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The array in a file; a mistake in a packed one is placed where the file begins. */
    private Object array(ByteSource content, ZipArchive.Entry entry) {
        try {
            return arrays.read(new ByteReader(content));
        } catch (CorruptFile inside) {
            throw new CorruptFile(entry.start() + (entry.method() == 0 ? inside.offset() : 0),
                    "in " + entry.name() + ": " + inside.getMessage());
        }
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        var fields = Fields.of(value, "an .npz file");
        var zip = new ZipOutputStream(sink.stream());
        zip.setMethod(ZipOutputStream.STORED);
        for (var field : fields.entrySet()) {
            var entry = new ZipEntry(field.getKey() + ENTRY);
            entry.setTimeLocal(DAY);
            entry.setSize(NpyFormat.header(field.getValue().type()).length + field.getValue().type().bytes());
            entry.setCrc(sum(field.getValue()));
            zip.putNextEntry(entry);
            NpyFormat.write(field.getValue(), new ByteSink(zip));
            zip.closeEntry();
        }
        zip.finish();
    }

    private static long sum(Tensor tensor) throws IOException {
        var sum = new CRC32();
        NpyFormat.write(tensor, new ByteSink(new CheckedOutputStream(OutputStream.nullOutputStream(), sum)));
        return sum.getValue();
    }
}
