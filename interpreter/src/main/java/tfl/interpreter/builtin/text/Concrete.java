package tfl.interpreter.builtin.text;

import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Recorded;

/** The bytes behind a tensor value, for what needs to look at elements. */
public final class Concrete {
    private Concrete() {}

    /** The tensor that this is, or that it stands for while a program is differentiated. */
    public static Tensor of(TensorValue value) {
        return value instanceof Tensor tensor ? tensor : Recorded.plain(value);
    }
}
