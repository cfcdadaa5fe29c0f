package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * PNG images (ISO/IEC 15948): rows, columns and two (grey and opacity), three (red, green, blue) or four (and opacity)
 * channels; grey has no channel axis, and one of size 1 is written too. Eight bits are u8; sixteen, which TFL has no
 * unsigned type for, are i32. Every kind is read; written are those that are not interlaced and have no palette.
 */
final class PngFormat implements FileFormat {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** The colour type for so many channels. */
    private static final int[] COLOUR_TYPES = {-1, 0, 4, 2, 6};

    @Override
    public Object read(ByteReader reader) {
        return new PngReader(reader.bigEndian()).read();
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        var image = image(value);
        int rows = Math.toIntExact(image.dim(0));
        int columns = Math.toIntExact(image.dim(1));
        int channels = image.rank() == 2 ? 1 : (int) image.dim(2);
        int width = image.dtype() == DType.U8 ? 1 : 2;
        if ((long) rows * ((long) columns * channels * width + 1) > Integer.MAX_VALUE - 64) {
            throw new UnsupportedValue("an image of more than 2 GiB is not written");
        }
        sink.bytes(SIGNATURE);
        chunk(sink, "IHDR", ByteBuffer.allocate(13).putInt(columns).putInt(rows).put((byte) (8 * width))
                .put((byte) COLOUR_TYPES[channels]).put(new byte[3]).array());
        chunk(sink, "IDAT", deflate(filtered(samples(image), rows, columns * channels * width, channels * width)));
        chunk(sink, "IEND", new byte[0]);
    }

    private static Tensor image(Object value) {
        if (!(value instanceof Tensor image) || image.dtype() != DType.U8 && image.dtype() != DType.I32
                || image.rank() < 2 || image.rank() > 3
                || image.rank() == 3 && (image.dim(2) < 1 || image.dim(2) > 4)) {
            throw new UnsupportedValue("a PNG file holds u8[rows, columns] or u8[rows, columns, channels]"
                    + " of 1 to 4 channels, or i32 of 0 to 65535; scale to 0..255 and use .astype(u8)");
        }
        if (image.size() == 0) {
            throw new UnsupportedValue("an image without pixels cannot be written");
        }
        return image;
    }

    /** The samples as the file has them, the higher byte first. */
    private static byte[] samples(Tensor image) {
        if (image.dtype() == DType.U8) {
            return image.toBytes();
        }
        var bytes = ByteBuffer.allocate(Math.toIntExact(2 * image.size()));
        for (long i = 0; i < image.size(); i++) {
            long sample = image.readLong(i);
            if (sample < 0 || sample > 0xffff) {
                throw new UnsupportedValue("a PNG file holds 0 to 65535, not " + sample);
            }
            bytes.putShort((short) sample);
        }
        return bytes.array();
    }

    /** Each row behind its filter number; filter 1 stores the difference to the pixel on the left. */
    private static byte[] filtered(byte[] pixels, int rows, int stride, int pixel) {
        var lines = new byte[rows * (stride + 1)];
        for (int row = 0; row < rows; row++) {
            int from = row * stride;
            int to = row * (stride + 1);
            lines[to] = 1;
            for (int i = 0; i < stride; i++) {
                lines[to + 1 + i] = (byte) (pixels[from + i] - (i < pixel ? 0 : pixels[from + i - pixel]));
            }
        }
        return lines;
    }

    private static byte[] deflate(byte[] data) {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        try (var deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static void chunk(ByteSink sink, String type, byte[] data) throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        sink.bytes(ByteBuffer.allocate(4).putInt(data.length).array()).bytes(name).bytes(data)
                .bytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    static byte[] signature() {
        return SIGNATURE.clone();
    }
}
