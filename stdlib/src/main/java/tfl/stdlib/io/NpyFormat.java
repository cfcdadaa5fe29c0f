package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** NumPy's {@code .npy}, versions 1 to 3, as its format specification describes. */
final class NpyFormat implements FileFormat {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int ALIGNMENT = 64;
    private static final Map<String, DType> TYPES = Map.ofEntries(Map.entry("b1", DType.BOOL),
            Map.entry("u1", DType.U8),
            Map.entry("i1", DType.I8), Map.entry("i2", DType.I16), Map.entry("i4", DType.I32),
            Map.entry("i8", DType.I64),
            Map.entry("f2", DType.F16), Map.entry("f4", DType.F32), Map.entry("f8", DType.F64),
            Map.entry("c8", DType.C64));
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<>|=])(\\w+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, L]*)\\)");

    @Override
    public Object read(byte[] bytes) {
        var reader = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
        if (!reader.latin(6, "the magic text").equals(MAGIC)) {
            throw new CorruptFile(0, "a .npy file begins with \\x93NUMPY");
        }
        int version = reader.unsignedByte("the version");
        reader.unsignedByte("the version");
        long length = version == 1 ? reader.unsignedShort("the header's length")
                : reader.unsignedInt("the header's length");
        int start = reader.position();
        var header = new String(reader.bytes(length, "the header"), StandardCharsets.UTF_8);
        var descr = field(DESCR, header, start, "descr of a number type");
        var dtype = TYPES.get(descr.group(2));
        if (dtype == null) {
            throw new CorruptFile(start, "elements of type " + descr.group(2) + " have no counterpart");
        }
        boolean reversed = field(ORDER, header, start, "fortran_order").group(1).equals("True");
        return data(reader, dtype, dims(field(SHAPE, header, start, "shape").group(1)), reversed,
                descr.group(1).equals(">"));
    }

    private static MatchResult field(Pattern pattern, String header, int start, String name) {
        var matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new CorruptFile(start, "the header has no " + name);
        }
        return matcher;
    }

    private static long[] dims(String text) {
        return Arrays.stream(text.replace("L", "").split(",")).map(String::strip).filter(part -> !part.isEmpty())
                .mapToLong(Long::parseLong).toArray();
    }

    private static Tensor data(ByteReader reader, DType dtype, long[] dims, boolean reversed, boolean swapped) {
        long size = Arrays.stream(dims).reduce(1, Math::multiplyExact);
        var bytes = reader.bytes(Math.multiplyExact(size, (long) dtype.bytes()), "the data");
        if (swapped) {
            ByteSwap.swap(bytes, dtype == DType.C64 ? 4 : dtype.bytes());
        }
        if (!reversed) {
            return Tensor.ofBytes(dtype, bytes).reshapeView(Shape.of(dims));
        }
        var backwards = IntStream.range(0, dims.length).mapToLong(axis -> dims[dims.length - 1 - axis]).toArray();
        var axes = IntStream.range(0, dims.length).map(axis -> dims.length - 1 - axis).toArray();
        return Tensor.ofBytes(dtype, bytes, backwards).permute(axes);
    }

    @Override
    public byte[] write(Object value) {
        if (!(value instanceof Tensor tensor)) {
            throw new UnsupportedValue("a .npy file holds one tensor; a record of tensors goes to .npz");
        }
        return write(tensor);
    }

    static byte[] write(Tensor tensor) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(tensor.type()));
        out.writeBytes(tensor.toBytes());
        return out.toByteArray();
    }

    private static byte[] header(TensorType type) {
        if (type.dtype() == DType.BF16) {
            throw new UnsupportedValue("NumPy has no bf16; convert with x.astype(f32)");
        }
        var code = TYPES.entrySet().stream().filter(entry -> entry.getValue() == type.dtype()).findFirst()
                .orElseThrow().getKey();
        var text = "{'descr': '" + (type.dtype().bytes() == 1 ? "|" : "<") + code
                        + "', 'fortran_order': False, 'shape': "
                + tuple(type.shape()) + ", }";
        int prefix = MAGIC.length() + 4;
        int padded = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
        var line = text + " ".repeat(padded - 1 - text.length()) + "\n";
        var start = MAGIC + "\u0001\u0000" + (char) (padded & 0xff) + (char) (padded >> 8);
        return (start + line).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String tuple(Shape shape) {
        var sizes = Arrays.stream(shape.dims()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return shape.rank() == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
    }
}
