package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.text.Concrete;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Where elements are not zero. The result's shape depends on them, so they are read. */
public final class Places {
    private Places() {}

    /** One i64 tensor for each axis: the indices of the elements that are not zero, in row-major order. */
    public static List<TensorValue> where(Tensors ops, TensorValue values) {
        var tensor = Concrete.of(values);
        var dims = tensor.shape().dims();
        var truth = tensor.dtype().isDifferentiable() ? nonzero(tensor) : tensor.toLongs();
        int count = (int) Arrays.stream(truth).filter(value -> value != 0).count();
        var columns = new long[dims.length][count];
        int row = 0;
        for (int position = 0; position < truth.length; position++) {
            if (truth[position] != 0) {
                long rest = position;
                for (int axis = dims.length - 1; axis >= 0; axis--) {
                    columns[axis][row] = rest % dims[axis];
                    rest /= dims[axis];
                }
                row++;
            }
        }
        var places = new ArrayList<TensorValue>();
        for (var column : columns) {
            places.add(ops.own(Tensor.of(column, count)));
        }
        return places;
    }

    private static long[] nonzero(Tensor tensor) {
        var truth = new long[Math.toIntExact(tensor.size())];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = tensor.readDouble(i) != 0 || tensor.readImaginary(i) != 0 ? 1 : 0;
        }
        return truth;
    }
}
