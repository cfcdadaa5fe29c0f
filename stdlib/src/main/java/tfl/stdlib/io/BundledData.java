package tfl.stdlib.io;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
        var root = System.getenv("TFL_DATA");
        if (root == null || !java.nio.file.Files.isDirectory(Path.of(root, name))) {
            throw IoErrors.noData(name);
        }
        return Path.of(root, name).toString();
    }
}
