package tfl.stdlib.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * WAV sound: {@code {samples, rate}}. Samples lie in -1..1, one axis for one channel and {@code [n, channels]} for
 * more; PCM of 8, 16 and 24 bits and floats of 32 are f32, of 32 bits and floats of 64 f64. Written are PCM of u8,
 * i16 and i32 as they are, and floats of f32 and f64. Source: Microsoft, "Multimedia Programming Interface", 1991.
 */
final class WavFormat implements FileFormat {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;
    private static final long STREAMED = 0xffffffffL;
    private static final int FRAME_PIECE = 4096;

    /** How samples are stored. */
    private record Encoding(boolean isFloat, int channels, long rate, int bytes) {
        DType dtype() {
            return bytes == 8 || bytes == 4 && !isFloat ? DType.F64 : DType.F32;
        }
    }

    @Override
    public Object read(ByteReader reader) {
        if (!reader.latin(4, "the mark").equals("RIFF")) {
            throw new CorruptFile(0, "a WAV file begins with RIFF");
        }
        reader.unsignedInt("the size");
        if (!reader.latin(4, "the mark").equals("WAVE")) {
            throw new CorruptFile(8, "this RIFF file holds no WAVE");
        }
        Encoding encoding = null;
        while (true) {
            var name = reader.latin(4, "a chunk's name");
            long length = reader.unsignedInt("a chunk's length");
            long start = reader.position();
            if (name.equals("data")) {
                if (encoding == null) {
                    throw new CorruptFile(start - 8, "the samples come before their format");
                }
                return value(reader, encoding, length == STREAMED ? reader.remaining() : length);
            }
            reader.need(length, "the chunk " + printable(name));
            if (name.equals("fmt ")) {
                encoding = encoding(reader, length, start);
            }
            reader.position(start + length + (length & 1));
        }
    }

    private static String printable(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c < 127) ? name : "of an unreadable name";
    }

    private static Encoding encoding(ByteReader reader, long length, long start) {
        if (length < 16) {
            throw new CorruptFile(start, "the format has " + length + " bytes, not 16");
        }
        int kind = reader.unsignedShort("the format");
        int channels = reader.unsignedShort("the channels");
        long rate = reader.unsignedInt("the rate");
        reader.unsignedInt("the byte rate");
        int block = reader.unsignedShort("the block");
        int bits = reader.unsignedShort("the bits");
        if (kind == EXTENSIBLE && length >= 26) {
            reader.position(start + 24);
            kind = reader.unsignedShort("the format");
        }
        boolean known = kind == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
                || kind == FLOAT && (bits == 32 || bits == 64);
        if (!known || channels == 0 || block != channels * bits / 8) {
            throw new CorruptFile(start, "samples of format " + kind + " with " + bits + " bits, " + channels
                    + " channels and blocks of " + block + " bytes are not read; PCM and floats are");
        }
        return new Encoding(kind == FLOAT, channels, rate, bits / 8);
    }

    private static Object value(ByteReader reader, Encoding encoding, long length) {
        reader.need(length, "the samples");
        long frames = length / ((long) encoding.channels() * encoding.bytes());
        long count = frames * encoding.channels();
        var shape = encoding.channels() == 1 ? Shape.of(frames) : Shape.of(frames, encoding.channels());
        var samples = Tensor.allocate(new TensorType(encoding.dtype(), shape));
        for (long at = 0; at < count; at += FRAME_PIECE) {
            int piece = (int) Math.min(FRAME_PIECE, count - at);
            var bytes = reader.bytes((long) piece * encoding.bytes(), "the samples");
            for (int i = 0; i < piece; i++) {
                Elements.putDouble(encoding.dtype(), samples.address(at + i), sample(bytes, i * encoding.bytes(),
                        encoding));
            }
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("samples", samples);
        fields.put("rate", encoding.rate());
        return RecordValue.of(fields);
    }

    private static double sample(byte[] bytes, int at, Encoding encoding) {
        long bits = 0;
        for (int i = encoding.bytes() - 1; i >= 0; i--) {
            bits = bits << 8 | bytes[at + i] & 0xff;
        }
        if (encoding.isFloat()) {
            return encoding.bytes() == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
        }
        return switch (encoding.bytes()) {
            case 1 -> (bits - 128) / 128.0;
            case 2 -> (short) bits / 32768.0;
            case 3 -> ((int) bits << 8 >> 8) / 8388608.0;
            default -> (int) bits / 2147483648.0;
        };
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (!(value instanceof RecordValue record) || !(field(record, "samples") instanceof Tensor samples)
                || !(field(record, "rate") instanceof Long rate)) {
            throw new UnsupportedValue("a WAV file holds {samples: a tensor, rate: samples a second, an int}");
        }
        int bits = switch (samples.dtype()) {
            case U8 -> 8;
            case I16 -> 16;
            case I32, F32 -> 32;
            case F64 -> 64;
            default -> throw new UnsupportedValue("a WAV file holds samples of f32 or f64 in -1..1, or u8, i16, i32");
        };
        long channels = samples.rank() == 2 ? samples.dim(1) : 1;
        if (samples.rank() < 1 || samples.rank() > 2 || channels < 1 || channels > 0xffff || rate < 1
                || rate > STREAMED) {
            throw new UnsupportedValue("a WAV file holds samples of shape [n] or [n, channels], and a positive rate");
        }
        boolean isFloat = samples.dtype().isFloat();
        long bytes = samples.type().bytes();
        int format = isFloat ? 18 : 16;
        long facts = isFloat ? 12 : 0;
        if (bytes > STREAMED - 100) {
            throw new UnsupportedValue("a WAV file holds at most 4 GiB");
        }
        sink.bytes("RIFF".getBytes(StandardCharsets.US_ASCII)).intNumber(4 + 8 + format + facts + 8 + bytes
                + (bytes & 1));
        sink.latin("WAVEfmt ").intNumber(format).shortNumber(isFloat ? FLOAT : PCM).shortNumber((int) channels)
                .intNumber(rate).intNumber(rate * channels * bits / 8).shortNumber((int) (channels * bits / 8))
                .shortNumber(bits);
        if (isFloat) {
            sink.shortNumber(0).latin("fact").intNumber(4).intNumber(samples.dim(0));
        }
        sink.latin("data").intNumber(bytes).tensor(samples);
        if ((bytes & 1) == 1) {
            sink.bytes((byte) 0);
        }
    }

    private static Object field(RecordValue record, String name) {
        int index = record.layout().indexOf(name);
        return index < 0 ? null : record.get(index);
    }
}
