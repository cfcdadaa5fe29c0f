package tfl.stdlib.io;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/**
 * Safetensors: the length of a JSON header in eight bytes, the header, and the tensors' bytes without gaps. The largest
 * element types come first and names are in order among equals, as the reference writer does, so every tensor is
 * aligned. Source: the format's description and {@code tensor.rs} of github.com/huggingface/safetensors.
 */
final class SafetensorsFormat implements FileFormat {
    /** The element types of the format that TFL has, as the reference orders them: by alignment. */
    static final List<DType> TYPES = List.of(DType.BOOL, DType.U8, DType.I8, DType.I16, DType.F16, DType.BF16,
            DType.I32, DType.F32, DType.C64, DType.F64, DType.I64);

    @Override
    public Object read(ByteReader reader) {
        var header = SafetensorsHeader.read(reader);
        long start = reader.position();
        var fields = new LinkedHashMap<String, Object>();
        for (var part : header.parts()) {
            reader.position(start + part.start());
            var tensor = part.widened() == null ? reader.tensor(part.dtype(), part.shape(), "the tensor " + part.name())
                    : part.widened().read(reader, part.shape(), false);
            fields.put(part.name(), tensor);
        }
        return RecordValue.of(fields);
    }

    @Override
    public Map<String, String> metadata(ByteReader reader) {
        return SafetensorsHeader.read(reader).metadata();
    }

    @Override
    public void write(Object value, ByteSink sink) throws IOException {
        write(value, Map.of(), sink);
    }

    @Override
    public void write(Object value, Map<String, String> metadata, ByteSink sink) throws IOException {
        var fields = Fields.of(value, "a .safetensors file");
        if (fields.containsKey(SafetensorsHeader.METADATA)) {
            throw new UnsupportedValue("a tensor cannot be called " + SafetensorsHeader.METADATA
                    + ", which is where the format keeps its texts");
        }
        Comparator<Map.Entry<String, Tensor>> byType = Comparator.comparingInt(
                field -> -TYPES.indexOf(field.getValue().dtype()));
        var sorted = fields.entrySet().stream().sorted(byType.thenComparing(Map.Entry.comparingByKey())).toList();
        var header = SafetensorsHeader.write(sorted, metadata);
        sink.longNumber(header.length).bytes(header);
        for (var field : sorted) {
            sink.tensor(field.getValue());
        }
    }
}
