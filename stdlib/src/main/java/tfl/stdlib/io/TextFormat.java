package tfl.stdlib.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-8 text, as one str. */
final class TextFormat implements FileFormat {
    private static final int PIECE = 1 << 16;

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

    /** The first byte that is not UTF-8. */
    static long firstWrong(ByteReader reader) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var output = CharBuffer.allocate(PIECE);
        reader.position(0);
        long start = 0;
        while (reader.remaining() > 0) {
            var input = ByteBuffer.wrap(reader.bytes(Math.min(PIECE, reader.remaining()), "the text"));
            if (decoder.decode(input, output.clear(), reader.remaining() == 0).isError() || input.position() == 0) {
                return start + input.position();
            }
            start += input.position();
            reader.position(start);
        }
        return start;
    }
}
