package tfl.stdlib.io;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import tfl.interpreter.builtin.Outside;

/** Data sets: those inside TFL's own jar, and those that a user keeps below {@code TFL_DATA}. */
final class BundledData {
    private static final String FOLDER = "/tfl/stdlib/data/";

    private BundledData() {}

    static Object load(String name) {
        try (var stream = BundledData.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw IoErrors.of(name, new NoSuchFileException(name));
            }
            return read(name, ByteSource.of(stream.readAllBytes()));
        } catch (IOException problem) {
            throw IoErrors.of(name, problem);
        }
    }

    private static Object read(String name, ByteSource source) {
        var format = FileFormats.of(name.replace(".gz", ""));
        try {
            return name.endsWith(".gz") ? Files.unpacked(source, content -> format.read(new ByteReader(content)))
                    : format.read(new ByteReader(source));
        } catch (CorruptFile problem) {
            throw IoErrors.corrupt(name, problem);
        }
    }

    static String folder(String name) {
        var root = Outside.variable("TFL_DATA");
        var folder = root == null || root.isBlank() ? null : Files.path(root).resolve(name);
        if (folder == null || !folder.isDirectory()) {
            throw IoErrors.noData(name);
        }
        return folder.getPath();
    }
}
