package tfl.stdlib.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * What a {@code .npy} file says about its elements, which begin where the header ends.
 *
 * @param code NumPy's code of their type, such as {@code f4}
 * @param bigEndian whether each number begins with its highest byte
 * @param fortran whether the first axis changes fastest
 */
record NpyHeader(String code, boolean bigEndian, boolean fortran, Shape shape) {
    static final String MAGIC = "\u0093NUMPY";
    private static final Map<String, DType> TYPES = Map.ofEntries(Map.entry("b1", DType.BOOL),
            Map.entry("u1", DType.U8), Map.entry("i1", DType.I8), Map.entry("i2", DType.I16),
            Map.entry("i4", DType.I32), Map.entry("i8", DType.I64), Map.entry("f2", DType.F16),
            Map.entry("f4", DType.F32), Map.entry("f8", DType.F64), Map.entry("c8", DType.C64));
    private static final int LONGEST = 1 << 20;
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]:\\s*['\"]([<>|=])(\\w+)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]:\\s*\\(([\\d, L]*)\\)");
    private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

    /** NumPy's code of a type. */
    static String code(DType dtype) {
        return TYPES.entrySet().stream().filter(entry -> entry.getValue() == dtype).findFirst().orElseThrow().getKey();
    }

    static NpyHeader read(ByteReader reader) {
        if (!reader.latin(6, "the magic text").equals(MAGIC)) {
            throw new CorruptFile(0, "a .npy file begins with \\x93NUMPY");
        }
        int version = reader.unsignedByte("the version");
        if (version < 1 || version > 3) {
            throw new CorruptFile(6, "version " + version + " of the format is unknown");
        }
        reader.unsignedByte("the version");
        long length = version == 1 ? reader.unsignedShort("the header's length")
                : reader.unsignedInt("the header's length");
        if (length > LONGEST) {
            throw new CorruptFile(8, "a header of " + length + " bytes");
        }
        long start = reader.position();
        return parse(new String(reader.bytes(length, "the header"), StandardCharsets.UTF_8), start);
    }

    private static NpyHeader parse(String header, long start) {
        var descr = field(DESCR, header, start, "descr of a number type");
        if (!TYPES.containsKey(descr.group(2)) && Widened.of(descr.group(2)) == null) {
            throw new CorruptFile(start, "elements of type " + descr.group(2) + " have no counterpart");
        }
        return new NpyHeader(descr.group(2), descr.group(1).equals(">"),
                field(ORDER, header, start, "fortran_order").group(1).equals("True"),
                Sizes.shape(dims(field(SHAPE, header, start, "shape").group(1), start), start));
    }

    private static MatchResult field(Pattern pattern, String header, long start, String name) {
        var matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new CorruptFile(start, "the header has no " + name);
        }
        return matcher;
    }

    private static long[] dims(String text, long start) {
        return Arrays.stream(text.replace("L", "").split(",")).map(String::strip).filter(part -> !part.isEmpty())
                .mapToLong(part -> {
                    if (!SIZE.matcher(part).matches()) {
                        throw new CorruptFile(start, "the size " + part + " is no count");
                    }
                    return Long.parseLong(part);
                }).toArray();
    }

    /** The type of the elements as they lie in the file, or null where TFL has none. */
    DType dtype() {
        return TYPES.get(code);
    }

    /** The elements, which begin where the reader is. */
    Tensor tensor(ByteReader reader) {
        var stored = stored();
        if (dtype() == null) {
            return view(Widened.of(code).read(reader, stored, bigEndian));
        }
        var dense = reader.tensor(dtype(), stored, "the data");
        return view(bigEndian ? ByteOrders.swapped(dense) : dense);
    }

    /** The shape in which the elements lie row-major. */
    Shape stored() {
        int rank = shape.rank();
        return fortran ? Shape.of(IntStream.range(0, rank).mapToLong(axis -> shape.dim(rank - 1 - axis)).toArray())
                : shape;
    }

    /** The tensor that a user sees, from the elements as they lie. */
    Tensor view(Tensor dense) {
        int rank = shape.rank();
        if (!fortran || rank < 2) {
            return dense;
        }
        var view = dense.permute(IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
        dense.discard();
        return view;
    }
}
