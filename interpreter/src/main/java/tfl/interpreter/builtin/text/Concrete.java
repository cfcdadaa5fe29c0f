package tfl.interpreter.builtin.text;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** The bytes behind a tensor value, for what needs to look at elements. */
public final class Concrete {
    private Concrete() {}

    /** The tensor that this is, or that it stands for while a program is differentiated. */
    public static Tensor of(TensorValue value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        throw TflException.of(ErrorKind.VALUE, "TFL-E0421", "the elements of " + value.type() + " are not known yet",
                "this value exists only when the traced function runs");
    }
}
