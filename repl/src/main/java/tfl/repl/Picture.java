package tfl.repl;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.TerminalGraphics;
import org.jline.terminal.impl.TerminalGraphicsManager;
import tfl.session.Misuse;

/** Pictures at the prompt: through the terminal's graphics where it has some, else as blocks of two pixels. */
final class Picture {
    private static final int WIDEST = 100;

    private Picture() {}

    /** Shows a PNG file, given in base 64. */
    static void show(Terminal terminal, String base64, int columns) {
        var bytes = Base64.getDecoder().decode(base64);
        try {
            var protocol = TerminalGraphicsManager.getBestProtocol(terminal);
            if (protocol.isPresent()) {
                protocol.get().displayImage(terminal, new ByteArrayInputStream(bytes),
                        new TerminalGraphics.ImageOptions().preserveAspectRatio(true).inline(true));
                terminal.writer().println();
            } else {
                terminal.writer().print(blocks(ImageIO.read(new ByteArrayInputStream(bytes)),
                        Math.min(columns, WIDEST), hasAllColours()));
            }
            terminal.flush();
        } catch (IOException problem) {
            throw new Misuse("the picture cannot be shown: " + problem.getMessage());
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
