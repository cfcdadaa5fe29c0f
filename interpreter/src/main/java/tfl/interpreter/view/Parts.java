package tfl.interpreter.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.builtin.text.TensorText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.CaptureNames;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * What opens when a value is opened: named members, and elements. A sequence of more than {@value #MOST} elements has
 * members for stretches of it instead, which are made when they are opened.
 */
final class Parts {
    static final int MOST = 100;
    private final Map<String, Supplier<Object>> members = new LinkedHashMap<>();
    private long count = -1;
    private LongFunction<Object> elements;

    private Parts() {}

    static Parts of(Object value) {
        var parts = new Parts();
        switch (value) {
            case TensorValue tensor -> parts.tensor(tensor);
            case TupleValue tuple -> parts.sequence(tuple.size(), index -> tuple.get((int) index));
            case RangeValue range -> parts.sequence(range.size(), range::get);
            case FieldsValue fields -> {
                for (int i = 0; i < fields.size(); i++) {
                    int index = i;
                    parts.members.put(fields.layout().name(i), () -> fields.get(index));
                }
            }
            case FunctionValue function -> parts.function(function);
            case BoundFunction bound -> {
                parts.members.put("function", bound::function);
                parts.members.put("first argument", bound::first);
            }
            case StructType type -> {
                parts.members.put("fields", () -> new Part.Word(String.join(", ", type.layout().names()), "fields"));
                type.methodNames().forEach(name -> parts.members.put(name, () -> type.method(name)));
            }
            case ModuleValue module -> module.members().forEach(name ->
                    parts.members.put(name, () -> module.find(name)));
            case Part.Stretch stretch -> parts.stretch(stretch.at(), stretch.from(), stretch.to());
            case Part.Captures captures -> parts.members.putAll(captures.parts().members);
            case null, default -> { }
        }
        return parts;
    }

    /** How many elements it has; -1 for none that are listed. */
    long count() {
        return count;
    }

    Object element(long index) {
        return elements.apply(index);
    }

    List<String> names() {
        return List.copyOf(members.keySet());
    }

    Object member(String name) {
        Object member = members.get(name).get();
        return member == null ? None.NONE : member;
    }

    private void tensor(TensorValue tensor) {
        var type = tensor.type();
        members.put("dtype", () -> new Part.Word(type.dtype().toString(), "dtype"));
        members.put("shape", () -> TupleValue.of(shape(tensor)));
        if (Lifted.isKnown(tensor)) {
            members.put("device", () -> new Part.Word("cpu", "device"));
            if (type.shape().rank() > 0) {
                var known = Concrete.of(tensor);
                sequence(known.dim(0), index -> known.rank() == 1 ? number(known, index)
                        : Indexing.get(known, new Object[] {index}));
            }
        }
    }

    private static Object[] shape(TensorValue tensor) {
        var dims = new Object[tensor.type().shape().rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = tensor.type().shape().dim(axis);
        }
        return dims;
    }

    private static Object number(Tensor tensor, long index) {
        return switch (tensor.dtype().kind()) {
            case BOOL -> (Object) (tensor.readLong(index) != 0);
            case SIGNED, UNSIGNED -> tensor.readLong(index);
            case FLOAT, COMPLEX -> new Part.Word(TensorText.scalar(tensor, index), tensor.dtype().toString());
        };
    }

    private void function(FunctionValue function) {
        members.put("signature", () -> new Part.Word(function.name() + function.shownSignature(), "signature"));
        if (function.doc() != null && !function.doc().isBlank()) {
            members.put("doc", function::doc);
        }
        if (function instanceof ClosureValue closure) {
            members.put("defined at", () -> new Part.Word(closure.code().span().lineReference(), "place"));
            if (closure.captures() > 0) {
                members.put("captured", () -> new Part.Captures(closure, captures(closure)));
            }
        }
    }

    private static Parts captures(ClosureValue closure) {
        var parts = new Parts();
        var names = CaptureNames.of(closure);
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            parts.members.put(names.get(i), () -> closure.captured(index));
        }
        return parts;
    }

    private void sequence(long size, LongFunction<Object> at) {
        if (size <= MOST) {
            count = size;
            elements = at;
        } else {
            stretch(at, 0, size);
        }
    }

    private void stretch(LongFunction<Object> at, long from, long to) {
        long step = 1;
        while ((to - from) / step > MOST) {
            step *= MOST;
        }
        for (long start = from; start < to; start += step) {
            long first = start;
            long end = Math.min(start + step, to);
            if (step == 1) {
                members.put(Long.toString(first), () -> at.apply(first));
            } else {
                members.put(first + " .. " + (end - 1), () -> new Part.Stretch(at, first, end));
            }
        }
    }
}
