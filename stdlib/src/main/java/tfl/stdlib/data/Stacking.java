package tfl.stdlib.data;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** Elements to a batch: each leaf gets a new first axis. */
final class Stacking {
    private final StepMeter step;
    private final long first;
    /** What fills up shorter elements. */
    private final double filler;
    private final boolean pads;
    private final List<Tensor> temporaries = new ArrayList<>();

    /** @param first the index of the first element, for errors */
    private Stacking(StepMeter step, long first, boolean pads, double filler) {
        this.step = step;
        this.first = first;
        this.pads = pads;
        this.filler = filler;
    }

    /** The elements stacked; they must be alike. */
    static Object stack(StepMeter step, long first, List<Object> elements) {
        return new Stacking(step, first, false, 0).all(elements);
    }

    /** The elements stacked, each tensor filled up at its ends to the largest. */
    static Object pad(StepMeter step, long first, List<Object> elements, double filler) {
        return new Stacking(step, first, true, filler).all(elements);
    }

    private Object all(List<Object> elements) {
        var batch = of("", elements);
        temporaries.forEach(Tensor::discard);
        return batch;
    }

    private Object of(String name, List<Object> parts) {
        return switch (parts.getFirst()) {
            case RecordValue record -> record.withAll(fields(name, parts, record));
            case TupleValue tuple -> new TupleValue(elements(name, parts, tuple.size()));
            case String text -> new TupleValue(parts.toArray());
            case None none -> new TupleValue(parts.toArray());
            default -> tensor(name, parts.stream().map(part -> number(name, part)).toList());
        };
    }

    private Object[] fields(String name, List<Object> parts, RecordValue like) {
        var columns = new Object[like.layout().size()];
        for (int k = 0; k < columns.length; k++) {
            var column = new ArrayList<Object>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof RecordValue record) || record.layout() != like.layout()) {
                    throw unlike(name, i, "is no record of " + String.join(", ", like.layout().names()));
                }
                column.add(record.get(k));
            }
            columns[k] = of(name + (name.isEmpty() ? "" : ".") + like.layout().name(k), column);
        }
        return columns;
    }

    private Object[] elements(String name, List<Object> parts, int size) {
        var columns = new Object[size];
        for (int k = 0; k < size; k++) {
            var column = new ArrayList<Object>(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof TupleValue tuple) || tuple.size() != size) {
                    throw unlike(name, i, "is no tuple of " + size);
                }
                column.add(tuple.get(k));
            }
            columns[k] = of(name + "[" + k + "]", column);
        }
        return columns;
    }

    private Tensor number(String name, Object part) {
        return switch (part) {
            case Tensor tensor -> tensor;
            case Long number -> temporary(Tensor.scalar(DType.I64, number.longValue()));
            case Double number -> temporary(Tensor.scalar(DType.F32, number.doubleValue()));
            case Boolean truth -> temporary(Tensor.scalar(DType.BOOL, truth ? 1L : 0L));
            case TensorValue followed -> throw DataErrors.followed(step + " is given a " + followed.type()
                    + " that a transformation follows, and makes batches of plain tensors",
                    "compute with whole batches: s.batch(n).map(f)");
            default -> throw unlike(name, 0, "has no place in a batch: it is no tensor, number, text, tuple or record");
        };
    }

    private Tensor temporary(Tensor tensor) {
        temporaries.add(tensor);
        return tensor;
    }

    private Object tensor(String name, List<Tensor> parts) {
        var like = parts.getFirst().type();
        boolean alike = true;
        for (int i = 0; i < parts.size(); i++) {
            var type = parts.get(i).type();
            if (type.dtype() != like.dtype() || type.shape().rank() != like.shape().rank()
                    || !pads && !type.shape().equals(like.shape())) {
                throw unlike(name, i, "is " + type + ", the first is " + like);
            }
            alike &= type.shape().equals(like.shape());
        }
        return alike ? dense(parts, like) : padded(parts, like);
    }

    private static Tensor dense(List<Tensor> parts, TensorType like) {
        var batch = Tensor.allocate(grown(like.dtype(), parts.size(), like.shape().dims()));
        long bytes = like.bytes();
        for (int i = 0; i < parts.size(); i++) {
            write(parts.get(i), batch.address() + i * bytes);
        }
        return batch;
    }

    private Tensor padded(List<Tensor> parts, TensorType like) {
        var dims = like.shape().dims();
        for (var part : parts) {
            for (int axis = 0; axis < dims.length; axis++) {
                dims[axis] = Math.max(dims[axis], part.dim(axis));
            }
        }
        var batch = Tensor.allocate(grown(like.dtype(), parts.size(), dims));
        fill(batch);
        long bytes = Shape.of(dims).size() * like.dtype().bytes();
        for (int i = 0; i < parts.size(); i++) {
            place(parts.get(i), dims, batch.address() + i * bytes);
        }
        return batch;
    }

    private static TensorType grown(DType dtype, int count, long[] dims) {
        var all = new long[dims.length + 1];
        all[0] = count;
        System.arraycopy(dims, 0, all, 1, dims.length);
        return new TensorType(dtype, Shape.of(all));
    }

    /** One element of the filler's value, then doubled until all is full. */
    private void fill(Tensor batch) {
        long bytes = batch.type().bytes();
        int width = batch.dtype().bytes();
        if (bytes == 0) {
            return;
        }
        var one = Tensor.scalar(batch.dtype(), filler);
        NativeMemory.copy(one.address(), batch.address(), width);
        one.discard();
        for (long done = width; done < bytes; done *= 2) {
            NativeMemory.copy(batch.address(), batch.address() + done, Math.min(done, bytes - done));
        }
    }

    /** Row by row, since the rows of the place are longer. */
    private static void place(Tensor part, long[] dims, long address) {
        int rank = dims.length;
        int width = part.dtype().bytes();
        if (part.size() == 0) {
            return;
        }
        long run = part.dim(rank - 1);
        var index = new long[rank];
        for (long done = 0; done < part.size(); done += run) {
            long offset = 0;
            for (int axis = 0; axis < rank; axis++) {
                offset = offset * dims[axis] + index[axis];
            }
            for (long k = 0; k < run; k++) {
                NativeMemory.copy(part.address(done + k), address + (offset + k) * width, width);
            }
            for (int axis = rank - 2; axis >= 0 && ++index[axis] == part.dim(axis); axis--) {
                index[axis] = 0;
            }
        }
        Reference.reachabilityFence(part);
    }

    /** The elements of a tensor, row-major. */
    static void write(Tensor from, long address) {
        if (from.isContiguous()) {
            NativeMemory.copy(from.address(), address, from.type().bytes());
        } else {
            var bytes = from.toBytes();
            for (int i = 0; i < bytes.length; i++) {
                NativeMemory.putByte(address + i, bytes[i]);
            }
        }
        Reference.reachabilityFence(from);
    }

    private RuntimeException unlike(String name, int index, String what) {
        return DataErrors.stack(step + ": element " + (first + index) + (name.isEmpty() ? "" : ", " + name) + ", "
                + what);
    }
}
