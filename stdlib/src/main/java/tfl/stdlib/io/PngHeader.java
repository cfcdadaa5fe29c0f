package tfl.stdlib.io;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a PNG file says about its pixels.
 *
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param colour 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity
 * @param interlaced whether the pixels come in seven passes (Adam7)
 */
record PngHeader(int columns, int rows, int depth, int colour, boolean interlaced) {
    /** First column, first row, and the steps between columns and rows of each pass. */
    private static final List<int[]> PASSES = List.of(new int[] {0, 0, 8, 8}, new int[] {4, 0, 8, 8},
            new int[] {0, 4, 4, 8}, new int[] {2, 0, 4, 4}, new int[] {0, 2, 2, 4}, new int[] {1, 0, 2, 2},
            new int[] {0, 1, 1, 2});
    private static final List<int[]> WHOLE = List.of(new int[] {0, 0, 1, 1});

    static PngHeader read(byte[] chunk, long start) {
        var fields = ByteBuffer.wrap(chunk, 4, 13);
        int columns = fields.getInt();
        int rows = fields.getInt();
        int depth = fields.get();
        int colour = fields.get();
        int packing = fields.get();
        int filter = fields.get();
        int interlace = fields.get();
        if (columns <= 0 || rows <= 0) {
            throw new CorruptFile(start + 4, "an image of " + columns + " x " + rows + " pixels");
        }
        boolean known = switch (colour) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known || packing != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw new CorruptFile(start + 12, "colour type " + colour + " with " + depth
                    + " bits, or its packing, does not exist");
        }
        return new PngHeader(columns, rows, depth, colour, interlace == 1);
    }

    boolean isPalette() {
        return colour == 3;
    }

    /** Samples of a pixel. */
    int channels() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    List<int[]> passes() {
        return interlaced ? PASSES : WHOLE;
    }

    int columns(int[] pass) {
        return (int) (((long) columns - pass[0] + pass[2] - 1) / pass[2]);
    }

    int rows(int[] pass) {
        return (int) (((long) rows - pass[1] + pass[3] - 1) / pass[3]);
    }

    /** Bytes of a line of that many pixels, without its filter. */
    long stride(int pixels) {
        return ((long) pixels * channels() * depth + 7) / 8;
    }

    /** Bytes of all lines of all passes, each behind the byte of its filter. */
    long packedLength() {
        long length = 0;
        for (var pass : passes()) {
            long line = columns(pass) == 0 ? 0 : stride(columns(pass)) + 1;
            if (line * rows(pass) > Integer.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            length += line * rows(pass);
        }
        return length;
    }
}
