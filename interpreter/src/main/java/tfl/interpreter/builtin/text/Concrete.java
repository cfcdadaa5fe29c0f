package tfl.interpreter.builtin.text;

import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** The bytes behind a tensor value, for what needs to look at elements. */
public final class Concrete {
    private Concrete() {}

    /**
     * The tensor that this is, or that it stands for while a program is differentiated.
     *
     * @throws tfl.primitive.ShapeProblem if the value is traced or mapped and has no elements yet
     */
    public static Tensor of(TensorValue value) {
        return value instanceof Tensor tensor ? tensor : Lifted.plain(value);
    }
}
