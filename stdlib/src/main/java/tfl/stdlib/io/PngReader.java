package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tfl.tensor.Tensor;

/** Reads a PNG file's chunks and checks their sums; {@link PngPixels} makes pixels of them. */
final class PngReader {
    /** Deflate makes at most so many bytes of one. */
    private static final long LARGEST_RATIO = 1032;
    private static final long LARGEST = Integer.MAX_VALUE - 64;

    private final ByteReader reader;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private PngHeader header;
    private byte[] palette;
    private byte[] opacity;

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
        if (header.isPalette() && palette == null) {
            throw new CorruptFile(reader.position(), "the palette is missing");
        }
        var pixels = new PngPixels(header, inflate(), reader.position());
        return header.isPalette() ? pixels.coloured(palette, opacity) : pixels.tensor();
    }

    private boolean chunk() {
        long length = reader.unsignedInt("a chunk's length");
        long start = reader.position();
        reader.need(length + 8, "a chunk");
        var content = reader.bytes(length + 4, "a chunk");
        var sum = new CRC32();
        sum.update(content);
        if (reader.unsignedInt("a chunk's checksum") != sum.getValue()) {
            throw new CorruptFile(start, "the checksum of a chunk is wrong");
        }
        var type = new String(content, 0, 4, StandardCharsets.ISO_8859_1);
        if (header == null && !type.equals("IHDR")) {
            throw new CorruptFile(start, "the first chunk is " + type + ", not IHDR");
        }
        switch (type) {
            case "IHDR" -> header(content, start);
            case "PLTE" -> palette = Arrays.copyOfRange(content, 4, content.length);
            case "tRNS" -> opacity = Arrays.copyOfRange(content, 4, content.length);
            case "IDAT" -> packed.write(content, 4, content.length - 4);
            default -> {
                if (Character.isUpperCase(type.charAt(0)) && !type.equals("IEND")) {
                    throw new CorruptFile(start, "the chunk " + type + " is needed and unknown");
                }
            }
        }
        return !type.equals("IEND");
    }

    private void header(byte[] content, long start) {
        if (header != null || content.length != 17) {
            throw new CorruptFile(start, "the header has " + (content.length - 4)
                    + " bytes, not 13, or is there twice");
        }
        header = PngHeader.read(content, start);
    }

    private byte[] inflate() {
        long size = header.packedLength();
        if (size > LARGEST || size > packed.size() * LARGEST_RATIO + LARGEST_RATIO) {
            throw new CorruptFile(reader.position(), "an image of " + header.columns() + " x " + header.rows()
                    + " pixels cannot be packed in " + packed.size() + " bytes");
        }
        var lines = new byte[(int) size];
        try (var inflater = new Inflater()) {
            inflater.setInput(packed.toByteArray());
            int filled = 0;
            int got = 1;
            while (filled < lines.length && got > 0) {
                got = inflater.inflate(lines, filled, lines.length - filled);
                filled += got;
            }
            if (filled < lines.length) {
                throw new CorruptFile(reader.position(), "the pixels end after " + filled + " of " + lines.length
                        + " bytes");
            }
        } catch (DataFormatException problem) {
            throw new CorruptFile(reader.position(), "the compressed pixels are wrong");
        }
        return lines;
    }
}
