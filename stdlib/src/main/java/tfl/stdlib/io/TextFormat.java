package tfl.stdlib.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-8 text, as one str. */
final class TextFormat implements FileFormat {
    @Override
    public Object read(ByteReader reader) {
        return decode(reader.rest("the text"));
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (value instanceof String text) {
            sink.bytes(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        throw new UnsupportedValue("a text file holds a str; make one with \"{value}\"");
    }

    /** Strict UTF-8. */
    static String decode(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var input = ByteBuffer.wrap(bytes);
        var output = CharBuffer.allocate(bytes.length);
        if (decoder.decode(input, output, true).isError()) {
            throw new CorruptFile(input.position(), "this is not UTF-8 text");
        }
        decoder.flush(output);
        return output.flip().toString();
    }
}
