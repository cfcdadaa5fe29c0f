package tfl.stdlib.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Writes a value as JSON. */
final class JsonWriter {
    private final JsonGenerator out;

    JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(Object value) throws IOException {
        switch (value) {
            case None none -> out.writeNull();
            case Boolean flag -> out.writeBoolean(flag);
            case Long number -> out.writeNumber(number);
            case Double number -> number(number);
            case String text -> out.writeString(text);
            case TupleValue tuple -> tuple(tuple);
            case RecordValue record -> record(record);
            case Tensor tensor -> tensor(tensor, 0, 0);
            default -> throw new UnsupportedValue("JSON holds no functions, structs or ranges");
        }
    }

    private void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            throw new UnsupportedValue("JSON holds no inf and no nan");
        }
    }

    private void tuple(TupleValue tuple) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < tuple.size(); i++) {
            write(tuple.get(i));
        }
        out.writeEndArray();
    }

    private void record(RecordValue record) throws IOException {
        out.writeStartObject();
        for (int i = 0; i < record.layout().size(); i++) {
            out.writeFieldName(record.layout().name(i));
            write(record.get(i));
        }
        out.writeEndObject();
    }

    /** The part of a tensor that begins at row-major position {@code start}, along this axis and those inside it. */
    private void tensor(Tensor tensor, int axis, long start) throws IOException {
        if (axis == tensor.rank()) {
            element(tensor, start);
            return;
        }
        long step = 1;
        for (int inner = axis + 1; inner < tensor.rank(); inner++) {
            step *= tensor.shape().dim(inner);
        }
        out.writeStartArray();
        for (long i = 0; i < tensor.shape().dim(axis); i++) {
            tensor(tensor, axis + 1, start + i * step);
        }
        out.writeEndArray();
    }

    private void element(Tensor tensor, long position) throws IOException {
        switch (tensor.dtype().kind()) {
            case BOOL -> out.writeBoolean(tensor.readLong(position) != 0);
            case SIGNED, UNSIGNED -> out.writeNumber(tensor.readLong(position));
            case FLOAT -> number(tensor.dtype() == DType.F64 ? tensor.readDouble(position)
                    : Double.parseDouble(Float.toString((float) tensor.readDouble(position))));
            case COMPLEX -> throw new UnsupportedValue("JSON holds no complex numbers");
        }
    }
}
