package tfl.stdlib.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** NumPy's {@code .npy}, versions 1 to 3, as its format specification describes. */
final class NpyFormat implements FileFormat {
    private static final int ALIGNMENT = 64;

    @Override
    public Object read(ByteReader reader) {
        var tensor = NpyHeader.read(reader).tensor(reader);
        if (reader.remaining() > 0) {
            throw new CorruptFile(reader.position(), reader.remaining() + " bytes too many");
        }
        return tensor;
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        write(tensor(value), sink);
    }

    private static Tensor tensor(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        throw new UnsupportedValue("a .npy file holds one tensor; a record of tensors goes to .npz");
    }

    static void write(Tensor tensor, ByteSink sink) throws IOException {
        sink.bytes(header(tensor.type()));
        sink.tensor(tensor);
    }

    /** How a file of that tensor begins. */
    static byte[] header(TensorType type) {
        if (type.dtype() == DType.BF16) {
            throw new UnsupportedValue("NumPy has no bf16; convert with x.astype(f32), or save as .safetensors");
        }
        var text = "{'descr': '" + (type.dtype().bytes() == 1 ? "|" : "<") + NpyHeader.code(type.dtype())
                + "', 'fortran_order': False, 'shape': " + tuple(type.shape()) + ", }";
        int prefix = NpyHeader.MAGIC.length() + 4;
        int padded = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
        var line = text + " ".repeat(padded - 1 - text.length()) + "\n";
        var start = NpyHeader.MAGIC + "\u0001\u0000" + (char) (padded & 0xff) + (char) (padded >> 8);
        return (start + line).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String tuple(Shape shape) {
        var sizes = Arrays.stream(shape.dims()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return shape.rank() == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
    }
}
