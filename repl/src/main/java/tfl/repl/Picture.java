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
                        Math.min(columns, WIDEST)));
            }
            terminal.flush();
        } catch (IOException problem) {
            throw new Misuse("the picture cannot be shown: " + problem.getMessage());
        }
    }

    /** Lines of upper half blocks, whose letter has the colour of one pixel and whose paper that of the one below. */
    static String blocks(BufferedImage image, int columns) {
        int rows = Math.max(2, columns * image.getHeight() / image.getWidth() / 2 * 2);
        var small = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.drawImage(image.getScaledInstance(columns, rows, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        var text = new StringBuilder();
        for (int y = 0; y < rows; y += 2) {
            for (int x = 0; x < columns; x++) {
                text.append("\033[38;2;").append(colour(small.getRGB(x, y))).append(";48;2;")
                        .append(colour(small.getRGB(x, y + 1))).append("m\u2580");
            }
            text.append("\033[0m\n");
        }
        return text.toString();
    }

    private static String colour(int rgb) {
        return (rgb >> 16 & 255) + ";" + (rgb >> 8 & 255) + ";" + (rgb & 255);
    }
}
