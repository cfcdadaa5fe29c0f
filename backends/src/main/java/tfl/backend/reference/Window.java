package tfl.backend.reference;

import java.util.Arrays;
import java.util.List;
import tfl.tensor.Shape;

/** Which spatial place of an input an output's place and a window's place meet at, row-major; -1 in the padding. */
record Window(Shape input, Shape output, Shape window, List<Long> stride, List<Long> padLow, List<Long> dilation) {
    long at(long outputPlace, long windowPlace) {
        long place = 0;
        var outputSteps = output.strides();
        var windowSteps = window.strides();
        for (int axis = 0; axis < input.rank(); axis++) {
            long out = outputPlace / outputSteps[axis] % output.dim(axis);
            long tap = windowPlace / windowSteps[axis] % window.dim(axis);
            long index = out * stride.get(axis) + tap * dilation.get(axis) - padLow.get(axis);
            if (index < 0 || index >= input.dim(axis)) {
                return -1;
            }
            place = place * input.dim(axis) + index;
        }
        return place;
    }

    /** The last axes of a shape. */
    static Shape last(Shape shape, int axes) {
        var dims = shape.dims();
        return Shape.of(Arrays.copyOfRange(dims, dims.length - axes, dims.length));
    }
}
