package tfl.stdlib.data;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Plain;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Elements of streams, and the rows of tensors that they are made of. */
final class Items {
    private Items() {}

    /** Frees an element that nobody will read. */
    static void drop(Object element) {
        Holding.discard(element);
    }

    /** Whether a tuple is a column of text, not a tuple of columns. */
    private static boolean isText(TupleValue tuple) {
        return tuple.size() > 0 && tuple.get(0) instanceof String;
    }

    /**
     * How many rows there are.
     *
     * @throws tfl.interpreter.TflException if the tensors inside do not agree, or there are none
     */
    static long count(Object value) {
        var lengths = new ArrayList<Length>();
        lengths("", value, lengths);
        if (lengths.isEmpty()) {
            throw DataErrors.rows("there is no tensor whose rows could be taken");
        }
        var first = lengths.getFirst();
        for (var other : lengths) {
            if (other.rows != first.rows) {
                throw DataErrors.rows("rows of different lengths: " + first + ", " + other);
            }
        }
        return first.rows;
    }

    private record Length(String name, long rows) {
        @Override
        public String toString() {
            return (name.isEmpty() ? "it" : name) + " has " + rows;
        }
    }

    private static void lengths(String name, Object value, List<Length> lengths) {
        switch (value) {
            case Tensor tensor when tensor.rank() > 0 -> lengths.add(new Length(name, tensor.dim(0)));
            case TupleValue tuple when isText(tuple) -> lengths.add(new Length(name, tuple.size()));
            case TupleValue tuple -> {
                for (int i = 0; i < tuple.size(); i++) {
                    lengths(name + "[" + i + "]", tuple.get(i), lengths);
                }
            }
            case RecordValue record -> {
                for (int i = 0; i < record.layout().size(); i++) {
                    lengths(name + (name.isEmpty() ? "" : ".") + record.layout().name(i), record.get(i), lengths);
                }
            }
            case TensorValue followed when !(value instanceof Tensor) ->
                    throw DataErrors.followed((name.isEmpty() ? "it" : name) + " is a " + followed.type()
                            + " that a transformation follows, and a stream has rows of plain tensors",
                            "for row in x goes over the rows in transformations too");
            default -> throw DataErrors.rows((name.isEmpty() ? "it" : name) + " has no rows: it is "
                    + (value instanceof Tensor ? "a tensor without axes" : "no tensor"));
        }
    }

    /** One row of each tensor. */
    static Object row(Object value, long index) {
        return switch (value) {
            case Tensor tensor -> {
                var slice = tensor.slice(0, index, 1, 1);
                var row = slice.squeeze(0);
                slice.discard();
                yield row;
            }
            case TupleValue tuple when isText(tuple) -> tuple.get((int) index);
            case TupleValue tuple -> new TupleValue(each(tuple.toArray(), part -> row(part, index)));
            case RecordValue record -> record.withAll(each(record.toArray(), part -> row(part, index)));
            default -> throw new IllegalStateException();
        };
    }

    /** Rows that follow one another, as views. */
    static Object rows(Object value, long start, long count) {
        return switch (value) {
            case Tensor tensor -> tensor.slice(0, start, 1, count);
            case TupleValue tuple when isText(tuple) -> new TupleValue(Arrays.copyOfRange(tuple.toArray(),
                    (int) start, (int) (start + count)));
            case TupleValue tuple -> new TupleValue(each(tuple.toArray(), part -> rows(part, start, count)));
            case RecordValue record -> record.withAll(each(record.toArray(), part -> rows(part, start, count)));
            default -> throw new IllegalStateException();
        };
    }

    /** Rows from anywhere, as a copy. */
    static Object gather(Object value, int[] places) {
        return switch (value) {
            case Tensor tensor -> gather(tensor, places);
            case TupleValue tuple when isText(tuple) -> new TupleValue(Arrays.stream(places).mapToObj(tuple::get)
                    .toArray());
            case TupleValue tuple -> new TupleValue(each(tuple.toArray(), part -> gather(part, places)));
            case RecordValue record -> record.withAll(each(record.toArray(), part -> gather(part, places)));
            default -> throw new IllegalStateException();
        };
    }

    private static Tensor gather(Tensor tensor, int[] places) {
        var dims = tensor.shape().dims();
        dims[0] = places.length;
        var gathered = Tensor.allocate(tensor.dtype(), dims);
        long bytes = places.length == 0 ? 0 : gathered.type().bytes() / places.length;
        for (int i = 0; i < places.length; i++) {
            if (tensor.isContiguous() && !tensor.isElsewhere()) {
                NativeMemory.copy(tensor.address() + places[i] * bytes, gathered.address() + i * bytes, bytes);
            } else {
                var row = (Tensor) row(tensor, places[i]);
                Stacking.write(row, gathered.address() + i * bytes);
                row.discard();
            }
        }
        Reference.reachabilityFence(tensor);
        return gathered;
    }

    /** What to do with each part of an element. */
    interface Part {
        Object of(Object part);
    }

    private static Object[] each(Object[] parts, Part work) {
        for (int i = 0; i < parts.length; i++) {
            parts[i] = work.of(parts[i]);
        }
        return parts;
    }

    /** The size of the first axis of the first tensor inside, or the length of a text; -1 if there is none. */
    static long length(Object value) {
        return switch (value) {
            case Tensor tensor -> tensor.rank() == 0 ? -1 : tensor.dim(0);
            case String text -> text.codePointCount(0, text.length());
            case TupleValue tuple when tuple.size() > 0 -> length(tuple.get(0));
            case RecordValue record when record.layout().size() > 0 -> length(record.get(0));
            default -> -1;
        };
    }

    /** Bytes of all tensors inside. */
    static long bytes(Object value) {
        return switch (value) {
            case Tensor tensor -> tensor.type().bytes();
            case TupleValue tuple -> bytes(tuple.toArray());
            case RecordValue record -> bytes(record.toArray());
            case String text -> text.length();
            default -> Long.BYTES;
        };
    }

    private static long bytes(Object[] parts) {
        long sum = 0;
        for (var part : parts) {
            sum += bytes(part);
        }
        return sum;
    }

    /** Whether a function said yes; a bool, or a tensor of one element. */
    static boolean holds(StepMeter step, Object answer) {
        return switch (Plain.of(answer)) {
            case Boolean truth -> truth;
            case Tensor tensor when tensor.size() == 1 -> {
                boolean truth = tensor.readDouble(0) != 0;
                drop(tensor);
                yield truth;
            }
            case null, default -> throw DataErrors.result("the function of " + step
                    + " must give true or false, and gives " + (answer == None.NONE ? "none" : "something else"));
        };
    }
}
