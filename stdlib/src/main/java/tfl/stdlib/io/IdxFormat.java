package tfl.stdlib.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/** IDX, the format of MNIST: two zero bytes, a type, a rank, big-endian sizes and elements. */
final class IdxFormat implements FileFormat {
    private static final Map<Integer, DType> TYPES = Map.of(0x08, DType.U8, 0x09, DType.I8, 0x0b, DType.I16,
            0x0c, DType.I32, 0x0d, DType.F32, 0x0e, DType.F64);

    @Override
    public Object read(byte[] bytes) {
        var reader = new ByteReader(bytes, ByteOrder.BIG_ENDIAN);
        if (reader.unsignedShort("the magic number") != 0) {
            throw new CorruptFile(0, "an IDX file begins with two zero bytes");
        }
        var dtype = TYPES.get(reader.unsignedByte("the element type"));
        if (dtype == null) {
            throw new CorruptFile(2, "an unknown element type");
        }
        var dims = new long[reader.unsignedByte("the rank")];
        long size = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = reader.unsignedInt("the size of axis " + axis);
            size = Math.min(Integer.MAX_VALUE, size * dims[axis]);
        }
        var data = reader.bytes(size * dtype.bytes(), "the data");
        if (reader.remaining() > 0) {
            throw new CorruptFile(reader.position(), reader.remaining() + " bytes too many");
        }
        return Tensor.ofBytes(dtype, ByteSwap.swap(data, dtype.bytes())).reshapeView(Shape.of(dims));
    }

    @Override
    public byte[] write(Object value) {
        if (!(value instanceof Tensor tensor) || !TYPES.containsValue(tensor.dtype())) {
            throw new UnsupportedValue("an IDX file holds one tensor of u8, i8, i16, i32, f32 or f64");
        }
        int code = TYPES.entrySet().stream().filter(entry -> entry.getValue() == tensor.dtype()).findFirst()
                .orElseThrow().getKey();
        var header = ByteBuffer.allocate(4 + 4 * tensor.rank()).order(ByteOrder.BIG_ENDIAN);
        header.putShort((short) 0).put((byte) code).put((byte) tensor.rank());
        for (int axis = 0; axis < tensor.rank(); axis++) {
            header.putInt(Math.toIntExact(tensor.shape().dim(axis)));
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(header.array());
        out.writeBytes(ByteSwap.swap(tensor.toBytes(), tensor.dtype().bytes()));
        return out.toByteArray();
    }
}
