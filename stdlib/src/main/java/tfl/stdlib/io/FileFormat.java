package tfl.stdlib.io;

import java.io.IOException;
import java.util.Map;

/** A file format: bytes to a value and back. */
interface FileFormat {
    /**
     * The value in a source, read little-endian from its start.
     *
     * @throws CorruptFile if it is no such file; it names the byte
     * @throws java.io.UncheckedIOException if the source cannot be read
     */
    Object read(ByteReader reader);

    /**
     * Writes a value.
     *
     * @throws UnsupportedValue if the format cannot hold it
     */
    void write(Object value, ByteSink sink) throws IOException;

    /**
     * Writes a value with texts about it.
     *
     * @throws UnsupportedValue if the format cannot hold it, or no texts
     */
    default void write(Object value, Map<String, String> metadata, ByteSink sink) throws IOException {
        if (!metadata.isEmpty()) {
            throw new UnsupportedValue("such a file holds no metadata; .safetensors does");
        }
        write(value, sink);
    }

    /** The texts about the value; none in most formats. */
    default Map<String, String> metadata(ByteReader reader) {
        return Map.of();
    }
}
