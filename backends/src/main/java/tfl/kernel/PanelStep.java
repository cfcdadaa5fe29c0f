package tfl.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * One step of a {@link Kernel.Product}. It names values by numbers: the inputs come first, then the results of the
 * steps. Rows of a value are those that lie below each other in all of its matrices.
 */
public sealed interface PanelStep {
    /** {@code left @ right}, row by row; right is an input. */
    record Multiply(int left, int right) implements PanelStep {}

    /** A {@link Kernel.Loop}, {@link Kernel.Rows}, or {@link Kernel.Reduce} of the last axis, row by row. */
    record Apply(Kernel kernel, List<Integer> reads) implements PanelStep {}

    /** {@code leftᵀ @ right} of each matrix, summed over its panels of rows; whole at the end only. */
    record Accumulate(int left, int right) implements PanelStep {}

    /** The values that it reads. */
    default List<Integer> operands() {
        return switch (this) {
            case Multiply(int left, int right) -> List.of(left, right);
            case Apply(var kernel, var reads) -> reads;
            case Accumulate(int left, int right) -> List.of(left, right);
        };
    }

    /** Those of them that it reads row by row, as they come. */
    default List<Integer> rows() {
        return this instanceof Multiply(int left, int right) ? List.of(left) : operands();
    }

    /** The types of its results, from those of all values before it. */
    default List<TensorType> results(List<TensorType> values) {
        return switch (this) {
            case Multiply(int left, int right) -> {
                var dims = values.get(left).shape().dims();
                yield List.of(like(values.get(left), dims.length - 1, last(values.get(right)), dims));
            }
            case Apply(var kernel, var reads) -> results(kernel, values.get(reads.getFirst()).shape());
            case Accumulate(int left, int right) -> {
                var dims = values.get(right).shape().dims();
                yield List.of(like(values.get(right), dims.length - 2, last(values.get(left)), dims));
            }
        };
    }

    private static TensorType like(TensorType type, int axis, long size, long[] dims) {
        dims[axis] = size;
        return new TensorType(type.dtype(), Shape.of(dims));
    }

    private static long last(TensorType type) {
        return type.shape().dim(type.shape().rank() - 1);
    }

    private static List<TensorType> results(Kernel kernel, Shape shape) {
        var rows = Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1));
        return switch (kernel) {
            case Kernel.Loop(var inputs, var bodies) -> types(bodies, shape).toList();
            case Kernel.Rows(var inputs, var stages, var bodies, var totals) ->
                Stream.concat(types(bodies, shape), types(totals, rows)).toList();
            case Kernel.Reduce reduce when reduce.axes().equals(List.of(shape.rank() - 1)) ->
                List.of(new TensorType(reduce.output(), rows));
            default -> throw new IllegalArgumentException("no kernel of rows: " + kernel);
        };
    }

    private static Stream<TensorType> types(List<ScalarExpr> bodies, Shape shape) {
        return bodies.stream().map(body -> new TensorType(body.dtype(), shape));
    }
}
