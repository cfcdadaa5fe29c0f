package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import tfl.tensor.Tensor;

/** PNG images in memory, for modules that put them into files of other formats. */
public final class Png {
    private Png() {}

    /** The bytes of a PNG file: of u8[rows, columns], or u8[rows, columns, channels] with 1 to 4 channels. */
    public static byte[] encode(Tensor image) {
        var out = new ByteArrayOutputStream();
        try {
            new PngFormat().write(image, new ByteSink(out));
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot be written", impossible);
        }
        return out.toByteArray();
    }
}
