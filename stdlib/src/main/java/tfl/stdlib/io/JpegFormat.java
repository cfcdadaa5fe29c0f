package tfl.stdlib.io;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** JPEG images: u8 tensors of rows, columns and three channels, grey without a channel axis. The JDK's own codec. */
final class JpegFormat implements FileFormat {
    /** Of 0 to 1; losses are hard to see from here on. */
    private static final float QUALITY = 0.9f;
    private static final int LARGEST_SIDE = 65535;

    @Override
    public Object read(ByteReader reader) {
        var bytes = reader.rest("the image");
        JpegMarkers.check(bytes);
        noScreen();
        var decoder = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            var complaints = new StringBuilder();
            decoder.addIIOReadWarningListener((source, warning) -> complaints.append(warning));
            decoder.setInput(input, true, true);
            var image = decoder.read(0);
            if (JpegMarkers.isDamage(complaints.toString())) {
                throw new CorruptFile(bytes.length, "the image is damaged: " + complaints);
            }
            return pixels(image);
        } catch (IIOException problem) {
            throw new CorruptFile(position(decoder, bytes.length), "the image cannot be decoded: "
                    + problem.getMessage());
        } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
                | NegativeArraySizeException | NullPointerException | ClassCastException problem) {
            // The decoder trusts the segments it is given, and stumbles over wrong ones.
            throw new CorruptFile(position(decoder, bytes.length), "the image cannot be decoded");
        } finally {
            decoder.dispose();
        }
    }

    /** Without this the JDK loads what draws on a screen, which servers lack. */
    private static void noScreen() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private static long position(ImageReader decoder, long otherwise) {
        try {
            return decoder.getInput() instanceof MemoryCacheImageInputStream input ? input.getStreamPosition()
                    : otherwise;
        } catch (IOException closed) {
            return otherwise;
        }
    }

    private static Tensor pixels(BufferedImage image) {
        var raster = image.getRaster();
        int rows = raster.getHeight();
        int columns = raster.getWidth();
        int channels = raster.getNumBands();
        var bytes = new byte[Math.multiplyExact(Math.multiplyExact(rows, columns), channels)];
        var line = new int[columns * channels];
        for (int row = 0; row < rows; row++) {
            raster.getPixels(0, row, columns, 1, line);
            for (int i = 0; i < line.length; i++) {
                bytes[row * line.length + i] = (byte) line[i];
            }
        }
        return channels == 1 ? Tensor.ofBytes(DType.U8, bytes, rows, columns)
                : Tensor.ofBytes(DType.U8, bytes, rows, columns, channels);
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (!(value instanceof Tensor image) || image.dtype() != DType.U8 || image.rank() < 2 || image.rank() > 3
                || image.rank() == 3 && image.dim(2) != 1 && image.dim(2) != 3) {
            throw new UnsupportedValue("a JPEG file holds u8[rows, columns] or u8[rows, columns, 3];"
                    + " scale to 0..255 and use .astype(u8), and drop opacity with [:, :, :3]");
        }
        if (image.size() == 0 || image.dim(0) > LARGEST_SIDE || image.dim(1) > LARGEST_SIDE) {
            throw new UnsupportedValue("a JPEG file has sides of 1 to " + LARGEST_SIDE + " pixels");
        }
        noScreen();
        ImageWriter encoder = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var output = new MemoryCacheImageOutputStream(sink.stream())) {
            var parameters = encoder.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            encoder.setOutput(output);
            encoder.write(null, new IIOImage(image(image), null, null), parameters);
        } finally {
            encoder.dispose();
        }
    }

    private static BufferedImage image(Tensor tensor) {
        int rows = (int) tensor.dim(0);
        int columns = (int) tensor.dim(1);
        boolean grey = tensor.rank() == 2 || tensor.dim(2) == 1;
        var image = new BufferedImage(columns, rows, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        var bytes = tensor.toBytes();
        var line = new int[columns * (grey ? 1 : 3)];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < line.length; i++) {
                line[i] = bytes[row * line.length + i] & 0xff;
            }
            image.getRaster().setPixels(0, row, columns, 1, line);
        }
        return image;
    }
}
