package tfl.repl;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jline.terminal.Terminal;
import tfl.session.Misuse;

/** Pictures at the prompt: through the terminal's graphics where it has some, else as blocks of two pixels. */
final class Picture {
    private static final int WIDEST = 100;
    private static final int KITTY_PIECE = 4096;

    private Picture() {}

    /** Shows a PNG file, given in base 64, as the terminal can. */
    static void show(Terminal terminal, Graphics graphics, String base64, int columns) {
        terminal.writer().print(text(graphics, base64, columns));
        terminal.flush();
    }

    /** What a terminal is sent; it ends with a line break. */
    static String text(Graphics graphics, String base64, int columns) {
        return switch (graphics) {
            case KITTY -> kitty(base64) + "\n";
            case ITERM -> "\033]1337;File=inline=1;preserveAspectRatio=1;size="
                    + Base64.getDecoder().decode(base64).length + ":" + base64 + "\007\n";
            case SIXEL -> Sixel.of(image(base64)) + "\n";
            case BLOCKS -> blocks(image(base64), Math.min(columns, WIDEST), hasAllColours());
            case NONE -> "";
        };
    }

    /** In pieces, as the protocol wants it; {@code m=1} says that more follow. */
    private static String kitty(String base64) {
        var text = new StringBuilder();
        for (int at = 0; at < base64.length(); at += KITTY_PIECE) {
            int end = Math.min(base64.length(), at + KITTY_PIECE);
            text.append("\033_G").append(at == 0 ? "a=T,f=100,q=2," : "").append("m=")
                    .append(end < base64.length() ? 1 : 0).append(';').append(base64, at, end).append("\033\\");
        }
        return text.toString();
    }

    private static BufferedImage image(String base64) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (IOException broken) {
            throw new Misuse("the picture is no PNG file: " + broken.getMessage());
        }
    }

    private static boolean hasAllColours() {
        var words = System.getenv().getOrDefault("COLORTERM", "");
        return words.contains("truecolor") || words.contains("24bit");
    }

    /** Lines of upper half blocks, whose letter has the colour of one pixel and whose paper that of the one below. */
    static String blocks(BufferedImage image, int columns, boolean allColours) {
        int rows = Math.max(2, columns * image.getHeight() / image.getWidth() / 2 * 2);
        var small = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.drawImage(image.getScaledInstance(columns, rows, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        var text = new StringBuilder();
        for (int y = 0; y < rows; y += 2) {
            var before = "";
            for (int x = 0; x < columns; x++) {
                var colours = "\033[38;" + colour(small.getRGB(x, y), allColours) + ";48;"
                        + colour(small.getRGB(x, y + 1), allColours) + "m";
                text.append(colours.equals(before) ? "" : colours).append('\u2580');
                before = colours;
            }
            text.append("\033[0m\n");
        }
        return text.toString();
    }

    /** Red, green and blue, or the nearest of the 216 in the cube that terminals with 256 colours have. */
    private static String colour(int rgb, boolean allColours) {
        int red = rgb >> 16 & 255;
        int green = rgb >> 8 & 255;
        int blue = rgb & 255;
        return allColours ? "2;" + red + ";" + green + ";" + blue
                : "5;" + (16 + 36 * step(red) + 6 * step(green) + step(blue));
    }

    /** The cube's steps are 0, 95, 135, 175, 215, 255. */
    private static int step(int level) {
        return level < 48 ? 0 : Math.clamp((level - 35) / 40, 1, 5);
    }
}
