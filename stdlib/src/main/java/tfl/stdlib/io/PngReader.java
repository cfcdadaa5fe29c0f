package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Reads a PNG of eight bits a channel; palettes become colours. Filters as ISO/IEC 15948, 9.2 defines them. */
final class PngReader {
    private final ByteReader reader;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private int columns;
    private int rows;
    private int channels;
    private byte[] palette;

    PngReader(ByteReader reader) {
        this.reader = reader;
    }

    Tensor read() {
        if (!Arrays.equals(reader.bytes(8, "the signature"), PngFormat.signature())) {
            throw new CorruptFile(0, "this is no PNG file");
        }
        boolean more = true;
        while (more) {
            more = chunk();
        }
        var pixels = unfilter(inflate());
        if (palette != null) {
            pixels = coloured(pixels);
            channels = 3;
        }
        return channels == 1 ? Tensor.ofBytes(DType.U8, pixels, rows, columns)
                : Tensor.ofBytes(DType.U8, pixels, rows, columns, channels);
    }

    private boolean chunk() {
        long length = reader.unsignedInt("a chunk's length");
        var type = reader.latin(4, "a chunk's type");
        long start = reader.position();
        switch (type) {
            case "IHDR" -> header(length, start);
            case "PLTE" -> palette = reader.bytes(length, "the palette");
            case "IDAT" -> packed.writeBytes(reader.bytes(length, "the pixels"));
            default -> reader.bytes(length, "the chunk " + type);
        }
        reader.unsignedInt("a chunk's checksum");
        return !type.equals("IEND");
    }

    private void header(long length, long start) {
        if (length != 13) {
            throw new CorruptFile(start, "the header has " + length + " bytes, not 13");
        }
        columns = (int) reader.unsignedInt("the width");
        rows = (int) reader.unsignedInt("the height");
        int depth = reader.unsignedByte("the depth");
        int type = reader.unsignedByte("the colour type");
        reader.unsignedShort("the methods");
        int interlace = reader.unsignedByte("the interlace method");
        channels = switch (type) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw new CorruptFile(start + 9, "colour type " + type + " does not exist");
        };
        if (depth != 8 || interlace != 0) {
            throw new CorruptFile(start + 8, "only images of 8 bits a channel that are not interlaced are read");
        }
        if (columns <= 0 || rows <= 0 || (long) rows * (columns * (long) channels + 1) > Integer.MAX_VALUE) {
            throw new CorruptFile(start, "an image of " + columns + " x " + rows + " pixels is too large");
        }
    }

    private byte[] inflate() {
        var lines = new byte[rows * (columns * channels + 1)];
        try (var inflater = new Inflater()) {
            inflater.setInput(packed.toByteArray());
            int filled = inflater.inflate(lines);
            if (filled < lines.length || rows == 0) {
                throw new CorruptFile(reader.position(), "the pixels end after " + filled + " of " + lines.length
                        + " bytes");
            }
        } catch (DataFormatException problem) {
            throw new CorruptFile(reader.position(), "the compressed pixels are wrong");
        }
        return lines;
    }

    private byte[] unfilter(byte[] lines) {
        int stride = columns * channels;
        var pixels = new byte[rows * stride];
        for (int row = 0; row < rows; row++) {
            int filter = lines[row * (stride + 1)];
            for (int i = 0; i < stride; i++) {
                int at = row * stride + i;
                int left = i < channels ? 0 : pixels[at - channels] & 0xff;
                int up = row == 0 ? 0 : pixels[at - stride] & 0xff;
                int corner = row == 0 || i < channels ? 0 : pixels[at - stride - channels] & 0xff;
                pixels[at] = (byte) (lines[row * (stride + 1) + 1 + i] + predict(filter, left, up, corner));
            }
        }
        return pixels;
    }

    private int predict(int filter, int left, int up, int corner) {
        return switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, corner);
            default -> throw new CorruptFile(reader.position(), "filter " + filter + " does not exist");
        };
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int byLeft = Math.abs(guess - left);
        int byUp = Math.abs(guess - up);
        int byCorner = Math.abs(guess - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private byte[] coloured(byte[] indices) {
        var colours = new byte[indices.length * 3];
        for (int i = 0; i < indices.length; i++) {
            int entry = (indices[i] & 0xff) * 3;
            if (entry + 3 > palette.length) {
                throw new CorruptFile(reader.position(), "pixel " + i + " uses a colour the palette lacks");
            }
            System.arraycopy(palette, entry, colours, i * 3, 3);
        }
        return colours;
    }
}
