package tfl.embedding;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Numbers with a shape, row-major, as f32: what goes into a model and comes out of it where a plain {@code float[]}
 * does not say enough.
 *
 * <pre>{@code
 * var batch = FloatTensor.of(pixels, 32, 28, 28);
 * FloatTensor scores = model.call(batch).tensor();    // shape (32, 10)
 * float best = scores.get(0, 3);
 * }</pre>
 *
 * @param shape the size of each axis; empty for a single number
 * @param data all numbers, from position 0 on; read-only in what TFL gives
 */
public record FloatTensor(int[] shape, FloatBuffer data) {

    /**
     * Checks that the numbers fill the shape.
     *
     * @throws IllegalArgumentException if they do not
     */
    public FloatTensor {
        shape = shape.clone();
        long size = 1;
        for (int dim : shape) {
            if (dim < 0) {
                throw new IllegalArgumentException("a shape has no negative sizes: " + Arrays.toString(shape));
            }
            size *= dim;
        }
        if (size != data.limit()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " has " + size
                    + " numbers, not " + data.limit());
        }
    }

    /** These numbers in that shape; the array is not copied, so it must not change while TFL reads it. */
    public static FloatTensor of(float[] data, int... shape) {
        return new FloatTensor(shape, FloatBuffer.wrap(data));
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    /** How many axes there are. */
    public int rank() {
        return shape.length;
    }

    /** How many numbers there are. */
    public int size() {
        return data.limit();
    }

    /**
     * One number, by its index on each axis.
     *
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public float get(int... index) {
        if (index.length != shape.length) {
            throw new IndexOutOfBoundsException("this tensor has " + shape.length + " axes, not " + index.length);
        }
        int at = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException("axis " + axis + " has no index " + index[axis] + ", its size is "
                        + shape[axis]);
            }
            at = at * shape[axis] + index[axis];
        }
        return data.get(at);
    }

    /** All numbers, row-major, in an array of the caller's own. */
    public float[] floats() {
        var copy = new float[size()];
        data.get(0, copy);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that && Arrays.equals(shape, that.shape)
                && data.duplicate().rewind().equals(that.data.duplicate().rewind());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + data.duplicate().rewind().hashCode();
    }

    @Override
    public String toString() {
        return "f32" + Arrays.toString(shape);
    }
}
