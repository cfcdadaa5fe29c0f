package tfl.stdlib.io;

import java.util.Locale;

/** Walks the segments of a JPEG file before it is decoded: they must fit, and the image's size must be possible. */
final class JpegMarkers {
    /** A block of 64 pixels takes a bit at least. */
    private static final long PIXELS_PER_BYTE = 512;

    private JpegMarkers() {}

    /**
     * Checks the segments up to the first scan.
     *
     * @throws CorruptFile that names the byte
     */
    static void check(byte[] bytes) {
        if (bytes.length < 4 || (bytes[0] & 0xff) != 0xff || (bytes[1] & 0xff) != 0xd8) {
            throw new CorruptFile(0, "a JPEG file begins with ff d8");
        }
        boolean sized = false;
        int at = 2;
        while (true) {
            int marker = marker(bytes, at);
            at += 2;
            if (marker == 0xff) {
                at--;
                continue;
            }
            if (marker == 0xd9 || marker >= 0xd0 && marker <= 0xd7) {
                throw new CorruptFile(at, "the image ends before it begins");
            }
            int length = number(bytes, at);
            if (length < 2 || length > bytes.length - at) {
                throw new CorruptFile(at, "a segment of " + length + " bytes; " + (bytes.length - at) + " are left");
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                frame(bytes, at, length);
                sized = true;
            } else if (marker == 0xda) {
                if (!sized) {
                    throw new CorruptFile(at, "the image's size is missing");
                }
                return;
            }
            at += length;
        }
    }

    private static int marker(byte[] bytes, int at) {
        if (at + 2 > bytes.length) {
            throw new CorruptFile(bytes.length, "the file ends before the image");
        }
        if ((bytes[at] & 0xff) != 0xff) {
            throw new CorruptFile(at, "a segment is missing");
        }
        return bytes[at + 1] & 0xff;
    }

    private static int number(byte[] bytes, int at) {
        if (at + 2 > bytes.length) {
            throw new CorruptFile(bytes.length, "the file ends inside a segment");
        }
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static void frame(byte[] bytes, int at, int length) {
        if (length < 8) {
            throw new CorruptFile(at, "the frame has " + length + " bytes, not 8 or more");
        }
        long rows = number(bytes, at + 3);
        long columns = number(bytes, at + 5);
        int channels = bytes[at + 7] & 0xff;
        if (rows == 0 || columns == 0 || rows * columns > bytes.length * PIXELS_PER_BYTE) {
            throw new CorruptFile(at + 3, "an image of " + columns + " x " + rows + " pixels cannot be in "
                    + bytes.length + " bytes");
        }
        if (channels != 1 && channels != 3) {
            throw new CorruptFile(at + 7, "an image of " + channels + " channels is not read; convert it to RGB");
        }
    }

    /** Whether what the decoder complains about means that pixels are missing or wrong. */
    static boolean isDamage(String complaint) {
        var lower = complaint.toLowerCase(Locale.ROOT);
        return lower.contains("truncated") || lower.contains("premature") || lower.contains("corrupt")
                || lower.contains("missing");
    }
}
