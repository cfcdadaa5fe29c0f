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
 * PNG images: u8 tensors of rows, columns and one (grey), three (red, green, blue) or four (and opacity) channels; grey
 * without a channel axis too. Eight bits a channel, not interlaced (ISO/IEC 15948).
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
        sink.bytes(encoded(value));
    }

    /** The bytes of a file of that image. */
    static byte[] encoded(Object value) {
        if (!(value instanceof Tensor image) || image.dtype() != DType.U8 || image.rank() < 2 || image.rank() > 3
                || image.rank() == 3 && (image.shape().dim(2) < 1 || image.shape().dim(2) > 4)) {
            throw new UnsupportedValue("a PNG file holds u8[rows, columns] or u8[rows, columns, channels]"
                    + " of 1 to 4 channels; scale to 0..255 and use .astype(u8)");
        }
        int rows = Math.toIntExact(image.shape().dim(0));
        int columns = Math.toIntExact(image.shape().dim(1));
        if (rows == 0 || columns == 0) {
            throw new UnsupportedValue("an image without pixels cannot be written");
        }
        int channels = image.rank() == 2 ? 1 : (int) image.shape().dim(2);
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        var header = ByteBuffer.allocate(13).putInt(columns).putInt(rows).put((byte) 8)
                .put((byte) COLOUR_TYPES[channels]).put(new byte[3]);
        chunk(out, "IHDR", header.array(), 13);
        var packed = deflate(filtered(image.toBytes(), rows, columns * channels, channels));
        chunk(out, "IDAT", packed.toByteArray(), packed.size());
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /** Each row behind its filter number; filter 1 stores the difference to the pixel on the left. */
    private static byte[] filtered(byte[] pixels, int rows, int stride, int channels) {
        var lines = new byte[rows * (stride + 1)];
        for (int row = 0; row < rows; row++) {
            int from = row * stride;
            int to = row * (stride + 1);
            lines[to] = 1;
            for (int i = 0; i < stride; i++) {
                lines[to + 1 + i] = (byte) (pixels[from + i] - (i < channels ? 0 : pixels[from + i - channels]));
            }
        }
        return lines;
    }

    private static ByteArrayOutputStream deflate(byte[] data) {
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        try (var deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out;
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    static byte[] signature() {
        return SIGNATURE.clone();
    }
}
