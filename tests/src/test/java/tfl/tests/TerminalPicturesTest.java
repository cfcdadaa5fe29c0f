package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures at the prompt. The test plays the terminal: it answers what a terminal is asked about its abilities, takes
 * what is drawn apart as the terminal would, and compares the pixels.
 */
class TerminalPicturesTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String KITTY_ANSWER = "\033_Gi=31;OK\033\\\033[?62;c";
    private static final String SIXEL_ANSWER = "\033[?63;1;4;22c";
    private static final String PLAIN_ANSWER = "\033[?1;2c";
    private static final String PICTURE = "image.picture(astype([[[255, 0, 0], [0, 255, 0], [0, 0, 255]], "
            + "[[0, 0, 0], [255, 255, 255], [51, 102, 204]]], u8))";
    /** What it shows: 2 rows of 3 pixels. */
    private static final int[] PIXELS = {0xff0000, 0x00ff00, 0x0000ff, 0x000000, 0xffffff, 0x3366cc};

    @TempDir
    private Path home;

    @Test
    void kitty() throws IOException, InterruptedException {
        var drawn = drawnBy(KITTY_ANSWER);
        var pieces = Pattern.compile("\033_G([^;]*);([^\033]*)\033\\\\").matcher(drawn);
        var base64 = new StringBuilder();
        int count = 0;
        String last = "";
        while (pieces.find()) {
            var keys = pieces.group(1);
            if (keys.contains("a=q")) {
                continue;
            }
            assertEquals(count == 0, keys.contains("a=T") && keys.contains("f=100"), keys);
            assertTrue(pieces.group(2).length() <= 4096);
            base64.append(pieces.group(2));
            last = keys;
            count++;
        }
        assertTrue(count > 0 && last.contains("m=0"), drawn);
        check(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64.toString()))));
    }

    @Test
    void sixel() throws IOException, InterruptedException {
        var drawn = drawnBy(SIXEL_ANSWER);
        int start = drawn.indexOf("\033P");
        assertTrue(start >= 0, drawn);
        check(decodedSixel(drawn.substring(start + 2, drawn.indexOf("\033\\", start))));
    }

    @Test
    void blocksElsewhere() throws IOException, InterruptedException {
        var drawn = drawnBy(PLAIN_ANSWER);
        assertTrue(drawn.contains("\u2580"), drawn);
        assertTrue(drawn.contains("\033[38;5;"), drawn);
    }

    /** What the prompt writes for the picture on a terminal that gives this answer. */
    private String drawnBy(String answer) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no " + SCRIPT + ": apt-get install util-linux");
        var command = TflProcess.command(List.of("--quiet")).stream().map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        var builder = new ProcessBuilder(SCRIPT.toString(), "-qec", "stty cols 100 rows 40; exec " + command,
                "/dev/null").directory(home.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("TERM", "xterm-256color", "XDG_STATE_HOME", home.toString(),
                "XDG_CONFIG_HOME", home.toString()));
        List.of("NO_COLOR", "COLORTERM", "TERM_PROGRAM", "LC_TERMINAL", "TFL_PICTURES")
                .forEach(builder.environment().keySet()::remove);
        var process = builder.start();
        var seen = new StringBuilder();
        try {
            boolean asked = false;
            boolean answered = false;
            boolean left = false;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (process.isAlive() || process.getInputStream().available() > 0) {
                assertTrue(System.nanoTime() < end, () -> "no picture in " + seen);
                int ready = process.getInputStream().available();
                if (ready > 0) {
                    seen.append(new String(process.getInputStream().readNBytes(ready), StandardCharsets.UTF_8));
                } else {
                    Tmux.pause();
                }
                if (!asked && seen.indexOf("tfl> ") >= 0) {
                    asked = true;
                    type(process, "import image; " + PICTURE + "\r");
                }
                if (!answered && seen.indexOf("a=q") >= 0) {
                    answered = true;
                    // A person types while the terminal answers: the keys must not be lost.
                    type(process, "7" + answer + " * 6\r");
                }
                if (!left && answered && seen.indexOf("tfl> ", seen.indexOf("2004l42")) > seen.indexOf("2004l42")
                        && seen.indexOf("2004l42") >= 0) {
                    left = true;
                    type(process, "\u0004");
                }
            }
            return seen.toString();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void type(Process process, String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Each pixel has become a square of 85. */
    private static void check(BufferedImage image) {
        assertEquals(255, image.getWidth());
        assertEquals(170, image.getHeight());
        var seen = new int[PIXELS.length];
        for (int i = 0; i < seen.length; i++) {
            int corner = image.getRGB(i % 3 * 85, i / 3 * 85) & 0xffffff;
            seen[i] = image.getRGB(i % 3 * 85 + 84, i / 3 * 85 + 84) & 0xffffff;
            assertEquals(corner, seen[i]);
        }
        assertArrayEquals(PIXELS, seen);
    }

    /** Reads sixels as DEC's manual describes them. */
    private static BufferedImage decodedSixel(String data) {
        var body = data.substring(data.indexOf('q') + 1);
        var token = Pattern.compile("\"([0-9;]+)|#([0-9;]+)|!([0-9]+)([?-~])|([$-])|([?-~])").matcher(body);
        BufferedImage image = null;
        var colours = new int[256];
        int colour = 0;
        int x = 0;
        int top = 0;
        while (token.find()) {
            if (token.group(1) != null) {
                var sizes = token.group(1).split(";");
                image = new BufferedImage(Integer.parseInt(sizes[2]), Integer.parseInt(sizes[3]),
                        BufferedImage.TYPE_INT_RGB);
            } else if (token.group(2) != null) {
                var numbers = token.group(2).split(";");
                colour = Integer.parseInt(numbers[0]);
                if (numbers.length == 5) {
                    colours[colour] = level(numbers[2]) << 16 | level(numbers[3]) << 8 | level(numbers[4]);
                }
            } else if (token.group(5) != null) {
                x = 0;
                top += token.group(5).equals("-") ? 6 : 0;
            } else {
                int count = token.group(3) == null ? 1 : Integer.parseInt(token.group(3));
                int bits = (token.group(3) == null ? token.group(6) : token.group(4)).charAt(0) - 63;
                for (int k = 0; k < count; k++, x++) {
                    for (int y = 0; y < 6; y++) {
                        if ((bits >> y & 1) == 1) {
                            image.setRGB(x, top + y, colours[colour]);
                        }
                    }
                }
            }
        }
        return image;
    }

    private static int level(String percent) {
        return Math.round(Integer.parseInt(percent) * 255 / 100f);
    }
}
