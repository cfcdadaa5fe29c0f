package tfl.stdlib.summary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A protocol buffer while it is written. Fields stand in the order of the calls; one that has its type's default value
 * is written all the same, which readers allow.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An integer, bool or enumeration. */
    Message whole(int field, long value) {
        tag(field, VARINT);
        return varint(value);
    }

    /** A double. */
    Message number(int field, double value) {
        tag(field, FIXED_64);
        return fixed(Double.doubleToRawLongBits(value), Long.BYTES);
    }

    /** A float. */
    Message number(int field, float value) {
        tag(field, FIXED_32);
        return fixed(Float.floatToRawIntBits(value), Integer.BYTES);
    }

    /** A string. */
    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
        tag(field, LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** One entry of a map with strings for keys: a message of key and value. */
    Message entry(int field, String key, Message value) {
        return message(field, new Message().text(1, key).message(2, value));
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int field, int wire) {
        varint((long) field << 3 | wire);
    }

    private Message varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    private Message fixed(long bits, int count) {
        for (int k = 0; k < count; k++) {
            out.write((int) (bits >>> 8 * k));
        }
        return this;
    }
}
