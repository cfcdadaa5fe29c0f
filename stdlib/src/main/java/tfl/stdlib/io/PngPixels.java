package tfl.stdlib.io;

import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Turns the lines of a PNG file into pixels. Filters and passes as ISO/IEC 15948 defines them, clauses 8 and 9. */
final class PngPixels {
    private final PngHeader header;
    private final byte[] lines;
    private final long place;
    private final int channels;
    /** Samples as they are, or of 16 bits in two bytes, the higher first. */
    private final byte[] samples;

    PngPixels(PngHeader header, byte[] lines, long place) {
        this.header = header;
        this.lines = lines;
        this.place = place;
        this.channels = header.channels();
        long size = (long) header.rows() * header.columns() * channels * width();
        if (size > Integer.MAX_VALUE - 64) {
            throw new CorruptFile(place, "an image of " + header.columns() + " x " + header.rows()
                    + " pixels is too large");
        }
        this.samples = new byte[(int) size];
        int start = 0;
        for (var pass : header.passes()) {
            int columns = header.columns(pass);
            int rows = header.rows(pass);
            if (columns > 0) {
                start = pass(pass, columns, rows, start);
            }
        }
    }

    private int width() {
        return header.depth() == 16 ? 2 : 1;
    }

    private int pass(int[] pass, int columns, int rows, int from) {
        int stride = (int) header.stride(columns);
        int pixel = Math.max(1, channels * header.depth() / 8);
        int start = from;
        for (int row = 0; row < rows; row++) {
            unfilter(start + 1, stride, pixel, lines[start], row == 0);
            spread(pass, start + 1, columns, pass[1] + row * pass[3]);
            start += stride + 1;
        }
        return start;
    }

    /** Undoes a line's filter in place; the line above it ends one byte before its filter byte. */
    private void unfilter(int start, int stride, int pixel, int filter, boolean top) {
        int above = start - stride - 1;
        switch (filter) {
            case 0 -> { }
            case 1 -> {
                for (int i = pixel; i < stride; i++) {
                    lines[start + i] += lines[start + i - pixel];
                }
            }
            case 2 -> {
                for (int i = 0; !top && i < stride; i++) {
                    lines[start + i] += lines[above + i];
                }
            }
            case 3 -> {
                for (int i = 0; i < stride; i++) {
                    int left = i < pixel ? 0 : lines[start + i - pixel] & 0xff;
                    lines[start + i] += (byte) (left + (top ? 0 : lines[above + i] & 0xff) >> 1);
                }
            }
            case 4 -> {
                for (int i = 0; i < stride; i++) {
                    int left = i < pixel ? 0 : lines[start + i - pixel] & 0xff;
                    int up = top ? 0 : lines[above + i] & 0xff;
                    int corner = top || i < pixel ? 0 : lines[above + i - pixel] & 0xff;
                    lines[start + i] += (byte) paeth(left, up, corner);
                }
            }
            default -> throw new CorruptFile(place, "filter " + filter + " does not exist");
        }
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int byLeft = Math.abs(guess - left);
        int byUp = Math.abs(guess - up);
        int byCorner = Math.abs(guess - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    /** Puts a line's samples where they belong. */
    private void spread(int[] pass, int start, int columns, int row) {
        int bytes = channels * width();
        int to = (row * header.columns() + pass[0]) * bytes;
        if (header.depth() < 8) {
            for (int column = 0; column < columns; column++) {
                samples[to + column * pass[2]] = (byte) small(start, column);
            }
        } else if (pass[2] == 1) {
            System.arraycopy(lines, start, samples, to, columns * bytes);
        } else {
            for (int column = 0; column < columns; column++) {
                System.arraycopy(lines, start + column * bytes, samples, to + column * pass[2] * bytes, bytes);
            }
        }
    }

    /** A sample of less than a byte; a shade of grey in 0..255, or a palette's index. */
    private int small(int start, int column) {
        int depth = header.depth();
        int bit = column * depth;
        int value = lines[start + bit / 8] >> 8 - depth - bit % 8 & (1 << depth) - 1;
        return header.isPalette() ? value : value * 255 / ((1 << depth) - 1);
    }

    /** The samples: u8, or i32 where they have 16 bits. */
    Tensor tensor() {
        long[] shape = channels == 1 ? new long[] {header.rows(), header.columns()}
                : new long[] {header.rows(), header.columns(), channels};
        if (header.depth() < 16) {
            return Tensor.ofBytes(DType.U8, samples, shape);
        }
        var wide = new int[samples.length / 2];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = (samples[2 * i] & 0xff) << 8 | samples[2 * i + 1] & 0xff;
        }
        return Tensor.of(wide, shape);
    }

    /** The palette's colours, with opacity if the file has it. */
    Tensor coloured(byte[] palette, byte[] opacity) {
        int width = opacity == null ? 3 : 4;
        var colours = new byte[Math.multiplyExact(samples.length, width)];
        for (int i = 0; i < samples.length; i++) {
            int index = samples[i] & 0xff;
            if (index * 3 + 3 > palette.length) {
                throw new CorruptFile(place, "pixel " + i + " uses a colour the palette lacks");
            }
            System.arraycopy(palette, index * 3, colours, i * width, 3);
            if (width == 4) {
                colours[i * 4 + 3] = index < opacity.length ? opacity[index] : (byte) 255;
            }
        }
        return Tensor.ofBytes(DType.U8, colours, header.rows(), header.columns(), width);
    }
}
