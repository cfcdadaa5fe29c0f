package tfl.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void aBlockShowsTwoPixels() {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(0, 1, 0x0000ff);
        image.setRGB(1, 1, 0x010203);
        assertEquals("\033[38;2;255;0;0;48;2;0;0;255m\u2580\033[38;2;0;255;0;48;2;1;2;3m\u2580\033[0m\n",
                Picture.blocks(image, 2, true));
    }

    @Test
    void fewerColoursAreTheNearestOnes() {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xffffff);
        image.setRGB(1, 0, 0xfefdfc);
        image.setRGB(0, 1, 0x5f87d7);
        image.setRGB(1, 1, 0x5e88d6);
        assertEquals("\033[38;5;231;48;5;68m\u2580\u2580\033[0m\n", Picture.blocks(image, 2, false));
    }

    @Test
    void aPictureIsAsWideAsItMayBe() {
        var text = Picture.blocks(new BufferedImage(640, 420, BufferedImage.TYPE_INT_RGB), 100, true);
        assertEquals(32, text.lines().count());
        assertEquals(100, text.lines().findFirst().orElseThrow().chars().filter(c -> c == 0x2580).count());
    }
}
