package tfl.stdlib.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** IDX, the format of MNIST: two zero bytes, a type, a rank, big-endian sizes and elements. */
final class IdxFormat implements FileFormat {
    private static final Map<Integer, DType> TYPES = Map.of(0x08, DType.U8, 0x09, DType.I8, 0x0b, DType.I16,
            0x0c, DType.I32, 0x0d, DType.F32, 0x0e, DType.F64);

    @Override
    public Object read(ByteReader reader) {
        reader.bigEndian();
        if (reader.unsignedShort("the magic number") != 0) {
            throw new CorruptFile(0, "an IDX file begins with two zero bytes");
        }
        var dtype = TYPES.get(reader.unsignedByte("the element type"));
        if (dtype == null) {
            throw new CorruptFile(2, "an unknown element type");
        }
        var dims = new long[reader.unsignedByte("the rank")];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = reader.unsignedInt("the size of axis " + axis);
        }
        var data = reader.tensor(dtype, Sizes.shape(dims, 4), "the data");
        if (reader.remaining() > 0) {
            data.discard();
            throw new CorruptFile(reader.position(), reader.remaining() + " bytes too many");
        }
        return ByteOrders.swapped(data);
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        if (!(value instanceof Tensor tensor) || !TYPES.containsValue(tensor.dtype()) || tensor.rank() > 255) {
            throw new UnsupportedValue("an IDX file holds one tensor of u8, i8, i16, i32, f32 or f64");
        }
        int code = TYPES.entrySet().stream().filter(entry -> entry.getValue() == tensor.dtype()).findFirst()
                .orElseThrow().getKey();
        var header = ByteBuffer.allocate(4 + 4 * tensor.rank()).order(ByteOrder.BIG_ENDIAN);
        header.putShort((short) 0).put((byte) code).put((byte) tensor.rank());
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (tensor.dim(axis) > 0xffffffffL) {
                throw new UnsupportedValue("axis " + axis + " has " + tensor.dim(axis)
                        + " elements; an IDX file counts to 4294967295");
            }
            header.putInt((int) tensor.dim(axis));
        }
        sink.bytes(header.array()).tensor(tensor, ByteOrders.width(tensor.dtype()));
    }
}
