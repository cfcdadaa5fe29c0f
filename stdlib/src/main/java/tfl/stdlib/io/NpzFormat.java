package tfl.stdlib.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.Tensor;

/** NumPy's {@code .npz}: a zip file of {@code .npy} files, one for each field of a record. */
final class NpzFormat implements FileFormat {
    private static final String ENTRY = ".npy";
    private final NpyFormat arrays = new NpyFormat();

    @Override
    public Object read(byte[] bytes) {
        if (bytes.length < 4 || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new CorruptFile(0, "an .npz file is a zip file, which begins with PK");
        }
        var source = new ByteArrayInputStream(bytes);
        var fields = new LinkedHashMap<String, Object>();
        try (var zip = new ZipInputStream(source)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                fields.put(name.endsWith(ENTRY) ? name.substring(0, name.length() - ENTRY.length()) : name,
                        arrays.read(zip.readAllBytes()));
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
    public byte[] write(Object value) {
        if (!(value instanceof RecordValue record)) {
            throw new UnsupportedValue("an .npz file holds a record of tensors");
        }
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (int i = 0; i < record.layout().size(); i++) {
                if (!(record.get(i) instanceof Tensor tensor)) {
                    throw new UnsupportedValue("the field " + record.layout().name(i) + " is no tensor");
                }
                zip.putNextEntry(new ZipEntry(record.layout().name(i) + ENTRY));
                zip.write(NpyFormat.write(tensor));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
