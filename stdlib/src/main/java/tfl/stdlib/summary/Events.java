package tfl.stdlib.summary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;

/**
 * Events as TensorBoard reads them. Numbers of fields are those of TensorFlow's published definitions: {@code
 * event.proto}, {@code summary.proto}, {@code tensor.proto}.
 */
final class Events {
    /** What kind of data a tag has, for TensorBoard's readers. */
    enum DataClass {
        SCALAR, TENSOR, BLOB_SEQUENCE;

        long number() {
            return ordinal() + 1L;
        }
    }

    /** TensorFlow's numbers of element types. */
    private static final int FLOAT = 1;
    private static final int DOUBLE = 2;
    private static final int STRING = 7;

    private Events() {}

    /** The first event of a file: which format follows. */
    static Message version() {
        return event(0).text(3, "brain.Event:2").message(10, new Message().text(1, "tfl.summary"));
    }

    /** A point of a tag. */
    static Message summary(long step, String tag, String plugin, byte[] content, DataClass kind, Message tensor) {
        var data = new Message().text(1, plugin).bytes(2, content);
        var metadata = new Message().message(1, data).whole(4, kind.number());
        var value = new Message().text(1, tag).message(9, metadata).message(8, tensor);
        return event(step).message(5, new Message().message(1, value));
    }

    /** A graph, as the bytes of a {@code GraphDef}. */
    static Message graph(Message definition) {
        return event(0).message(4, definition);
    }

    private static Message event(long step) {
        var now = Instant.now();
        return new Message().number(1, now.getEpochSecond() + now.getNano() * 1e-9).whole(2, step);
    }

    /** A tensor of rank 0. */
    static Message scalar(float value) {
        return tensor(FLOAT).number(5, value);
    }

    /** No elements: what stands where all is in the metadata. */
    static Message empty() {
        return tensor(FLOAT, 0);
    }

    static Message doubles(double[] values, long... dims) {
        var content = ByteBuffer.allocate(values.length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        content.asDoubleBuffer().put(values);
        return tensor(DOUBLE, dims).bytes(4, content.array());
    }

    static Message strings(List<byte[]> values, long... dims) {
        var tensor = tensor(STRING, dims);
        values.forEach(value -> tensor.bytes(8, value));
        return tensor;
    }

    private static Message tensor(int type, long... dims) {
        return new Message().whole(1, type).message(2, shape(dims));
    }

    /** A {@code TensorShapeProto}. */
    static Message shape(long... dims) {
        var shape = new Message();
        for (long dim : dims) {
            shape.message(2, new Message().whole(1, dim));
        }
        return shape;
    }
}
