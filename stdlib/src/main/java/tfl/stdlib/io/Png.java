package tfl.stdlib.io;

import tfl.tensor.Tensor;

/** PNG images in memory, for modules that put them into files of other formats. */
public final class Png {
    private Png() {}

    /** The bytes of a PNG file: of u8[rows, columns], or u8[rows, columns, channels] with 1 to 4 channels. */
    public static byte[] encode(Tensor image) {
        return PngFormat.encoded(image);
    }
}
