package tfl.stdlib.io;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The table of file formats, by extension. */
final class FileFormats {
    private static final Map<String, FileFormat> TABLE = new LinkedHashMap<>();

    static {
        TABLE.put(".npy", new NpyFormat());
        TABLE.put(".npz", new NpzFormat());
        TABLE.put(".safetensors", new SafetensorsFormat());
        TABLE.put(".csv", new CsvFormat());
        TABLE.put(".json", new JsonFormat());
        TABLE.put(".txt", new TextFormat());
        TABLE.put(".svg", new TextFormat());
        TABLE.put(".idx", new IdxFormat());
        TABLE.put(".png", new PngFormat());
        TABLE.put(".jpg", new JpegFormat());
        TABLE.put(".jpeg", new JpegFormat());
        TABLE.put(".wav", new WavFormat());
    }

    private FileFormats() {}

    /** The format that the name's end tells, or null. MNIST's files end in {@code -ubyte}. */
    static FileFormat of(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("-ubyte")) {
            return TABLE.get(".idx");
        }
        int dot = lower.lastIndexOf('.');
        return dot < 0 ? null : TABLE.get(lower.substring(dot));
    }

    /** The extensions, as errors and help list them. */
    static String names() {
        return String.join(" ", TABLE.keySet());
    }
}
