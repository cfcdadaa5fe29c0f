package tfl.stdlib.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads numbers from bytes, and says where the bytes end too early. */
final class ByteReader {
    private final ByteBuffer buffer;

    ByteReader(byte[] bytes, ByteOrder order) {
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    int position() {
        return buffer.position();
    }

    int remaining() {
        return buffer.remaining();
    }

    int unsignedByte(String what) {
        need(1, what);
        return buffer.get() & 0xff;
    }

    int unsignedShort(String what) {
        need(2, what);
        return buffer.getShort() & 0xffff;
    }

    long unsignedInt(String what) {
        need(4, what);
        return buffer.getInt() & 0xffffffffL;
    }

    String latin(int length, String what) {
        need(length, what);
        var text = new byte[length];
        buffer.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The next bytes. */
    byte[] bytes(long length, String what) {
        need(length, what);
        var bytes = new byte[(int) length];
        buffer.get(bytes);
        return bytes;
    }

    private void need(long length, String what) {
        if (length > buffer.remaining()) {
            throw new CorruptFile(buffer.limit(), what + " needs " + length + " bytes, " + buffer.remaining()
                    + " are left");
        }
    }
}
