package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** The parts of values, as tools see them. */
final class Parts {
    private static final List<String> PROPERTIES = List.of("shape", "dtype", "device", "rank", "size", "T");

    private Parts() {}

    /** How many elements a sequence has; -1 for what is none. */
    static long size(Object value) {
        return switch (value) {
            case TupleValue tuple -> tuple.size();
            case RangeValue range -> range.size();
            case TensorValue tensor when tensor.type().shape().rank() > 0 -> tensor.type().shape().dim(0);
            default -> -1;
        };
    }

    static Object element(Object value, long index) {
        return switch (value) {
            case TupleValue tuple -> tuple.get((int) index);
            case RangeValue range -> range.get(index);
            case Tensor tensor when tensor.rank() == 1 && !tensor.dtype().isComplex() -> number(tensor, index);
            case Tensor tensor -> tensor.slice(0, index, 1, 1).squeeze(0);
            default -> Indexing.get(value, new Object[] {index});
        };
    }

    /** An element as Java has it: the narrowest primitive that holds all of its dtype. Null for a complex number. */
    static Object number(Tensor tensor, long index) {
        return switch (tensor.dtype()) {
            case BOOL -> tensor.readLong(index) != 0;
            case I8 -> (byte) tensor.readLong(index);
            case I16 -> (short) tensor.readLong(index);
            case U8, I32 -> (int) tensor.readLong(index);
            case I64 -> tensor.readLong(index);
            case F16, BF16, F32 -> (float) tensor.readDouble(index);
            case F64 -> tensor.readDouble(index);
            case C64 -> null;
        };
    }

    static Collection<String> members(Object value) {
        return switch (value) {
            case StructValue struct -> {
                var names = new ArrayList<>(struct.layout().names());
                names.addAll(struct.type().methodNames());
                yield names;
            }
            case FieldsValue record -> record.layout().names();
            case TensorValue tensor -> PROPERTIES;
            case ModuleValue module -> module.members();
            case StructType type -> type.methodNames();
            case null, default -> List.of();
        };
    }

    /** The part of that name, or null. */
    static Object member(Object value, String name) {
        return switch (value) {
            case StructValue struct -> struct.find(name) != null ? struct.find(name) : struct.type().method(name);
            case FieldsValue record -> record.find(name);
            case TensorValue tensor -> Properties.get(tensor, name);
            case ModuleValue module -> module.find(name);
            case StructType type -> type.method(name);
            case null, default -> null;
        };
    }
}
