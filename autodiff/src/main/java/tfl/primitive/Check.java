package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** The tests that shape rules share, each with its message. */
final class Check {
    private Check() {}

    static void sameTypes(String name, List<TensorType> inputs) {
        for (int index = 1; index < inputs.size(); index++) {
            if (!inputs.get(index).equals(inputs.getFirst())) {
                throw new ShapeProblem("TFL-E0303", name + ": the operands differ: {0} is " + inputs.getFirst()
                        + ", {1} is " + inputs.get(index), null, "the first", "operand " + (index + 1));
            }
        }
    }

    static void sameShapes(String name, List<TensorType> inputs) {
        for (int index = 1; index < inputs.size(); index++) {
            if (!inputs.get(index).shape().equals(inputs.getFirst().shape())) {
                throw new ShapeProblem("TFL-E0302", name + ": the shapes differ: {0} is " + inputs.getFirst()
                        + ", {1} is " + inputs.get(index), null, "the first", "operand " + (index + 1));
            }
        }
    }

    /** A dtype problem: {@code sqrt takes floats, x is bool}. */
    static ShapeProblem dtype(String name, String takes, DType found) {
        var help = found == DType.BOOL || found.isInteger() ? "convert it first: {0}.astype(f32)" : null;
        return new ShapeProblem("TFL-E0303", name + " takes " + takes + ", {0} is " + found, help, "the operand");
    }

    static void floats(String name, TensorType type) {
        if (!type.dtype().isFloat()) {
            throw dtype(name, "floats", type.dtype());
        }
    }

    static void floatsOrComplex(String name, TensorType type) {
        if (!type.dtype().isDifferentiable()) {
            throw dtype(name, "floats or complex numbers", type.dtype());
        }
    }

    static void ordered(String name, TensorType type) {
        if (type.dtype().isComplex()) {
            throw dtype(name, "ordered numbers", type.dtype());
        }
    }

    /** The axis counted from the front, for an axis in {@code -rank <= axis < rank}. */
    static int axis(String name, int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            var range = rank == 0 ? "a scalar has no axes" : "{0} has " + rank + (rank == 1 ? " axis" : " axes");
            throw new ShapeProblem("TFL-E0304", name + ": axis " + axis + " is out of range: " + range,
                    rank == 0 ? null : "axes go from " + -rank + " to " + (rank - 1), "the operand");
        }
        return axis < 0 ? axis + rank : axis;
    }

    static void square(String name, TensorType type) {
        floatsOrComplex(name, type);
        matrix(name, type);
        int rank = type.shape().rank();
        if (type.shape().dim(rank - 1) != type.shape().dim(rank - 2)) {
            throw new ShapeProblem("TFL-E0308", name + " takes square matrices, {0} is " + type, null, "the operand");
        }
    }

    static void matrix(String name, TensorType type) {
        if (type.shape().rank() < 2) {
            throw new ShapeProblem("TFL-E0308", name + " takes matrices, {0} is " + type, null, "the operand");
        }
    }

    /** The sizes without those axes. */
    static Shape without(Shape shape, List<Integer> axes) {
        var dims = new ArrayList<Long>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(shape.dim(axis));
            }
        }
        return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    }

    static List<DType> dtypes(List<TensorType> types) {
        return types.stream().map(TensorType::dtype).toList();
    }

    /** The shape with one size replaced. */
    static Shape with(Shape shape, int axis, long size) {
        var dims = shape.dims();
        dims[axis] = size;
        return Shape.of(dims);
    }
}
