package tfl.stdlib.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tfl.interpreter.value.RecordValue;

/** NumPy's {@code .npz}: a zip file of {@code .npy} files, one for each field of a record. */
final class NpzFormat implements FileFormat {
    private static final String ENTRY = ".npy";
    private final NpyFormat arrays = new NpyFormat();

    @Override
    public Object read(ByteReader reader) {
        var bytes = reader.rest("the archive");
        if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new CorruptFile(0, "an .npz file is a zip file, which begins with PK");
        }
        var source = new ByteArrayInputStream(bytes);
        var fields = new LinkedHashMap<String, Object>();
        try (var zip = new ZipInputStream(source)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                fields.put(name.endsWith(ENTRY) ? name.substring(0, name.length() - ENTRY.length()) : name,
                        arrays.read(new ByteReader(ByteSource.of(zip.readAllBytes()))));
            }
        } catch (IOException problem) {
            throw new CorruptFile(bytes.length - source.available(),
                    "the zip file is damaged: " + problem.getMessage());
        } catch (CorruptFile inside) {
            throw new CorruptFile(bytes.length - source.available(), "an array in it is damaged: "
                    + inside.getMessage());
        }
        return RecordValue.of(fields);
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        var fields = Fields.of(value, "an .npz file");
        var zip = new ZipOutputStream(sink.stream());
        for (var field : fields.entrySet()) {
            zip.putNextEntry(new ZipEntry(field.getKey() + ENTRY));
            NpyFormat.write(field.getValue(), new ByteSink(zip));
            zip.closeEntry();
        }
        zip.finish();
    }
}
