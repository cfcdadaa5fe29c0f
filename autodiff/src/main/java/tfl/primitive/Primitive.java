package tfl.primitive;

import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * What a primitive operation must know to do. Types are exact: promotion and broadcasting are made explicit, with {@code
 * Cast} and {@code BroadcastTo}, before a primitive is applied.
 */
public interface Primitive {
    /** The name that errors and printed graphs show. */
    String name();

    /**
     * The types of the results.
     *
     * @throws ShapeProblem in the user's terms, if the inputs do not fit
     */
    List<TensorType> shape(List<TensorType> inputs);

    /** The meaning, in plain Java, for inputs that {@link #shape} accepted: slow, exact, the oracle of every backend. */
    List<Tensor> eval(List<Tensor> inputs);

    /** The way to a kernel for these input types. */
    Lowering lower(List<TensorType> inputs);

    /**
     * The pullback: one cotangent for each input, null where it is zero.
     *
     * @param ops how to compute: at once, or into a graph
     * @param cotangents one for each output, null where it is zero; not all of them are null
     */
    <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents);
}
