package tfl.stdlib.io;

/** A file format: bytes to a value and back. */
interface FileFormat {
    /**
     * The value in these bytes.
     *
     * @throws CorruptFile if they are no such file; it names the byte
     */
    Object read(byte[] bytes);

    /**
     * The bytes of a value.
     *
     * @throws UnsupportedValue if the format cannot hold it
     */
    byte[] write(Object value);
}
