package tfl.repl;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A picture as DEC's sixels: bands of six rows, and in each band for each colour the bits of its pixels. At most 256
 * colours; a picture with more is brought to a cube of 6 × 7 × 6, with the error of each pixel passed on to its
 * neighbours (Floyd and Steinberg).
 */
final class Sixel {
    private static final int MOST_COLOURS = 256;
    private static final int BAND = 6;
    private static final int[] STEPS = {6, 7, 6};
    private final int width;
    private final int height;
    private final int[] pixels;
    private final Map<Integer, Integer> palette = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    private Sixel(BufferedImage image) {
        this.width = image.getWidth();
        this.height = image.getHeight();
        var flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = flat.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        this.pixels = flat.getRGB(0, 0, width, height, null, 0, width);
    }

    static String of(BufferedImage image) {
        var sixel = new Sixel(image);
        if (!sixel.number()) {
            sixel.dither();
            sixel.number();
        }
        return sixel.write();
    }

    /** Gives each colour a number; false if there are too many. */
    private boolean number() {
        palette.clear();
        for (int pixel : pixels) {
            palette.putIfAbsent(pixel, palette.size());
            if (palette.size() > MOST_COLOURS) {
                return false;
            }
        }
        return true;
    }

    private void dither() {
        var now = new float[3 * (width + 2)];
        var next = new float[3 * (width + 2)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0xff;
                for (int c = 0; c < 3; c++) {
                    int at = 3 * (x + 1) + c;
                    float wanted = (pixels[y * width + x] >> 16 - 8 * c & 255) + now[at];
                    int step = Math.clamp(Math.round(wanted * (STEPS[c] - 1) / 255), 0, STEPS[c] - 1);
                    int level = Math.round(255f * step / (STEPS[c] - 1));
                    float error = (wanted - level) / 16;
                    now[at + 3] += 7 * error;
                    next[at - 3] += 3 * error;
                    next[at] += 5 * error;
                    next[at + 3] += error;
                    rgb = rgb << 8 | level;
                }
                pixels[y * width + x] = rgb;
            }
            now = next;
            next = new float[3 * (width + 2)];
        }
    }

    private String write() {
        out.append("\033P0;1;0q\"1;1;").append(width).append(';').append(height);
        palette.forEach((rgb, number) -> out.append('#').append(number).append(";2;").append(percent(rgb >> 16))
                .append(';').append(percent(rgb >> 8)).append(';').append(percent(rgb)));
        for (int top = 0; top < height; top += BAND) {
            band(top);
        }
        return out.append("\033\\").toString();
    }

    private static int percent(int level) {
        return Math.round((level & 255) * 100 / 255f);
    }

    private void band(int top) {
        int rows = Math.min(BAND, height - top);
        var colours = new LinkedHashMap<Integer, byte[]>();
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < width; x++) {
                int colour = palette.get(pixels[(top + y) * width + x]);
                colours.computeIfAbsent(colour, _ -> new byte[width])[x] |= (byte) (1 << y);
            }
        }
        boolean first = true;
        for (var entry : colours.entrySet()) {
            // A dollar sign goes back to the band's start, a minus to the next band.
            out.append(first ? "" : "$").append('#').append(entry.getKey());
            runs(entry.getValue());
            first = false;
        }
        out.append('-');
    }

    /** Equal neighbours as a count and one of them. */
    private void runs(byte[] bits) {
        int end = bits.length;
        while (end > 0 && bits[end - 1] == 0) {
            end--;
        }
        for (int x = 0; x < end;) {
            int from = x;
            while (x < end && bits[x] == bits[from]) {
                x++;
            }
            char sixel = (char) (63 + bits[from]);
            if (x - from > 3) {
                out.append('!').append(x - from).append(sixel);
            } else {
                out.append(String.valueOf(sixel).repeat(x - from));
            }
        }
    }
}
